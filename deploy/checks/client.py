"""Those who call."""

import base64
import http.client
import itertools
import json
import socket
import ssl
import subprocess
import threading
from urllib.parse import urlencode

from .traces import canary

_addresses = itertools.count(2)


def another_address():
    """A client's own loopback address, so that limits count it apart."""
    number = next(_addresses)
    return f"127.{7 + number // 62500}.{number // 250 % 250}.{2 + number % 250}"


def call(port, method, target, body=None, headers=None, source=None, tls=True, timeout=20):
    """Status, headers, body; 0 where the connection broke."""
    source = (source or another_address(), 0)
    if tls:
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=timeout)
        # Caddy chooses the site by the name.
        connection.connect = lambda: named_tls(connection, context, source)
    else:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout, source_address=source)
    try:
        connection.request(method, target, body, {"Host": f"localhost:{port}", **(headers or {})})
    except (ConnectionError, ssl.SSLError):
        pass  # The answer may have come before the whole body was sent.
    try:
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, {}, b""
    finally:
        connection.close()


def named_tls(connection, context, source):
    plain = socket.create_connection(("127.0.0.1", connection.port), connection.timeout, source)
    connection.sock = context.wrap_socket(plain, server_hostname="localhost")

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def basic(user, password):
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def requests_with(label):
    """Requests that show what clients send, each part of it recognisable: (method, target, body, headers)."""
    credentials = basic("someone@example.com", canary(f"{label}api"))
    query = urlencode({"secret": canary(f"{label}q") + " ü/+&", "passphrase": canary(f"{label}qp"), "ttl": 600})
    form = urlencode({"secret": canary(f"{label}b"), "passphrase": canary(f"{label}bp")})
    large = "secret=" + canary(f"{label}l") + "x" * 3_000_000 + canary(f"{label}le")
    reveal = urlencode({"passphrase": canary(f"{label}rp")})
    return [
        ("POST", f"/api/v1/share?{query}", None, {}),
        ("POST", f"/api/v1/share?{query}", None, credentials),
        ("POST", "/api/v1/share", form, FORM),
        ("POST", "/api/v1/share", large, FORM),
        ("POST", f"/api/v1/secret/{canary('k')}?{reveal}", None, {"Idempotency-Key": canary(f"{label}i", 43)}),
        ("GET", f"/api/v1/private/{canary('m')}", None, {"Referer": f"https://localhost/secret/{canary('ref')}"}),
    ]


def at_once(port, requests, meanwhile=lambda: None):
    """The statuses of requests that are made at the same time."""
    statuses = [None] * len(requests)

    def one(index, request):
        statuses[index] = call(port, *request)[0]

    threads = [threading.Thread(target=one, args=item) for item in enumerate(requests)]
    for thread in threads:
        thread.start()
    meanwhile()
    for thread in threads:
        thread.join()
    return statuses


def percent(text):
    return "".join(f"%{byte:02X}" for byte in text.encode())


def curl(port, version, target):
    """A POST as the connector makes it: everything in the query. Status and answer."""
    command = ["curl", "-sk", f"--http{version}", "--interface", another_address(), "-X", "POST", "-w", "\n%{http_code}",
               "--resolve", f"localhost:{port}:127.0.0.1", "-K", "-"]
    done = subprocess.run(command, input=f'url = "https://localhost:{port}{target}"', capture_output=True, text=True)
    body, _, status = done.stdout.rpartition("\n")
    try:
        return int(status or 0), json.loads(body)
    except ValueError:
        return int(status or 0), {}
