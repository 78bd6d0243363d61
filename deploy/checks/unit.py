"""The units, against the system calls of real runs."""

import json
import os
import pathlib
import re
import signal
import subprocess
import time

from .burnbag import Burnbag, Node
from .child import free_port
from .client import basic, call
from .postgres import Postgres
from .report import said
from .tools import IS_ROOT
from .valkey import Valkey


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
    """Real runs must not need what the units forbid."""
    folder.mkdir()
    folder.chmod(0o777)
    user = {"user": 65534, "group": 65534, "extra_groups": []} if IS_ROOT else {}
    (folder / "one").mkdir()
    (folder / "one").chmod(0o777)
    port = free_port()
    lines = traced(Burnbag(binary, folder / "one", port, port, **user), folder / "trace")
    check_trace("burnbag.service", lines, {"AF_INET", "AF_INET6"})
    said(not any(" connect(" in line for line in lines), "burnbag.service: it connects to nobody")
    check_node_limits(binary, folder)
    check_valkey_limits(folder)


def check_node_limits(binary, folder):
    postgres = Postgres(folder / "postgres")
    try:
        port = free_port()
        lines = traced(Node(binary, folder / "node", port, port, postgres), folder / "trace-node")
    finally:
        postgres.stop()
    check_trace("node.conf", lines, {"AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK"})
    called = {match[1] for line in lines if (match := re.search(r" connect\(.*sin6?_port=htons\((\d+)\)", line))}
    known = {str(server.port) for server in postgres.servers}
    said(bool(called) and called <= known, f"node.conf: it connects to the store only: {sorted(called - known)}")
    written = [line for line in lines if re.search(r" open(at)?\(.*O_(WRONLY|RDWR|CREAT)", line) and "/dev/" not in line]
    said(not written, f"node.conf: it writes no file {written[:2]}")


def check_valkey_limits(folder):
    valkey = Valkey(folder / "valkey")
    try:
        port = valkey.ports[0]
        valkey.children[port].stop()
        valkey.start(port, ("strace", "-f", "-qq", "-o", str(folder / "trace-valkey")))
        valkey.until_whole()
        valkey.cli(port, "set", "a", "b")
        valkey.cli(port, "bgrewriteaof")
        time.sleep(1)
        end_traced(valkey.children[port])
    finally:
        valkey.stop()
    # The log goes to standard output here, to the journal there.
    check_trace("valkey@.service", (folder / "trace-valkey").read_text().splitlines(), {"AF_INET", "AF_INET6", "AF_UNIX"})


def traced(service, trace):
    """The system calls of a run with everything in it."""
    service.child.stop()
    service.start(wrapper=("strace", "-f", "-qq", "-o", trace))
    email, port = "trace@example.com", service.port
    headers = basic(email, service.account(email))
    _, _, made = call(port, "POST", "/api/v1/share?secret=s&passphrase=p", headers=headers, tls=False)
    made = json.loads(made)
    call(port, "POST", f"/api/v1/secret/{made['secret_key']}?passphrase=p", tls=False)
    call(port, "POST", f"/api/v1/private/{made['metadata_key']}/burn", headers=headers, tls=False)
    call(port, "GET", "/readyz", tls=False)
    time.sleep(1.2)  # One round of upkeep.
    end_traced(service.child)
    return trace.read_text().splitlines()


def end_traced(child):
    """Ends who is looked at, not who looks."""
    running = int(pathlib.Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text().split()[0])
    os.kill(running, signal.SIGTERM)
    child.process.wait(60)


def check_trace(unit, lines, families):
    used = {match[1] for line in lines if (match := re.match(r"\d+ +(\w+)\(", line))}
    allowed = set(expand("@system-service")) - set(expand("@privileged"))
    said(bool(used) and used <= allowed, f"{unit}: all {len(used)} system calls of a run are in its filter"
         + "".join(f"\n      not allowed: {name}" for name in sorted(used - allowed)))
    writable_code = [line for line in lines if re.search(r" mprotect\(.*PROT_EXEC| mmap\(.*PROT_WRITE\|PROT_EXEC", line)]
    said(not writable_code, f"{unit}: no memory is writable and executable")
    found = {match[1] for line in lines if (match := re.search(r" socket\((AF_\w+)", line))}
    said(found <= families, f"{unit}: sockets are {', '.join(sorted(found))} only")
