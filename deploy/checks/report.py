"""What was found, line by line."""

import os
import subprocess

FAILURES = []


def said(good, what):
    print(f"{'ok  ' if good else 'FAIL'}  {what}", flush=True)
    if not good:
        FAILURES.append(what)


def unchecked(what):
    print(f"not checked: {what}", flush=True)
    if os.environ.get("CI"):
        FAILURES.append(f"not checked: {what}")


def ran(what, command, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    good = done.returncode == 0 and "[warn]" not in done.stderr
    said(good, what)
    if not good:
        print(done.stdout + done.stderr)
