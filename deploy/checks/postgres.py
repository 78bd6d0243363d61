"""PostgreSQL with the files of scale/: a primary and two standbys, encrypted, on loopback."""

import contextlib
import os
import pathlib
import secrets
import shutil
import signal
import subprocess
import time

from .burnbag import HERE, exchanged
from .child import Child, free_port
from .tools import IS_ROOT

SCALE = HERE / "scale"


def programs():
    """Debian keeps them apart from others, by version."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: float(file.parts[4]))
    return found[-1].parent if found else pathlib.Path(shutil.which("initdb") or "/usr/bin/initdb").parent


class Server:
    """One of the three."""

    def __init__(self, folder, port, authority):
        self.folder, self.port = folder, port
        folder.mkdir()
        folder.chmod(0o755)
        self.data = folder / "data"
        for name in ("db.pem", "db.key"):
            shutil.copy(authority / name, folder / name)
        (folder / "db.key").chmod(0o600)
        self.own()

    def own(self):
        """PostgreSQL does not run as root."""
        if IS_ROOT:
            subprocess.run(["chown", "-R", "postgres:postgres", self.folder], check=True)

    def run(self, program, *arguments, **more):
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if IS_ROOT else []
        command = [*as_user, "sh" if program == "sh" else programs() / program, *arguments]
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", **more}
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True, cwd=self.folder).stdout

    def configure(self):
        """The settings of scale/, and below them what differs here."""
        (self.data / "conf.d").mkdir()
        (self.data / "conf.d/burnbag.conf").write_text(
            exchanged(SCALE / "postgresql.conf", {"listen_addresses = '*'": "listen_addresses = '127.0.0.1'"}))
        (self.data / "conf.d/here.conf").write_text(
            f"port = {self.port}\nunix_socket_directories = '{self.folder}'\n"
            f"ssl_cert_file = '{self.folder}/db.pem'\nssl_key_file = '{self.folder}/db.key'\n")
        with (self.data / "postgresql.conf").open("a") as file:
            file.write("\ninclude_dir = 'conf.d'\n")
        lines = exchanged(SCALE / "pg_hba.conf", {"10.0.0.0/24": "127.0.0.0/8"})
        (self.data / "pg_hba.conf").write_text("local all all trust\n" + lines)
        self.own()

    def start(self):
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if IS_ROOT else []
        command = [*as_user, programs() / "postgres", "-D", self.data]
        self.child = Child(command, self.folder / "postgres.log", cwd=self.folder, env={"LC_ALL": "C"})
        self.until("SELECT 1", "1")

    def sql(self, text, database="postgres", waits=True):
        """While no standby has come, nothing may wait for one."""
        more = {} if waits else {"PGOPTIONS": "-c synchronous_commit=local"}
        command = ("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-p", str(self.port), "-U", "postgres")
        return self.run(*command, "-d", database, "-c", text, **more).strip()

    def until(self, question, answer):
        for _ in range(600):
            with contextlib.suppress(subprocess.CalledProcessError):
                if self.sql(question) == answer:
                    return
            time.sleep(0.05)
        raise SystemExit(f"PostgreSQL does not answer {answer!r} to {question!r}:\n{(self.folder / 'postgres.log').read_text()}")

    def kill(self):
        """As a power failure does, but for the disk."""
        self.child.signal(signal.SIGKILL)
        self.child.process.wait()


class Postgres:
    """What nodes see: a URL, and a file with the password."""

    # A URL that only a build with this engine takes.
    EXAMPLE = "postgres://burnbag@127.0.0.1:1/burnbag"
    name = "PostgreSQL"
    FAILURE = "the primary is killed, a standby promoted"
    # Longer nobody may be without an answer.
    PATIENCE = 15

    def __init__(self, folder):
        folder.mkdir()
        folder.chmod(0o755)
        self.folder, self.password_file, self.authority = folder, folder / "store.password", folder / "db-ca.pem"
        self.server_key = folder / "server.key"
        self.server_key.write_text(secrets.token_hex(32))
        self.server_key.chmod(0o600)
        make_certificates(folder)
        ports = [free_port() for _ in range(3)]
        self.servers = [Server(folder / name, port, folder) for name, port in zip(("a", "b", "c"), ports)]
        self.primary = self.servers[0]
        self.set_up()
        self.url = (f"postgres://burnbag@{','.join(f'localhost:{port}' for port in ports)}/burnbag"
                    f"?sslmode=verify-full&sslrootcert={self.authority}")

    def set_up(self):
        primary, (first, second) = self.primary, self.servers[1:]
        primary.run("initdb", "--auth=trust", "--username=postgres", "--no-sync", "-D", primary.data)
        primary.configure()
        primary.start()
        for statement in self.statements():
            primary.sql(statement, waits=False)
        password = secrets.token_urlsafe(24)
        self.password_file.write_text(password + "\n")
        self.password_file.chmod(0o600)
        for role in ("burnbag", "replication"):
            primary.sql(f"ALTER ROLE {role} PASSWORD '{password}'", waits=False)
        for name, standby in (("standby_a", first), ("standby_b", second)):
            self.follow(name, standby, password)
        primary.until("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'quorum'", "2")

    @staticmethod
    def statements():
        text = (SCALE / "postgresql.sql").read_text()
        lines = [line for line in text.splitlines() if not line.startswith("--")]
        return [statement for statement in "\n".join(lines).split(";") if statement.strip()]

    def follow(self, name, standby, password):
        """A standby that finds whoever takes writes, also after another one was promoted."""
        hosts = ",".join("localhost" for _ in self.servers)
        ports = ",".join(str(server.port) for server in self.servers)
        target = (f"host={hosts} port={ports} user=replication password={password} application_name={name} "
                  f"sslmode=verify-full sslrootcert={self.authority} target_session_attrs=read-write")
        standby.run("pg_basebackup", "-d", target, "-D", standby.data, "-R", "--checkpoint=fast", "--no-sync")
        here = standby.data / "conf.d/here.conf"
        here.write_text(here.read_text().replace(f"port = {self.primary.port}", f"port = {standby.port}")
                        .replace(str(self.primary.folder), str(standby.folder)))
        standby.own()
        standby.start()

    def fail_over(self):
        """The primary dies, and of the standbys the one that has more takes its place."""
        self.primary.kill()
        standbys = [server for server in self.servers if server is not self.primary]
        ahead = max(standbys, key=lambda server: int(server.sql("SELECT pg_last_wal_receive_lsn() - '0/0'")))
        ahead.sql("SELECT pg_promote()")
        self.primary = ahead
        if "standby" not in ahead.sql("SHOW synchronous_standby_names"):
            raise SystemExit("a standby that was promoted waits for nobody: what it acknowledges may be lost")

    def restore(self):
        """A backup and its restoration, with the commands of docs/scaling.md."""
        text = (HERE.parent / "docs/scaling.md").read_text().partition("## Backup")[2]
        lines = [line for line in text.splitlines() if line.startswith(("pg_dump ", "createdb ", "pg_restore ", "psql "))]
        lines.insert(1, "psql postgres -c 'ALTER DATABASE burnbag RENAME TO lost'")
        where = {"PGHOST": str(self.primary.folder), "PGPORT": str(self.primary.port), "PGUSER": "postgres"}
        for line in lines:
            self.primary.run("sh", "-ec", line, **where, PATH=f"{programs()}:{os.environ['PATH']}")

    def stop(self):
        for server in self.servers:
            if hasattr(server, "child"):
                server.child.stop()


def make_certificates(folder):
    """An authority, and a certificate of it for localhost."""
    def openssl(*arguments):
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, cwd=folder)

    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl("req", "-x509", *curve, "-days", "2", "-subj", "/CN=authority", "-keyout", "ca.key", "-out", "db-ca.pem")
    openssl("req", "-x509", *curve, "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
            "-addext", "basicConstraints=critical,CA:FALSE", "-CA", "db-ca.pem", "-CAkey", "ca.key", "-keyout", "db.key",
            "-out", "db.pem")
    (folder / "db-ca.pem").chmod(0o644)
    (folder / "db.pem").chmod(0o644)
