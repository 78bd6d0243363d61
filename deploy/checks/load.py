"""Makes secrets and opens them, while something happens to those who serve them."""

import contextlib
import json
import secrets
import threading
import time
from urllib.parse import urlencode

from .client import FORM, call
from .traces import canary

# For so long a caller repeats what was not answered. The copy for him who repeats is kept for 60 s.
PATIENCE = 30


class Load:
    """People who make a secret each, open it, and try it once more; again and again until they are told to stop."""

    def __init__(self, port, people=8):
        self.port, self.stopped, self.lock = port, threading.Event(), threading.Lock()
        self.answered, self.refused, self.made = [], [], 0
        self.lost, self.twice, self.troubles = 0, 0, []
        self.threads = [threading.Thread(target=self.person) for _ in range(people)]

    @contextlib.contextmanager
    def running(self):
        for thread in self.threads:
            thread.start()
        try:
            yield self
        finally:
            self.stopped.set()
            for thread in self.threads:
                thread.join()

    def person(self):
        while not self.stopped.is_set():
            try:
                self.one_secret()
            except Exception as error:  # Is a failure of the check, not the end of a thread that nobody misses.
                self.troubles.append(repr(error))
                return

    def one_secret(self):
        secret = canary("load")
        status, body = self.call("/api/v1/share", urlencode({"secret": secret}), {})
        if status != 200:
            return  # Not acknowledged, so nothing is promised.
        target = "/api/v1/secret/" + json.loads(body)["secret_key"]
        status, body = self.patient(target, {"Idempotency-Key": secrets.token_urlsafe(32)})
        with self.lock:
            self.made += 1
            self.lost += status != 200 or json.loads(body)["value"] != secret
        status, _ = self.patient(target, {"Idempotency-Key": secrets.token_urlsafe(32)})
        with self.lock:
            self.twice += status == 200

    def patient(self, target, headers):
        """Repeats what was not answered, as a client with an idempotency key does."""
        until = time.monotonic() + PATIENCE
        while True:
            status, body = self.call(target, "", headers)
            if status in (200, 404) or time.monotonic() > until:
                return status, body
            time.sleep(0.2)

    def call(self, target, form, headers):
        status, _, body = call(self.port, "POST", target, form, {**FORM, **headers})
        with self.lock:
            (self.answered if status in (200, 404) else self.refused).append((time.monotonic(), status))
        return status, body

    def gap(self):
        """The longest time in which nobody got an answer."""
        times = sorted(at for at, _ in self.answered)
        return max((later - earlier for earlier, later in zip(times, times[1:])), default=0)

    def kept_its_word(self):
        return not self.lost and not self.twice and not self.troubles and self.made > 0

    def __str__(self):
        refused = sorted({status for _, status in self.refused})
        trouble = f", {self.troubles}" if self.troubles else ""
        return (f"{self.made} secrets, {self.lost} lost, {self.twice} opened twice, {len(self.refused)} of "
                f"{len(self.refused) + len(self.answered)} calls refused {refused or ''}, at most {self.gap():.1f} s "
                f"without an answer{trouble}")
