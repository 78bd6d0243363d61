"""Each proxy in front of three nodes on one store."""

import json
import pathlib
import signal
import time
from urllib.parse import urlencode

from .burnbag import Node
from .client import FORM, at_once, basic, call
from .load import Load
from .one_node import SYSTEM_PLACES, check_address, check_calls
from .relay import Relay
from .report import said
from .traces import canary, clean

PEOPLE = 8


def check_nodes(proxy, binary, folder, store):
    name = f"{proxy.name}, three nodes, {store.name}"
    folders = [folder] + [path for path in map(pathlib.Path, SYSTEM_PLACES) if path.is_dir()]
    nodes = [Node(binary, proxy.folder / f"node{number}", port, proxy.port, store)
             for number, port in enumerate(proxy.service_ports, 1)]
    proxy.start()
    try:
        check_calls(proxy, nodes[0])
        check_address(proxy, len(nodes))
        check_spread(name, proxy, nodes)
        check_killed(name, proxy, nodes[1])
        check_restarts(name, proxy, nodes)
        check_hanging(name, proxy, nodes[2])
        check_store(name, proxy, store)
        clean(f"{name}: after calls", folders, [proxy.child.pid, *(node.child.pid for node in nodes)])
        for node in nodes:
            node.child.stop()
        check_nobody(name, proxy)
        if store.name == "PostgreSQL":
            check_backup(name, proxy, nodes[0], store)
        check_sent_once(name, proxy)
        clean(f"{name}: at the end", folders)
    finally:
        proxy.child.stop()
        for node in nodes:
            node.child.stop()


def check_spread(name, proxy, nodes):
    before = [served(node) for node in nodes]
    with Load(proxy.port, PEOPLE).running() as load:
        time.sleep(3)
    shares = [served(node) - count for node, count in zip(nodes, before)]
    said(load.kept_its_word() and not load.refused and min(shares) > 0, f"{name}: {load}; by node: {shares}")


def served(node):
    return node.child.log.read_text(errors="replace").count("/api/v1/")


def check_killed(name, proxy, node):
    """A node dies. Who was just being served by it is not; nobody else notices."""
    with Load(proxy.port, PEOPLE).running() as load:
        time.sleep(1)
        node.child.signal(signal.SIGKILL)
        node.child.process.wait()
        time.sleep(3)
    said(load.kept_its_word() and len(load.refused) <= PEOPLE and load.gap() < 2, f"{name}: one is killed: {load}")
    form = urlencode({"secret": canary("without")})
    statuses = [call(proxy.port, "POST", "/api/v1/share", form, FORM)[0] for _ in range(60)]
    said(set(statuses) == {200}, f"{name}: two go on: {sorted(set(statuses))}")
    node.start()


def check_restarts(name, proxy, nodes):
    """Each is stopped and started, as an upgrade does it; no call fails."""
    with Load(proxy.port, PEOPLE).running() as load:
        for node in nodes:
            time.sleep(1)
            node.child.signal(signal.SIGTERM)
            node.child.process.wait(60)
            node.start()
            wait_until_ready(node)
        time.sleep(1)
    said(load.kept_its_word() and not load.refused, f"{name}: restarted one after the other: {load}")


def wait_until_ready(node):
    until = time.monotonic() + 20
    while call(node.port, "GET", "/readyz", tls=False)[0] != 200:
        if time.monotonic() > until:
            raise SystemExit(f"a node does not become ready:\n{node.child.log.read_text()}")
        time.sleep(0.1)
    time.sleep(1.5)  # A proxy that looks has seen it too.


def check_hanging(name, proxy, node):
    """A node stops in the middle, and goes on later: what it does then was asked for once."""
    with Load(proxy.port, PEOPLE).running() as load:
        time.sleep(1)
        node.child.signal(signal.SIGSTOP)
        time.sleep(6)
        node.child.signal(signal.SIGCONT)
        time.sleep(3)
    said(load.kept_its_word() and load.gap() < 5, f"{name}: one hangs for six seconds: {load}")


def check_store(name, proxy, store):
    """What the store does when it loses a machine."""
    with Load(proxy.port, PEOPLE).running() as load:
        time.sleep(1)
        store.fail_over()
        time.sleep(10)
    said(load.kept_its_word() and load.gap() < store.PATIENCE, f"{name}: {store.FAILURE}: {load}")


def check_nobody(name, proxy):
    status, headers, _ = call(proxy.port, "POST", "/api/v1/share", "secret=" + canary("nobody"), FORM)
    again = headers.get("Retry-After")
    said(status in (502, 503) and (again or proxy.name == "nginx"), f"{name}: all are stopped: {status}, Retry-After: {again}")


def check_backup(name, proxy, node, store):
    """What is restored knows the accounts and no secret."""
    node.start()
    headers = basic("kept@example.com", node.account("kept@example.com"))
    _, _, made = call(node.port, "POST", "/api/v1/share?secret=" + canary("backup"), tls=False)
    node.child.stop()
    store.restore()
    node.start()
    status = call(node.port, "GET", "/api/v1/authcheck", headers=headers, tls=False)[0]
    said(status == 200, f"{name}: an account is back from a backup: {status}")
    old = call(node.port, "POST", f"/api/v1/secret/{json.loads(made)['secret_key']}", tls=False)[0]
    _, _, made = call(node.port, "POST", "/api/v1/share?secret=" + canary("anew"), tls=False)
    new = call(node.port, "POST", f"/api/v1/secret/{json.loads(made)['secret_key']}", tls=False)[0]
    said((old, new) == (404, 200), f"{name}: a link from before leads nowhere, a new one opens: {old}, {new}")
    node.child.stop()


def check_sent_once(name, proxy):
    """A request that a node has heard goes to no other, whatever becomes of it."""
    relays = [Relay(port, None) for port in proxy.service_ports]
    # Whom a proxy left out, or found not ready, is back.
    for mode in ("cut", "nonsense", "half"):
        for relay in relays:
            relay.mode, relay.heard = "ready", []
        time.sleep(3.5)
        for relay in relays:
            relay.mode = mode
        requests = [("POST", f"/api/v1/secret/{canary(str(number))}?n={number}", "", FORM) for number in range(12)]
        statuses = at_once(proxy.port, requests)
        heard = [line for relay in relays for line in relay.heard]
        said(len(heard) > 1 and len(heard) == len(set(heard)) and 200 not in statuses,
             f"{name}: nodes answer {mode}: {len(heard)} of {len(requests)} requests reached one, none reached two")
    for relay in relays:
        relay.close()
