"""The compose files, by Docker Compose itself, and what they start, without a container engine."""

import json
import os
import re
import secrets
import subprocess

from .burnbag import HERE, has_engine
from .containers import CALLER, Containers, until
from .published import install, program
from .report import ran, said, unchecked
from .tools import IS_ROOT
from .traces import canary, clean

HOST = "localhost"
VARIABLES = ("BURNBAG_HOST", "BURNBAG_SERVER_KEY_FILE", "BURNBAG_STORE_PASSWORD_FILE")


def check_compose(binary, folder):
    install()
    folder.mkdir()
    folder.chmod(0o755)
    check_dockerfile()
    for file in ("compose.yaml", "compose.cluster.yaml"):
        check_file(file, binary, folder)


def check_dockerfile():
    """It cannot be built here. What it takes is there, and what it runs is what `make build` runs."""
    dockerfile = (HERE / "Dockerfile").read_text()
    made = re.search(r"^build:.*\n\t\$\(CARGO\) (.*)$", (HERE.parent / "Makefile").read_text(), re.MULTILINE)[1]
    said(f"RUN cargo {made}\n" in dockerfile, "Dockerfile: builds as make build does")
    channel = re.search(r'channel = "([\d.]+)"', (HERE.parent / "rust-toolchain.toml").read_text())[1]
    said(channel.startswith(re.search(r"FROM rust:([\d.]+)-", dockerfile)[1]), f"Dockerfile: has Rust {channel}")
    taken = [line[1:] for line in (HERE.parent / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    said(all(any(HERE.parent.glob(name)) for name in taken), f"Dockerfile: takes {', '.join(taken)}")


def check_file(file, binary, folder):
    without = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    compose = [program("docker-compose"), "-f", HERE / file, "config", "--format", "json"]
    here = folder / file
    here.mkdir()
    here.chmod(0o755)
    variables = {"BURNBAG_HOST": HOST, "BURNBAG_SERVER_KEY_FILE": str(here / "server.key"),
                 "BURNBAG_STORE_PASSWORD_FILE": str(here / "store.password")}
    for name in VARIABLES:
        environment = {**without, **{other: value for other, value in variables.items() if other != name}}
        refused = subprocess.run(compose, env=environment, capture_output=True, text=True)
        said(refused.returncode != 0 and name in refused.stderr, f"{file}: without {name} nothing starts")
    ran(f"{file}: is what Docker Compose understands", compose, env={**without, **variables})
    document = json.loads(subprocess.run(compose, env={**without, **variables}, capture_output=True, text=True).stdout)
    for name, length in (("server.key", 32), ("store.password", 24)):
        (here / name).write_text(secrets.token_hex(length) + "\n")
        (here / name).chmod(0o640)
    if not IS_ROOT:
        return unchecked(f"{file}: what it starts; needs root")
    for name in ("server.key", "store.password"):
        os.chown(here / name, 0, 65532)
    store = document["services"]["burnbag-1"]["environment"]["BURNBAG_STORE"]
    if not has_engine(binary, store):
        return unchecked(f"{file}: what it starts; this Burnbag has no such store")
    with Containers(document, here / "run", binary, program("caddy")) as containers:
        start(file, containers)
        try_out(file, containers)
        clean(f"{file}: at the end", [here])


def start(file, containers):
    """In the order that depends_on asks for."""
    services = list(containers.services)
    started = set()
    while pending := [name for name in services if name not in started]:
        name = next(name for name in pending if set(containers.services[name].get("depends_on") or {}) <= started)
        containers.start(name)
        started.add(name)
        if name == "postgres":
            until(lambda: "ready to accept connections" in containers.log("postgres"), containers.log("postgres"))
        if name == "cluster":
            status = containers.wait("cluster")
            said(status == 0, f"{file}: the six are one cluster")
            if status:
                print(containers.log("cluster"))


def curl(containers, target, *more):
    address = containers.addresses["proxy"]["front"]
    command = ["ip", "netns", "exec", containers.namespace(CALLER), "curl", "-sk", "-w", "\n%{http_code}", "--resolve",
               f"{HOST}:443:{address}", "--resolve", f"{HOST}:80:{address}", *more, "-K", "-"]
    done = subprocess.run(command, input=f'url = "{target}"', capture_output=True, text=True, timeout=120)
    body, _, status = done.stdout.rpartition("\n")
    return int(status or 0), body


def try_out(file, containers):
    base = f"https://{HOST}"
    until(lambda: curl(containers, f"{base}/readyz")[0] == 200 or not containers.running["burnbag-1"].process.poll() is None,
          "the nodes do not become ready")
    status, body = curl(containers, f"{base}/readyz")
    said((status, body) == (200, '{"status":"ready"}'), f"{file}: ready, without warnings: {status} {body}")
    if status != 200:
        return print(containers.log("burnbag-1"))
    health = containers.run("burnbag-1", ["/usr/burnbag", "status", "--url", "http://127.0.0.1:7143"])
    said(health.returncode == 0, f"{file}: the image's health check: {health.stdout.strip()}{health.stderr.strip()}")
    made = containers.run("burnbag-2", ["/usr/burnbag", "account", "create", "someone@example.com"])
    said(made.returncode == 0 and len(made.stdout) > 20, f"{file}: an account is made in a container {made.stderr.strip()}")
    secret = canary("compose") + "x" * 30_000
    status, body = curl(containers, f"{base}/api/v1/share?secret={secret[:9000]}", "-X", "POST")
    answer = json.loads(body) if status == 200 else {}
    said(answer.get("share_url", "").startswith(f"{base}/secret/"), f"{file}: a link is made: {status}")
    target = f"{base}/api/v1/secret/{answer.get('secret_key')}"
    containers.stop("burnbag-2")
    said(curl(containers, target, "-X", "POST")[0] == 200, f"{file}: it opens, one node stopped")
    said(curl(containers, target, "-X", "POST")[0] == 404, f"{file}: and opens once")
    containers.start("burnbag-2")
    status, _ = curl(containers, f"http://{HOST}/")
    said(status == 308, f"{file}: http leads to https: {status}")
