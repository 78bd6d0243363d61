"""What all clients have heard."""

import random
import threading
import time


class Tally:
    def __init__(self):
        self.lock = threading.Lock()
        self.successes, self.slowest, self.counts = [], 0.0, {}
        self.secrets, self.waiting, self.wrong = [], [], []

    def count(self, what, number=1):
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + number

    def succeeded(self):
        self.successes.append(time.monotonic())

    def is_wrong(self, what):
        with self.lock:
            self.wrong.append(what)
        print(f"WRONG {what}", flush=True)

    def add(self, secret):
        with self.lock:
            self.secrets.append(secret)
            self.waiting.append(secret)

    def some(self):
        """A secret that nobody else is about, once enough wait."""
        with self.lock:
            return self.waiting.pop(random.randrange(len(self.waiting))) if len(self.waiting) > 40 else None

    def put_back(self, secret):
        with self.lock:
            self.waiting.append(secret)

    def judge(self, secret):
        if secret.readers > 1:
            self.is_wrong(f"twice: {secret.readers} readers")
        if secret.readers and secret.burned:
            self.is_wrong("twice: read after it was burned")

    def longest_gap(self, start, end):
        seen = [start, *(moment for moment in list(self.successes) if start <= moment <= end), end]
        return max(later - earlier for earlier, later in zip(seen, seen[1:]))
