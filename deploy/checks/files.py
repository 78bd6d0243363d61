"""Each file by its own tool."""

import os
import pathlib
import re
import subprocess

from .burnbag import HERE, exchanged
from .report import ran, said
from .tools import IS_ROOT


def check_files(folder):
    service = exchanged(HERE / "burnbag.service", {"/usr/local/bin/burnbag": "/bin/true"})
    (folder / "burnbag.service").write_text(service)
    ran("systemd-analyze verify burnbag.service", ["systemd-analyze", "verify", folder / "burnbag.service"])
    home = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    validate = ["caddy", "validate", "--config", HERE / "Caddyfile", "--adapter", "caddyfile"]
    ran("caddy validate Caddyfile", validate, env=home)
    formatted = subprocess.run(["caddy", "fmt", HERE / "Caddyfile"], capture_output=True, text=True, env=home).stdout
    said(formatted == (HERE / "Caddyfile").read_text(), "caddy fmt Caddyfile changes nothing")
    if not IS_ROOT:
        return print("      nginx -t with the real ports needs root; the file is tried with other ports below")
    changes = {"/etc/letsencrypt/live/secrets.example.com/": f"{folder}/", "/run/nginx.pid": f"{folder}/pid"}
    text = exchanged(HERE / "nginx.conf", changes)
    if not pathlib.Path("/proc/net/if_inet6").exists():
        text = re.sub(r"\n *listen \[::\].*", "", text)
    (folder / "nginx.conf").write_text(text)
    ran("nginx -t nginx.conf", ["nginx", "-t", "-q", "-c", folder / "nginx.conf"])
