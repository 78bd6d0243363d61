"""burnbag.service, against the system calls of a real run."""

import json
import os
import pathlib
import re
import signal
import subprocess
import time

from .burnbag import Burnbag
from .child import free_port
from .client import basic, call
from .report import said
from .tools import IS_ROOT


def expand(group):
    """The system calls of one of systemd's groups."""
    listed = subprocess.run(["systemd-analyze", "syscall-filter", group], capture_output=True, text=True).stdout
    for line in listed.splitlines()[1:]:
        name = line.strip()
        if name.startswith("@"):
            yield from expand(name)
        elif name and not name.startswith("#"):
            yield name


def check_service_limits(binary, folder):
    """A real run must not need what burnbag.service forbids."""
    folder.mkdir()
    folder.chmod(0o777)
    user = {"user": 65534, "group": 65534, "extra_groups": []} if IS_ROOT else {}
    port, trace = free_port(), folder / "trace"
    service = Burnbag(binary, folder, port, port, **user)
    service.child.stop()
    service.start(wrapper=("strace", "-f", "-qq", "-o", trace))
    email = "trace@example.com"
    headers = basic(email, service.account(email))
    _, _, made = call(port, "POST", "/api/v1/share?secret=s&passphrase=p", headers=headers, tls=False)
    made = json.loads(made)
    call(port, "POST", f"/api/v1/secret/{made['secret_key']}?passphrase=p", tls=False)
    call(port, "POST", f"/api/v1/private/{made['metadata_key']}/burn", headers=headers, tls=False)
    call(port, "GET", "/readyz", tls=False)
    time.sleep(1.2)  # One round of upkeep.
    traced = int(pathlib.Path(f"/proc/{service.child.pid}/task/{service.child.pid}/children").read_text().split()[0])
    os.kill(traced, signal.SIGTERM)
    service.child.process.wait(10)
    lines = trace.read_text().splitlines()
    used = {match[1] for line in lines if (match := re.match(r"\d+ +(\w+)\(", line))}
    allowed = set(expand("@system-service")) - set(expand("@privileged"))
    said(bool(used) and used <= allowed, f"burnbag.service: all {len(used)} system calls of a run are in its filter"
         + "".join(f"\n      not allowed: {name}" for name in sorted(used - allowed)))
    writable_code = [line for line in lines if re.search(r" mprotect\(.*PROT_EXEC| mmap\(.*PROT_WRITE\|PROT_EXEC", line)]
    said(not writable_code, "burnbag.service: no memory is writable and executable")
    families = {match[1] for line in lines if (match := re.search(r" socket\((AF_\w+)", line))}
    said(families <= {"AF_INET", "AF_INET6"}, f"burnbag.service: sockets are {', '.join(sorted(families))} only")
    said("connect" not in used, "burnbag.service: it connects to nobody")
