"""The programs that this needs."""

import os
import pathlib
import shutil
import subprocess

TOOLS = {
    "nginx": "nginx-light", "caddy": "caddy", "systemd-analyze": "systemd", "openssl": "openssl", "curl": "curl",
    "strace": "strace", "redis-server": "redis-server", "psql": "postgresql", "ip": "iproute2",
}
IS_ROOT = os.geteuid() == 0


def install():
    """Installs missing tools where it may; answers those that are still missing."""
    missing = {tool: package for tool, package in TOOLS.items() if not shutil.which(tool)}
    if missing and IS_ROOT and shutil.which("apt-get"):
        policy = pathlib.Path("/usr/sbin/policy-rc.d")
        ours = not policy.exists()
        if ours:  # No package starts a service.
            policy.write_text("#!/bin/sh\nexit 101\n")
            policy.chmod(0o755)
        try:
            quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
            subprocess.run(["apt-get", "update", "-q"], check=False, **quiet)
            packages = sorted(set(missing.values()))
            subprocess.run(["apt-get", "install", "-qy", "--no-install-recommends", *packages], check=False, **quiet)
        finally:
            if ours:
                policy.unlink()
    return {tool: package for tool, package in missing.items() if not shutil.which(tool)}
