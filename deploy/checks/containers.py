"""The services of a compose file without a container engine: each in namespaces of its own, with the command, the
environment, the files, the user and the names that the file gives it. As root on Linux only.

What an image would bring is taken from this machine: redis-server is valkey-server, and the start of the image of
PostgreSQL is written down here. Burnbag gets a root folder with nothing in it but what its image has.
"""

import ipaddress
import os
import pathlib
import shlex
import shutil
import signal
import subprocess
import time

from .child import Child
from .postgres import programs

CALLER = "caller"


class Containers:
    """A network switch, and the services in their order."""

    def __init__(self, document, folder, binary, caddy):
        self.document, self.folder, self.binary, self.caddy = document, folder, binary, caddy
        self.services, self.running = document["services"], {}
        # Interfaces have names of 15 letters at most.
        self.prefix = f"bb{os.getpid()}"
        folder.mkdir()
        folder.chmod(0o755)
        self.addresses = self.give_addresses()

    def give_addresses(self):
        """Each service has one in each of its networks; the caller stands in the first of them."""
        addresses = {}
        for number, (network, what) in enumerate(self.document["networks"].items()):
            subnet = (what.get("ipam") or {}).get("config") or [{"subnet": f"172.30.{72 + number}.0/24"}]
            hosts = ipaddress.ip_network(subnet[0]["subnet"]).hosts()
            members = {name: (service["networks"][network] or {}).get("ipv4_address")
                       for name, service in self.services.items() if network in service["networks"]}
            if network == "front":
                members[CALLER] = None
            free = (str(host) for host in list(hosts)[9:] if str(host) not in members.values())
            for name, fixed in members.items():
                addresses.setdefault(name, {})[network] = fixed or next(free)
        return addresses

    def __enter__(self):
        self.ip("netns", "add", self.namespace("switch"))
        self.inside("switch", "link", "set", "lo", "up")
        for network in self.document["networks"]:
            self.inside("switch", "link", "add", network, "type", "bridge")
            self.inside("switch", "link", "set", network, "up")
        for name in self.addresses:
            self.plug_in(name)
        return self

    def __exit__(self, *_):
        for name in reversed(list(self.running)):
            self.stop(name)
        for name in ("switch", *self.addresses):
            self.ip("netns", "del", self.namespace(name))

    def plug_in(self, name):
        self.ip("netns", "add", self.namespace(name))
        self.inside(name, "link", "set", "lo", "up")
        for number, (network, address) in enumerate(self.addresses[name].items()):
            outer = f"{name[-12:]}{number}"
            self.inside("switch", "link", "add", outer, "type", "veth", "peer", "name", f"eth{number}", "netns",
                        self.namespace(name))
            self.inside("switch", "link", "set", outer, "master", network, "up")
            self.inside(name, "addr", "add", f"{address}/24", "dev", f"eth{number}")
            self.inside(name, "link", "set", f"eth{number}", "up")

    def namespace(self, name):
        return f"{self.prefix}-{name}"

    @staticmethod
    def ip(*arguments):
        subprocess.run(["ip", *arguments], check=True, capture_output=True)

    def inside(self, name, *arguments):
        self.ip("-n", self.namespace(name), *arguments)

    def start(self, name):
        """Starts a service; it runs when this returns, but may not be ready."""
        root = self.make_root(name)
        mounts = "\n".join(self.mounts(name, root))
        script = f"set -eu\n{mounts}\nexec {shlex.join(map(str, self.command(name, root)))}\n"
        command = ["ip", "netns", "exec", self.namespace(name), "unshare", "--mount", "--propagation", "private", "sh", "-c",
                   script]
        self.running[name] = Child(command, self.folder / f"{name}.log", env=self.environment(name))

    def run(self, name, arguments, timeout=60):
        """What a further command in a service's container prints."""
        root = self.folder / name / "root"
        service = self.running[name]
        command = ["nsenter", "--mount", "--net", "--target", str(service.pid), *self.as_user(name, root), *arguments]
        return subprocess.run(command, env=self.environment(name), capture_output=True, text=True, timeout=timeout)

    def stop(self, name, number=signal.SIGTERM):
        child = self.running.pop(name)
        if child.process.poll() is None:
            child.signal(number)
        child.stop()

    def log(self, name):
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def wait(self, name, timeout=60):
        """The exit status of a service that ends by itself."""
        return self.running[name].process.wait(timeout)

    def image(self, name):
        return self.services[name]["image"].partition(":")[0]

    def make_root(self, name):
        root = self.folder / name / "root"
        if root.exists():
            return root
        for folder in ("etc", "run/secrets", "tmp", "data", "config", "proc", "dev", "usr", "lib", "lib64", "bin", "sbin",
                       "var/lib/burnbag", "var/lib/postgresql/data", "etc/caddy", "etc/valkey", "etc/ssl"):
            (root / folder).mkdir(parents=True)
        hosts = [f"127.0.0.1 localhost\n{next(iter(self.addresses[name].values()))} {name}\n"]
        for network in self.addresses[name]:
            hosts += [f"{there[network]} {other}\n" for other, there in self.addresses.items()
                      if network in there and other != name]
        (root / "etc/hosts").write_text("".join(hosts))
        (root / "etc/passwd").write_text("root:x:0:0::/:/bin/sh\n" + line_of("/etc/passwd", "postgres"))
        (root / "etc/group").write_text("root:x:0:\n" + line_of("/etc/group", "postgres"))
        (root / "etc/nsswitch.conf").write_text("hosts: files\n")
        for place in ("run/burnbag.conf", "etc/caddy/Caddyfile", "etc/caddy/burnbag-nodes.caddy", "dev/null", "dev/urandom"):
            (root / place).touch()
        for secret in self.document["secrets"]:
            (root / "run/secrets" / secret).touch()
        (root / "tmp").chmod(0o1777)
        if self.image(name) == "burnbag":
            self.fill_like_its_image(root)
        return root

    def fill_like_its_image(self, root):
        """The binary, and the libraries it names: the image has no others that it could need."""
        shutil.copy(self.binary, root / "usr/burnbag")
        listed = subprocess.run(["ldd", self.binary], check=True, capture_output=True, text=True).stdout
        for word in listed.split():
            if word.startswith("/"):
                (root / word[1:]).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(word, root / word[1:])

    def mounts(self, name, root):
        """Shell commands that lay the root folder out."""
        service, quoted = self.services[name], shlex.quote(str(root))
        yield f"mount --bind {quoted} {quoted}"
        if self.image(name) != "burnbag":
            for folder in ("usr", "lib", "lib64", "bin", "sbin"):
                yield f"mount --rbind /{folder} {quoted}/{folder}"
            # What distributions link by alternatives, and whom to trust.
            yield f"mount --rbind /etc/ssl {quoted}/etc/ssl"
        yield f"mount --rbind /proc {quoted}/proc"
        for device in ("null", "urandom"):
            yield f"mount --bind /dev/{device} {quoted}/dev/{device}"
        if service.get("read_only"):
            yield f"mount -o remount,bind,ro {quoted}"
        if self.image(name) == "postgres":
            yield f"mount -t tmpfs tmpfs {quoted}/tmp"
        for secret in service.get("secrets", []):
            file = shlex.quote(self.document["secrets"][secret["source"]]["file"])
            yield f"mount --bind {file} {quoted}{secret['target']}"
        for place in service.get("tmpfs", []):
            path, _, options = place.partition(":")
            yield f"mount -t tmpfs {'-o ' + options if options else ''} tmpfs {quoted}{path}"
        for volume in service.get("volumes", []):
            source = volume["source"] if volume["type"] == "bind" else self.volume(volume["source"], name)
            yield f"mount --bind {shlex.quote(str(source))} {quoted}{volume['target']}"

    def volume(self, volume, name):
        folder = self.folder / f"volume-{volume}"
        if not folder.exists():
            folder.mkdir()
            user = "postgres" if self.image(name) == "postgres" else self.services[name].get("user", "root")
            subprocess.run(["chown", user, folder], check=True)
        return folder

    def environment(self, name):
        image = {"burnbag": {"BURNBAG_LISTEN": "0.0.0.0:7143", "BURNBAG_DATA": "/var/lib/burnbag"},
                 "caddy": {"XDG_CONFIG_HOME": "/config", "XDG_DATA_HOME": "/data"}}.get(self.image(name), {})
        given = self.services[name].get("environment") or {}
        return {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", **image, **given}

    def as_user(self, name, root):
        """A command in the service's root folder, as its user, without more rights than that one has."""
        service = self.services[name]
        user = {"burnbag": "65532:65532"}.get(self.image(name)) or service.get("user", "0:0")
        groups = ",".join(service.get("group_add", [])) or "0"
        limits = ["setpriv", "--no-new-privs"] if "no-new-privileges:true" in service.get("security_opt", []) else []
        return [*limits, "chroot", f"--userspec={user}", f"--groups={groups}", root]

    def command(self, name, root):
        service = self.services[name]
        words = [*(service.get("entrypoint") or []), *(service.get("command") or [])]
        words = [word.replace("$$", "$") for word in words]
        if self.image(name) == "burnbag":
            words = ["/usr/burnbag", *(words or ["serve"])]
        elif self.image(name) == "caddy":
            caddy = self.caddy
            shutil.copy(caddy, root / "etc/caddy/caddy")
            kept = ",".join(f"+{capability.lower()}" for capability in service["cap_add"])
            words = ["setpriv", f"--bounding-set=-all,{kept}", "/etc/caddy/caddy", *words[1:]]
        elif self.image(name) == "postgres":
            words = ["sh", "-euc", START_OF_POSTGRES.format(programs=programs(), command=shlex.join(words))]
        else:
            # Redis 7 in the place of Valkey.
            words[-1] = words[-1].replace("valkey-server", "redis-server").replace("valkey-cli", "redis-cli")
        return [*self.as_user(name, root), *words]


def line_of(file, name):
    lines = pathlib.Path(file).read_text().splitlines(keepends=True)
    return next((line for line in lines if line.startswith(f"{name}:")), "")


# What the image does before it runs the command.
START_OF_POSTGRES = """
export PATH={programs}:$PATH PGDATA=/var/lib/postgresql/data LC_ALL=C
as_postgres() {{ setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }}
cd /tmp
if ! [ -e $PGDATA/PG_VERSION ]; then
    cat $POSTGRES_PASSWORD_FILE > /tmp/password; chown postgres /tmp/password; chmod 700 $PGDATA
    as_postgres initdb --no-sync --username=$POSTGRES_USER --pwfile=/tmp/password $POSTGRES_INITDB_ARGS > /dev/null
    rm /tmp/password
    echo 'host all all all scram-sha-256' >> $PGDATA/pg_hba.conf
    echo "CREATE DATABASE $POSTGRES_DB;" | as_postgres postgres --single -j postgres > /dev/null
fi
exec setpriv --reuid=postgres --regid=postgres --clear-groups {command} -c listen_addresses='*' -c unix_socket_directories=/tmp
"""


def until(condition, what, timeout=60):
    end = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.2)
