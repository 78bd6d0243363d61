"""Each file by its own tool."""

import os
import pathlib
import re
import shutil
import subprocess

from .burnbag import HERE, exchanged
from .report import ran, said
from .tools import IS_ROOT
from .valkey import for_redis


def check_files(folder):
    service = exchanged(HERE / "burnbag.service", {"/usr/local/bin/burnbag": "/bin/true"})
    (folder / "burnbag.service").write_text(service)
    ran("systemd-analyze verify burnbag.service", ["systemd-analyze", "verify", folder / "burnbag.service"])
    check_units(folder / "units")
    home = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    validate = ["caddy", "validate", "--config", HERE / "Caddyfile", "--adapter", "caddyfile"]
    ran("caddy validate Caddyfile", validate, env=home)
    for name in ("Caddyfile", "burnbag-nodes.caddy", "scale/burnbag-nodes.caddy"):
        formatted = subprocess.run(["caddy", "fmt", HERE / name], capture_output=True, text=True, env=home).stdout
        said(formatted == (HERE / name).read_text(), f"caddy fmt {name} changes nothing")
    if not IS_ROOT:
        return print("      nginx -t with the real ports needs root; the file is tried with other ports below")
    changes = {"/etc/letsencrypt/live/secrets.example.com/": f"{folder}/", "/run/nginx.pid": f"{folder}/pid"}
    text = exchanged(HERE / "nginx.conf", changes)
    if not pathlib.Path("/proc/net/if_inet6").exists():
        text = re.sub(r"\n *listen \[::\].*", "", text)
    (folder / "nginx.conf").write_text(text)
    for nodes in (HERE / "burnbag-nodes.conf", HERE / "scale/burnbag-nodes.conf"):
        shutil.copy(nodes, folder / "burnbag-nodes.conf")
        ran(f"nginx -t nginx.conf with {nodes.relative_to(HERE)}", ["nginx", "-t", "-q", "-c", folder / "nginx.conf"])


def check_units(folder):
    """The units for several, as they are installed, and how closed up they are."""
    (folder / "burnbag@.service.d").mkdir(parents=True)
    for source, place in (("burnbag.service", "burnbag@.service"), ("scale/node.conf", "burnbag@.service.d/node.conf")):
        text = exchanged(HERE / source, {"/usr/local/bin/burnbag": "/bin/true"})
        (folder / place).write_text(text)
    text = for_redis(HERE / "scale/valkey@.service")
    (folder / "redis@.service").write_text(text)
    path = {**os.environ, "SYSTEMD_UNIT_PATH": f"{folder}:"}
    for unit in ("burnbag@node.service", "redis@6379.service"):
        ran(f"systemd-analyze verify {unit}", ["systemd-analyze", "verify", unit], env=path)
        # 0 is closed up, 10 is wide open; a unit that says nothing has 9.6.
        ran(f"systemd-analyze security {unit}: 2.5 at most",
            ["systemd-analyze", "security", "--offline=true", "--threshold=25", "--no-pager", unit], env=path)
