"""PostgreSQL as the store, and what may happen to it."""

import contextlib
import glob
import os
import shutil
import signal
import subprocess
import sys
import time

from ..patience import wait_until
from ..port import free_port
from ..process import Process
from .relay import Relay

IS_ROOT = os.geteuid() == 0


class Postgres:
    """A PostgreSQL server with a replica for which every commit waits, behind a line that can be cut and led elsewhere."""

    def __init__(self, folder, arguments):
        self.folder, self.is_direct, self.servers, self.relays = folder, arguments.direct, [], []
        # Of the replica for which commits wait.
        self.name = "" if arguments.lagging else "*"

    def new_server(self, of=None):
        server = PostgresServer(self.folder / f"pg{len(self.servers)}")
        self.servers.append(server)
        server.make(of)
        server.start()
        return server

    def start(self):
        self.primary = self.new_server()
        self.replica = self.new_server(self.primary)
        self.primary.wait_for_replica(self.name)
        # One line to whoever is primary; or one to each, of which nodes choose.
        self.relays = [Relay(self.primary.port)] + ([Relay(self.replica.port)] if self.is_direct else [])

    @property
    def url(self):
        servers = ",".join(f"127.0.0.1:{relay.port}" for relay in self.relays)
        return f"postgres://postgres@{servers}/postgres"

    def faults(self):
        return {"store-killed": self.killed, "store-stopped": self.stopped, "line-cut": self.cut,
                "line-silent": self.silent, "replica-killed": self.replica_killed,
                "promoted-after-kill": self.promoted_after_kill, "promoted-after-stop": self.promoted_after_stop,
                "promoted-behind": self.promoted_behind}

    def killed(self):
        self.primary.kill()
        time.sleep(1)
        self.primary.start()

    def stopped(self):
        self.primary.process.tell(signal.SIGSTOP)
        time.sleep(8)
        self.primary.process.tell(signal.SIGCONT)

    def cut(self):
        with contextlib.ExitStack() as lines:
            for relay in self.relays:
                lines.enter_context(relay.doing(Relay.CUT))
            time.sleep(4)

    def silent(self):
        with contextlib.ExitStack() as lines:
            for relay in self.relays:
                lines.enter_context(relay.doing(Relay.HOLD))
            time.sleep(8)

    def replica_killed(self):
        self.replica.kill()
        time.sleep(2)
        self.replica.start()

    def promoted_after_kill(self):
        self.primary.kill()
        self.promote()

    def promoted_after_stop(self):
        # Nobody can ask it any more; it wakes up when others have taken its place.
        self.primary.process.tell(signal.SIGSTOP)
        old = self.primary
        self.promote()
        old.process.tell(signal.SIGCONT)
        time.sleep(1)
        old.kill()

    def promoted_behind(self):
        # What was written last stands on the primary alone, and nobody was told that it was done.
        self.replica.kill()
        time.sleep(1)
        self.primary.kill()
        self.replica.start()
        self.promote()

    def promote(self):
        time.sleep(1)
        self.replica.sql("SELECT pg_promote()")
        old, self.primary = self.primary.port, self.replica
        self.primary.wait_for_replica("")
        if not self.is_direct:
            self.relays[0].target.value = self.primary.port
        self.replica = self.new_server(self.primary)
        for relay in self.relays:
            if relay.target.value == old:
                relay.target.value = self.replica.port
        self.primary.wait_for_replica(self.name)

    def close(self):
        for server in self.servers:
            server.kill()
        for relay in self.relays:
            relay.process.terminate()


class PostgresServer:
    """One PostgreSQL server, in a folder of its own."""

    def __init__(self, folder):
        self.folder, self.data, self.port = folder, folder / "data", free_port()
        self.process = Process(folder / "log", start_new_session=True)

    def command(self, program, *arguments):
        who = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if IS_ROOT else []
        places = sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
        found = shutil.which(program, path=os.pathsep.join([*places, os.environ["PATH"]]))
        if not found:
            sys.exit(f"{program} is missing; apt-get install postgresql")
        return [*who, found, *map(str, arguments)]

    def run(self, program, *arguments):
        done = subprocess.run(self.command(program, *arguments), capture_output=True, text=True, cwd=self.folder)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")
        return done.stdout.strip()

    def make(self, of=None):
        """An empty server, or a replica of another."""
        self.folder.mkdir(exist_ok=True)
        if IS_ROOT:
            shutil.chown(self.folder, "postgres", "postgres")
        shutil.rmtree(self.data, ignore_errors=True)
        if of is None:
            self.run("initdb", "--auth=trust", "--username=postgres", "--locale=C", "--no-sync", "-D", self.data)
        else:
            source = f"host={of.folder} port={of.port} user=postgres application_name=replica"
            self.run("pg_basebackup", "-d", source, "-D", self.data, "-R", "-X", "stream", "-c", "fast", "--no-sync")

    def start(self):
        # What survives is looked at after a kill, not after a power failure.
        settings = {"port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": self.folder,
                    "fsync": "off", "max_connections": 200, "wal_receiver_timeout": "10s", "wal_sender_timeout": "10s",
                    "wal_retrieve_retry_interval": "200ms"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        self.process.start(self.command("postgres", "-D", self.data, *options))
        self.wait()

    def wait(self):
        wait_until("PostgreSQL", lambda: subprocess.run(
            self.command("pg_isready", "-q", "-h", self.folder, "-p", self.port)).returncode == 0)

    def sql(self, text):
        return self.run("psql", "-XqAt", "-h", self.folder, "-p", self.port, "-U", "postgres", "-c", text)

    def kill(self):
        self.process.kill()

    def wait_for_replica(self, names):
        self.sql(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
        self.sql("SELECT pg_reload_conf()")
        state = "SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')"
        wait_until("the replica", lambda: not names or self.sql(state) == "1")
