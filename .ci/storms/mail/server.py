"""The mail server of the tests."""

import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]


class MailServer:
    """Does what it is told to, and remembers what it heard."""

    def __init__(self):
        program = ROOT / "crates/server/tests/support/smtp.py"
        command = [sys.executable, program, ROOT / "target/tmp/smtp", json.dumps({"tls": "none"})]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = json.loads(self.process.stdout.readline())["port"]

    def tell(self, do, **more):
        self.process.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def kill(self):
        self.process.kill()
