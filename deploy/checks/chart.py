"""The chart: by helm itself, against the schemas of Kubernetes, and its burnbag.toml by Burnbag."""

import json
import os
import re
import secrets
import subprocess

from .burnbag import HERE
from .child import Child, free_port, wait_for_port
from .client import call
from .published import PLACE, install, program
from .report import ran, said

CHART, EXAMPLE = HERE / "helm/burnbag", HERE / "helm/example.yaml"
# The oldest that the chart says, and the newest that there are schemas of.
VERSIONS = ("1.30.0", "1.37.0")
# Everything that an installation may have and the example has not.
MORE = """
image: {digest: "sha256:%s"}
replicas: 1
imagePullSecrets: [{name: registry}]
olderServerKeySecrets: [{name: older, key: a}, {name: older, key: b}]
mailPasswordSecret: {name: mail, key: password}
mailAuthoritySecret: {name: mail, key: ca.pem}
config: {mail: {server: mail.example.com, user: u@example.com, from: u@example.com}}
ingress: {enabled: false}
networkPolicy: {enabled: false}
preStopSleep: 5
nodeSelector: {disk: ssd}
tolerations: [{operator: Exists}]
""" % ("0" * 64)
NEEDED = ("image.repository", "host", "store.url", "store.passwordSecret.name", "serverKeySecret.name", "ingress.tlsSecret")


def check_chart(binary, folder):
    install()
    folder.mkdir()
    more = folder / "more.yaml"
    more.write_text(MORE)
    helm = program("helm")
    for name, files in (("example.yaml", ["-f", EXAMPLE]), ("all of it", ["-f", EXAMPLE, "-f", more])):
        ran(f"chart, {name}: helm lint --strict", [helm, "lint", "--strict", CHART, *files])
        rendered = subprocess.run([helm, "template", "x", CHART, *files], capture_output=True, text=True)
        said(rendered.returncode == 0, f"chart, {name}: helm template {rendered.stderr.strip()}")
        written = folder / "rendered.yaml"
        written.write_text(rendered.stdout)
        for version in VERSIONS:
            ran(f"chart, {name}: is what Kubernetes {version} takes",
                [program("kubernetes-validate"), "--strict", "-k", version, written])
        check_objects(name, objects(rendered.stdout), binary, folder)
    for value in NEEDED:
        refused = subprocess.run([helm, "template", "x", CHART, "-f", EXAMPLE, "--set", f"{value}="], capture_output=True,
                                 text=True)
        said(refused.returncode != 0 and value.rpartition(".")[2] in refused.stderr, f"chart: without {value} nothing is made")
    for value in ("store.url=sqlite", "store.url=postgres://u:secret@db/b", "config.mail.password=secret", "replica=3"):
        refused = subprocess.run([helm, "template", "x", CHART, "-f", EXAMPLE, "--set", value], capture_output=True)
        said(refused.returncode != 0, f"chart: {value} is refused")


def objects(text):
    command = [PLACE / "bin/python", "-c", "import json, sys, yaml; json.dump(list(yaml.safe_load_all(sys.stdin)), sys.stdout)"]
    documents = json.loads(subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout)
    return {document["kind"]: document for document in documents}


def check_objects(name, found, binary, folder):
    pod = found["Deployment"]["spec"]["template"]["spec"]
    toml = found["ConfigMap"]["data"]["burnbag.toml"]
    volume = next(volume for volume in pod["volumes"] if volume["name"] == "secrets")
    given = {f"/run/burnbag/{item['path']}" for source in volume["projected"]["sources"] for item in source["secret"]["items"]}
    named = set(re.findall(r"/run/burnbag/[a-z0-9.-]+", toml))
    said(named <= given, f"chart, {name}: the pod has the files that its burnbag.toml names: {sorted(named - given)}")
    said("Secret" not in found, f"chart, {name}: makes no secret")
    check_configuration(name, toml, binary, folder)


def check_configuration(name, toml, binary, folder):
    """Burnbag starts with it, but for the store."""
    port = free_port()
    for file in set(re.findall(r"/run/burnbag/[a-z0-9.-]+", toml)):
        here = folder / file.rpartition("/")[2]
        if here.suffix == ".pem":
            subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=authority",
                            "-keyout", here.with_suffix(".key"), "-out", here], check=True, capture_output=True)
        else:
            here.write_text(secrets.token_hex(32))
        toml = toml.replace(file, str(here))
    toml = re.sub(r"(?m)^store(_password_file)? = .*\n", "", toml)
    config = folder / "burnbag.toml"
    config.write_text(toml)
    command = [binary, "serve", "--config", config, "--data", folder / f"data {name}", "--listen", f"127.0.0.1:{port}"]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("BURNBAG_")}
    child = Child(command, folder / "log", env=environment)
    try:
        wait_for_port(port, child)
        said(call(port, "GET", "/readyz", tls=False)[0] == 200, f"chart, {name}: Burnbag starts with its burnbag.toml")
    finally:
        child.stop()
