"""The service, with the files of this folder."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

from .child import Child, wait_for_port

# The files that are checked.
HERE = pathlib.Path(__file__).resolve().parent.parent
# Everything that could be logged is.
TALKATIVE = '[log]\nlevel = "debug"\nrequests = true\n'


def exchanged(file, changes):
    """A file with texts exchanged; each of them must stand in it."""
    text = file.read_text()
    for old, new in changes.items():
        if old not in text:
            sys.exit(f"{file} no longer has {old!r}; mend deploy/check")
        text = text.replace(old, new)
    return text


class Burnbag:
    """The service with deploy/burnbag.toml, its address, its data and its public URL exchanged."""

    def __init__(self, binary, folder, port, public_port, **more):
        self.binary, self.folder, self.port, self.more = binary, folder, port, more
        folder.mkdir(exist_ok=True)
        text = exchanged(HERE / "burnbag.toml", {
            "https://secrets.example.com": f"https://localhost:{public_port}",
            "/var/lib/burnbag": str(folder / "data"),
            "127.0.0.1:7143": f"127.0.0.1:{port}",
        })
        self.configure(text + 'throttle = "30/60s"\n')
        self.start()

    def configure(self, text):
        self.config = self.folder / "burnbag.toml"
        self.config.write_text(text + TALKATIVE)
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("BURNBAG_")}
        self.command = [self.binary, "serve", "--config", self.config, "--listen", "ADDRESS"]

    def start(self, port=None, wrapper=()):
        port = port or self.port
        address = f"127.0.0.1:{port}"
        command = [*wrapper, *(address if word == "ADDRESS" else word for word in self.command)]
        self.child = Child(command, self.folder / "burnbag.log", env=self.environment, **self.more)
        wait_for_port(port, self.child)

    def account(self, email):
        command = [self.binary, "account", "create", email, "--config", self.config]
        made = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True, **self.more)
        return made.stdout.strip()


class Node(Burnbag):
    """One of several on a store, with scale/burnbag.toml and with command and environment of scale/node.conf."""

    def __init__(self, binary, folder, port, public_port, store, **more):
        self.binary, self.folder, self.port, self.more = binary, folder, port, more
        folder.mkdir(exist_ok=True)
        text = exchanged(HERE / "scale/burnbag.toml", {
            "https://secrets.example.com": f"https://localhost:{public_port}",
            "/etc/burnbag/store.password": str(store.password_file),
            "/etc/burnbag/server.key": str(store.server_key),
            "10.0.0.10": "127.0.0.1",
        })
        text = re.sub(r'(?m)^store = ".*"$', lambda _: f'store = "{store.url}"', text)
        self.configure(text + 'throttle = "30/60s"\n')
        self.as_the_unit_says(store)
        self.start()

    def as_the_unit_says(self, store):
        credentials = self.folder / "credentials"
        credentials.mkdir(exist_ok=True)
        given = {"/etc/burnbag/server.key": store.server_key,
                 "/etc/burnbag/store.password": store.password_file}
        for option, value in options(HERE / "scale/node.conf"):
            if option == "LoadCredential":
                name, _, source = value.partition(":")
                shutil.copy(given[source], credentials / name)
            elif option == "Environment":
                name, _, text = value.partition("=")
                self.environment[name] = text.replace("%d", str(credentials))
            elif option == "ExecStart" and value:
                words = {"/usr/local/bin/burnbag": self.binary, "/etc/burnbag/burnbag.toml": self.config, "%I": "ADDRESS"}
                self.command = [words.get(word, word) for word in value.split()]


def options(unit):
    """The lines of a unit that set something."""
    for line in unit.read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            option, _, value = line.partition("=")
            yield option, value


def has_engine(binary, url):
    """Whether this Burnbag knows what the URL of a store begins with."""
    command = [binary, "serve", "--store", url, "--listen", "127.0.0.1:0"]
    environment = {"PATH": os.environ["PATH"], "BURNBAG_SERVER_KEY": "0f" * 32}
    try:
        said = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=5).stderr
    except subprocess.TimeoutExpired:
        return True
    return "this is no store" not in said
