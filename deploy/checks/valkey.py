"""A cluster of six with the files of scale/, on loopback: by redis-server, which Debian 12 has in the place of Valkey."""

import os
import secrets
import signal
import socket
import subprocess
import time

from .burnbag import HERE, options
from .child import Child, wait_for_port

# How long the check waits until the cluster is whole.
PATIENCE = 60


def for_redis(file):
    """As the files themselves say it is done."""
    return file.read_text().replace("valkey", "redis")


class Valkey:
    """What nodes see: a URL, and a file with the password."""

    # A URL that only a build with this engine takes.
    EXAMPLE = "redis+cluster://127.0.0.1:1"
    name = "a cluster of six"
    FAILURE = "a primary is killed, its replica takes over, and it comes back"
    # Longer nobody may be without an answer. The other two thirds of the secrets go on.
    PATIENCE = 15

    def __init__(self, folder):
        folder.mkdir()
        self.folder, self.password_file, self.server_key = folder, folder / "store.password", folder / "server.key"
        self.password = secrets.token_urlsafe(24)
        self.password_file.write_text(self.password + "\n")
        self.server_key.write_text(secrets.token_hex(32))
        (folder / "password.conf").write_text(f"requirepass {self.password}\nmasterauth {self.password}\n")
        text = for_redis(HERE / "scale/valkey.conf")
        text = text.replace("/etc/redis/burnbag.password.conf", str(folder / "password.conf"))
        (folder / "burnbag.conf").write_text(text.replace("bind * -::*", "bind 127.0.0.1"))
        self.ports = free_ports(6)
        self.children = {}
        for port in self.ports:
            self.start(port)
        addresses = [f"127.0.0.1:{port}" for port in self.ports]
        self.cli(self.ports[0], "--cluster", "create", *addresses, "--cluster-replicas", "1", "--cluster-yes")
        self.until_whole()
        self.url = f"redis+cluster://{','.join(addresses)}?wait_replicas=1"

    def start(self, port, wrapper=()):
        """With the command of the unit."""
        command = next(value for option, value in options(HERE / "scale/valkey@.service") if option == "ExecStart")
        data = self.folder / f"data-{port}"
        data.mkdir(exist_ok=True)
        command = command.replace("valkey", "redis").replace("/etc/redis", str(self.folder))
        command = command.replace("/var/lib/redis-%i", str(data)).replace("%i", str(port))
        self.children[port] = Child([*wrapper, *command.split()], self.folder / f"{port}.log")
        wait_for_port(port, self.children[port])

    def cli(self, port, *arguments):
        command = ["redis-cli", "-h", "127.0.0.1", "-p", str(port), *arguments]
        environment = {**os.environ, "REDISCLI_AUTH": self.password}
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60).stdout

    def until_whole(self):
        """Every primary has a replica that follows it, and everybody knows."""
        end = time.monotonic() + PATIENCE
        while not all(self.is_whole(port) for port in self.ports):
            if time.monotonic() > end:
                raise SystemExit(f"the cluster is not whole:\n{self.cli(self.ports[0], 'cluster', 'nodes')}")
            time.sleep(0.2)

    def is_whole(self, port):
        replication = self.cli(port, "info", "replication")
        follows = "master_link_status:up" in replication or "state=online" in replication
        nodes = self.cli(port, "cluster", "nodes")
        return follows and "cluster_state:ok" in self.cli(port, "cluster", "info") and "fail" not in nodes

    def fail_over(self):
        port = next(port for port in self.ports if "role:master" in self.cli(port, "info", "replication"))
        self.children[port].signal(signal.SIGKILL)
        self.children[port].process.wait()
        end = time.monotonic() + PATIENCE
        others = [other for other in self.ports if other != port]
        while sum("role:master" in self.cli(other, "info", "replication") for other in others) < 3:
            if time.monotonic() > end:
                raise SystemExit("no replica takes over")
            time.sleep(0.1)
        self.start(port)
        self.until_whole()

    def stop(self):
        for child in self.children.values():
            child.stop()


def free_ports(count):
    """Below those that the system gives away, and with room for the port that the processes talk at, 10,000 higher."""
    found = []
    for port in range(16379 + os.getpid() % 3000, 22000):
        if len(found) == count:
            break
        if all(is_free(number) for number in (port, port + 10000)):
            found.append(port)
    return found


def is_free(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
