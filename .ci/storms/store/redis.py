"""Redis as the store, and what may happen to it."""

import random
import signal
import subprocess
import time

from ..patience import wait_until
from ..port import is_free
from ..process import Process


class Redis:
    """Three Redis masters, each with a replica that the cluster promotes by itself. An answer waits for a replica."""

    def __init__(self, folder, arguments):
        self.servers = [RedisServer(folder / f"redis{number}") for number in range(6)]

    def start(self):
        for server in self.servers:
            server.start()
        places = [f"127.0.0.1:{server.port}" for server in self.servers]
        make = ["redis-cli", "--cluster", "create", *places, "--cluster-replicas", "1", "--cluster-yes"]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL)
        self.wait_until_whole()

    @property
    def url(self):
        return f"redis+cluster://{','.join(f'127.0.0.1:{server.port}' for server in self.servers)}?wait_replicas=1"

    def faults(self):
        return {"store-killed": self.killed, "store-stopped": self.stopped, "replica-killed": self.replica_killed,
                "promoted": self.promoted}

    def one(self, is_master):
        return random.choice([server for server in self.servers if server.is_master() == is_master])

    def wait_until_whole(self):
        """Every slot is served, by three masters, and each has a replica that hears it."""
        def is_whole():
            roles = [server.ask("ROLE").split("\n")[0] for server in self.servers]
            states = [server.ask("CLUSTER", "INFO") for server in self.servers]
            linked = all("connected" in server.ask("ROLE") for server in self.servers if not server.is_master())
            return sorted(roles) == ["master"] * 3 + ["slave"] * 3 and all("state:ok" in state for state in states) and linked
        wait_until("the cluster", is_whole)

    def killed(self):
        master = self.one(is_master=True)
        master.kill()
        time.sleep(4)
        master.start()
        self.wait_until_whole()

    def stopped(self):
        master = self.one(is_master=True)
        master.process.tell(signal.SIGSTOP)
        time.sleep(8)
        master.process.tell(signal.SIGCONT)
        self.wait_until_whole()

    def replica_killed(self):
        replica = self.one(is_master=False)
        replica.kill()
        time.sleep(2)
        replica.start()
        self.wait_until_whole()

    def promoted(self):
        self.one(is_master=False).ask("CLUSTER", "FAILOVER")
        time.sleep(1)
        self.wait_until_whole()

    def close(self):
        for server in self.servers:
            server.kill()


class RedisServer:
    """One member of a cluster."""

    def __init__(self, folder):
        self.folder, self.port = folder, 0
        # Below those that the system gives to connections, with its bus 10,000 above.
        while not (self.port and is_free(self.port) and is_free(self.port + 10_000)):
            self.port = random.randrange(12_000, 22_000)
        folder.mkdir()
        self.process = Process(folder / "log", start_new_session=True)

    def start(self):
        settings = {"port": self.port, "dir": self.folder, "cluster-enabled": "yes", "cluster-node-timeout": 2000,
                    "appendonly": "yes", "appendfsync": "everysec", "save": "", "maxmemory-policy": "noeviction",
                    "min-replicas-to-write": 0, "cluster-replica-validity-factor": 0}
        options = [part for name, value in settings.items() for part in (f"--{name}", str(value))]
        self.process.start(["redis-server", *options])
        wait_until("Redis", lambda: self.ask("PING") == "PONG")

    def ask(self, *words):
        try:
            done = subprocess.run(["redis-cli", "-p", str(self.port), *words], capture_output=True, text=True, timeout=2)
            return done.stdout.strip()
        except subprocess.TimeoutExpired:
            return ""

    def is_master(self):
        return self.ask("ROLE").startswith("master")

    def kill(self):
        self.process.kill()
