"""A request and its answer."""

import contextlib
import http.client
import json
from urllib.parse import urlencode

from .patience import PATIENCE

# What comes in the place of an answer. Who hears it does not know what he did.
BROKEN = (OSError, http.client.HTTPException, ValueError)


def call(*arguments, **more):
    return answer(ask(*arguments, **more))


def ask(port, method, path, form=None, headers=None, patience=PATIENCE):
    """Sends a request, and answers what reads the answer."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    body = urlencode(form or {})
    line.request(method, path, body if method == "POST" else None,
                 {"Content-Type": "application/x-www-form-urlencoded", "Connection": "close", **(headers or {})})
    return line


def answer(line):
    with contextlib.closing(line):
        got = line.getresponse()
        return got.status, json.loads(got.read() or b"{}"), got.headers
