"""Each proxy in front of one service."""

import json
import pathlib
import shutil
import signal
import socket
import ssl
import time

from .burnbag import Burnbag
from .child import free_port
from .client import FORM, another_address, at_once, basic, call, curl, percent, requests_with
from .relay import Relay
from .report import said
from .traces import canary, clean, search


def check_calls(proxy, service):
    """What must work."""
    name, port = proxy.name, proxy.port
    status, _, body = call(port, "GET", "/readyz")
    said((status, body) == (200, b'{"status":"ready"}'), f"{name}: ready, without warnings")

    secret, passphrase = canary("ok") + "\u00e4\u00f6\u00fc" * 1661, canary("okp")
    target = "/api/v1/share?secret=" + percent(secret) + "&passphrase=" + percent(passphrase)
    for version in ("1.1", "2"):
        status, made = curl(port, version, target)
        said(len(target) > 30_000 and status == 200, f"{name}: HTTP/{version}, a target of {len(target)} bytes: {status}")
        link = f"https://localhost:{port}/secret/{made.get('secret_key')}"
        said(made.get("share_url") == link, f"{name}: the link starts with the public URL")
        status, _, body = call(port, "POST", f"/api/v1/secret/{made.get('secret_key')}?passphrase={passphrase}")
        said(status == 200 and json.loads(body)["value"] == secret, f"{name}: it is revealed as it was sent")

    headers = basic("someone@example.com", service.account("someone@example.com"))
    target = "/api/v1/share?secret=" + canary("long")
    status, _, _ = call(port, "POST", target + "x" * (65_534 - len(target)), headers=headers)
    said(status == 200, f"{name}: a target of 65,534 bytes: {status}")
    status, _, _ = call(port, "POST", target + "x" * 100_000, headers=headers)
    said(status == 414, f"{name}: a target of 100,000 bytes: {status}")

    large = canary("large") + "x" * 900_000
    status, _, body = call(port, "POST", "/api/v1/share", f"secret={large}", {**FORM, **headers})
    status, _, body = call(port, "POST", f"/api/v1/secret/{json.loads(body)['secret_key']}")
    said(status == 200 and json.loads(body)["value"] == large, f"{name}: a secret of 900 kB, there and back: {status}")

    # What a client makes of 25 MB of files.
    envelope, proof = "A" * 33_330_000, "A" * 43
    status, _, body = call(port, "POST", "/api/v1/share", f"secret={envelope}&proof={proof}&kind=files",
                           {**FORM, **headers}, timeout=60)
    key = json.loads(body).get("secret_key") if status == 200 else status
    status, _, body = call(port, "POST", f"/api/v1/secret/{key}", f"proof={proof}", FORM, timeout=60)
    said(status == 200 and json.loads(body)["value"] == envelope, f"{name}: files of 25 MB, there and back: {status}")

    huge = "secret=" + canary("huge") + "x" * 25_000_000
    started = time.monotonic()
    status, _, body = call(port, "POST", "/api/v1/share", huge, FORM)
    said(b"Secret value exceeds the maximum size of 10000 bytes" in body,
         f"{name}: a body of 25 MB: {status} {body.decode(errors='replace')} ({time.monotonic() - started:.1f} s)")
    status, _, _ = call(port, "POST", "/api/v1/share", huge + "x" * 13_000_000, FORM)
    said(status == proxy.too_large, f"{name}: a body of 38 MB: {status}")


def check_address(proxy, nodes=1):
    """Limits count each client by its own address, whatever it claims; each node counts for itself."""
    eager, patient = another_address(), another_address()
    statuses = []
    while len(statuses) < 40 * nodes and 429 not in statuses:
        number = len(statuses)
        claims = {"X-Forwarded-For": f"10.9.8.{number}", "Forwarded": f"for=10.9.7.{number}",
                  "X-Real-IP": f"10.9.6.{number}"}
        statuses.append(call(proxy.port, "GET", "/api/v1/status", headers=claims, source=eager)[0])
    # 30 are allowed, and one more for every two seconds that this takes; by several nodes as many each, if they get as
    # much.
    said(len(statuses) > 30 and statuses[-1] == 429,
         f"{proxy.name}: call {len(statuses)} of a client is refused, whatever it claims to be: {statuses[-1]}")
    status = call(proxy.port, "GET", "/api/v1/status", source=patient)[0]
    said(status == 200, f"{proxy.name}: another client is not: {status}")


def check_clear_text(proxy):
    status, headers, _ = call(proxy.clear_port, "GET", "/secret/abc", tls=False)
    said(status in (301, 308) and headers["Location"].startswith("https://"), f"{proxy.name}: http page: {status}")
    for method, target in (("POST", "/api/v1/share"), ("GET", "/api/v1/status"), ("POST", "/secret/abc")):
        status = call(proxy.clear_port, method, f"{target}?secret={canary('clear')}", tls=False)[0]
        said(status == 403, f"{proxy.name}: http {method} {target}: {status}")


def check_certbot(proxy):
    """nginx hands out what certbot puts there; Caddy needs no certbot."""
    challenge = proxy.folder / "www/.well-known/acme-challenge/token"
    challenge.parent.mkdir(parents=True)
    challenge.write_text("proof")
    _, _, body = call(proxy.clear_port, "GET", "/.well-known/acme-challenge/token", tls=False)
    said(body == b"proof", f"{proxy.name}: certbot's proofs are served")


def check_broken_off(proxy):
    """Clients that leave in the middle of a body."""
    for length in (100, 200_000):
        plain = socket.create_connection(("127.0.0.1", proxy.port), 5, (another_address(), 0))
        with ssl._create_unverified_context().wrap_socket(plain, server_hostname="localhost") as client:
            head = f"POST /api/v1/share?passphrase={canary('gone')} HTTP/1.1\r\nHost: localhost:{proxy.port}\r\n"
            head += "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000000\r\n\r\nsecret="
            client.sendall((head + canary("goneb") + "x" * length).encode())


def check_failures(proxy, service, folders):
    """The service stopped, hanging, slow and broken, under a client's eyes."""
    name, port, pids = proxy.name, proxy.port, [proxy.child.pid]
    service.child.stop()
    statuses = at_once(port, requests_with("stopped"))
    said(all(status in (502, 503) for status in statuses), f"{name}: service stopped: {statuses}")

    service.start()
    service.child.signal(signal.SIGSTOP)
    statuses = at_once(port, requests_with("hanging"), lambda: (
        time.sleep(1), clean(f"{name}: while the service hangs", folders, pids)))
    # A body that is not read is cut off rather than answered.
    said(all(status in (0, 502, 504) for status in statuses), f"{name}: service hanging: {statuses}")
    service.child.stop()

    inner = free_port()
    service.start(inner)
    relay = Relay(proxy.service_port, inner)
    statuses = at_once(port, requests_with("slow"), lambda: (
        time.sleep(0.5), clean(f"{name}: while the service is slow", folders, pids)))
    said(all(status in (200, 401, 404) for status in statuses), f"{name}: service slow: {statuses}")
    for relay.mode in ("cut", "nonsense", "half"):
        time.sleep(0.3)  # A proxy that keeps connections has noticed which of them are closed.
        relay.requests = 0
        requests = requests_with(relay.mode)
        statuses = at_once(port, [request for request in requests if request[0] == "POST"])
        # What is half an answer, and to nginx also what is none, is passed on and broken off.
        expected = (502,) if relay.mode == "cut" else (0, 502)
        said(all(status in expected for status in statuses), f"{name}: service answers {relay.mode}: {statuses}")
        said(relay.requests == len(statuses), f"{name}: {relay.requests} of {len(statuses)} requests reached it")
    relay.mode, relay.requests = "again", 0
    call(port, "GET", "/api/v1/status")
    call(port, "POST", f"/api/v1/secret/{canary('k')}", None, {"Idempotency-Key": canary("again", 43)})
    said(relay.requests == 1, f"{name}: a reveal on a connection that is cut off is not sent twice")
    relay.close()
    service.child.stop()


def check_proxy(proxy, binary, folder):
    folders = [folder] + [path for path in map(pathlib.Path, SYSTEM_PLACES) if path.is_dir()]
    service = Burnbag(binary, proxy.folder / "service", proxy.service_port, proxy.port)
    proxy.start()
    try:
        check_calls(proxy, service)
        check_address(proxy)
        check_clear_text(proxy)
        if proxy.name == "nginx":
            check_certbot(proxy)
        check_broken_off(proxy)
        clean(f"{proxy.name}: after calls", folders, [proxy.child.pid, service.child.pid])
        check_failures(proxy, service, folders)
        proxy.child.stop()
        if proxy.name == "nginx":
            # What nginx calls critical: here, no address to connect from.
            proxy.start(extra=" proxy_bind 203.0.113.9;")
            statuses = at_once(proxy.port, requests_with("critical"))
            said(set(statuses) == {500}, f"nginx: cannot connect at all: {statuses}")
            proxy.child.stop()
        clean(f"{proxy.name}: at the end", folders)
        # The search must be able to find something.
        proxy.start(talkative=True)
        at_once(proxy.port, requests_with("control"))
        proxy.child.stop()
        said(any(search([proxy.folder / "log"])), f"{proxy.name}: with its usual logging the search does find it")
        shutil.rmtree(proxy.folder / "log")
    finally:
        proxy.child.stop()
        service.child.stop()

# Where the packages' own settings would write.
SYSTEM_PLACES = ("/var/log/nginx", "/var/lib/nginx", "/var/cache/nginx", "/var/log/caddy", "/var/lib/caddy")
