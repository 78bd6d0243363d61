"""What stands between proxy and service."""

import contextlib
import socket
import threading
import time


class Relay:
    """Stands between proxy and service and misbehaves; counts the requests that reach it."""

    def __init__(self, port, service):
        self.service, self.mode, self.requests, self.lock = service, "slow", 0, threading.Lock()
        self.heard = []
        self.listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self.handle, args=(client,), daemon=True).start()

    def handle(self, client):
        with client, contextlib.suppress(OSError):
            client.settimeout(3)
            if self.mode == "slow":
                return self.forward(client)
            if self.mode == "ready" or client.recv(12, socket.MSG_PEEK).startswith(b"GET /readyz"):
                client.recv(65536)
                return client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
            if self.mode == "again":  # One answer, and the connection is kept; the next request is cut off.
                self.count(client)
                client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            self.count(client)
            if self.mode == "nonsense":
                client.sendall(b"nonsense, not HTTP\r\n\r\n")
            if self.mode == "half":
                client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")

    def count(self, client):
        head = client.recv(65536)
        if head.startswith(b"POST "):
            with self.lock:
                self.requests += 1
                self.heard.append(head.partition(b"\r\n")[0])

    def forward(self, client):
        """One request: sent on as it comes, answered late and in small pieces."""
        with socket.create_connection(("127.0.0.1", self.service), 5) as service:
            def upwards():
                with contextlib.suppress(OSError):
                    while data := client.recv(65536):
                        service.sendall(data)
            threading.Thread(target=upwards, daemon=True).start()
            answer = service.recv(65536)
            time.sleep(0.7)
            for at in range(0, len(answer), 64):
                client.sendall(answer[at:at + 64])
                time.sleep(0.01)
            client.shutdown(socket.SHUT_RDWR)  # Also where another thread still reads.

    def close(self):
        self.listener.close()
