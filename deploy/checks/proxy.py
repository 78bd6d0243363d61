"""nginx and Caddy, with the files of this folder."""

import os

from .burnbag import HERE, exchanged
from .child import Child, free_port, wait_for_port
from .tools import IS_ROOT


class Proxy:
    """One of the two, with ports, paths, certificate and timeouts exchanged."""

    def __init__(self, folder, nodes=1):
        self.folder = folder
        self.port, self.clear_port = free_port(), free_port()
        # Where the services are, or will be.
        self.service_ports = [free_port() for _ in range(nodes)]
        self.service_port = self.service_ports[0]
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
        for name in ("log", "temp", "data"):
            (folder / name).mkdir(exist_ok=True)
            (folder / name).chmod(0o777)

    def start(self, **changes):
        config = self.folder / "config"
        config.write_text(self.config(**changes))
        (self.folder / self.nodes_file).write_text(self.nodes())
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder / "data"), "TMPDIR": str(self.folder / "temp")}
        self.child = Child(self.command(config), self.folder / "log" / "output", env=environment)
        wait_for_port(self.port, self.child)

    def nodes(self):
        """The file that says where the services are: the one for one, or that of scale/."""
        if len(self.service_ports) == 1:
            return exchanged(HERE / self.nodes_file, {"127.0.0.1:7143": f"127.0.0.1:{self.service_port}"})
        return exchanged(HERE / "scale" / self.nodes_file, {
            f"10.0.0.1{number}:7143": f"127.0.0.1:{port}" for number, port in enumerate(self.service_ports, 1)})


class Nginx(Proxy):
    name = "nginx"
    nodes_file = "burnbag-nodes.conf"
    too_large = 413

    def command(self, config):
        return ["nginx", "-c", str(config), "-g", "daemon off;"]

    def config(self, extra="", talkative=False):
        paths = "".join(
            f"    {what}_temp_path {self.folder}/temp/{what};\n"
            for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        text = exchanged(HERE / "nginx.conf", {
            "user www-data;\n": "user www-data;\n" if IS_ROOT else "",
            "/run/nginx.pid": f"{self.folder}/pid",
            "/var/log/nginx/": f"{self.folder}/log/",
            "listen 80 ": f"listen 127.0.0.1:{self.clear_port} ",
            "listen 443 ": f"listen 127.0.0.1:{self.port} ",
            "        listen [::]:80 default_server;\n": "",
            "        listen [::]:443 ssl http2 default_server;\n": "",
            "/etc/letsencrypt/live/secrets.example.com/": f"{self.folder.parent}/",
            "/var/www/html": f"{self.folder}/www",
            "proxy_send_timeout 60s": "proxy_send_timeout 6s",
            "proxy_read_timeout 75s": "proxy_read_timeout 6s",
            "http {\n": "http {\n" + paths,
            "proxy_http_version 1.1;": "proxy_http_version 1.1;" + extra,
        })
        if talkative:  # As nginx is when nobody thinks of it.
            text = text.replace(" emerg;", " error;").replace("$request_method $status", "$request $status")
        return text


class Caddy(Proxy):
    name = "caddy"
    nodes_file = "burnbag-nodes.caddy"
    too_large = 404  # Burnbag's own refusal.

    def command(self, config):
        return ["caddy", "run", "--config", str(config), "--adapter", "caddyfile"]

    def config(self, extra="", talkative=False):
        text = exchanged(HERE / "Caddyfile", {
            "\nhttp://{$BURNBAG_HOST:secrets.example.com} {": f"\nhttp://localhost:{self.clear_port} {{",
            "\n{$BURNBAG_HOST:secrets.example.com} {": f"\nhttps://localhost:{self.port} {{\n"
            f"\ttls {self.folder.parent}/fullchain.pem {self.folder.parent}/privkey.pem",
            "response_header_timeout 75s": "response_header_timeout 6s",
            "write_timeout 60s": "write_timeout 6s",
            "\tservers {": f"\tadmin off\n\thttp_port {self.clear_port}\n\thttps_port {self.port}\n"
                           f"\tdefault_bind 127.0.0.1\n\tstorage file_system {self.folder}/data\n\tservers {{",
        })
        if talkative:
            text = text.replace("request delete", "nothing delete")
        return text + extra
