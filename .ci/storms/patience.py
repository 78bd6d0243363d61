"""How long anybody waits."""

import time

# Longer than a node lets anybody wait (docs/scaling.md).
PATIENCE = 60


def wait_until(what, is_so, seconds=PATIENCE):
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError(what)
        time.sleep(0.05)
