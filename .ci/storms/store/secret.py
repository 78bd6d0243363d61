"""A secret as those know it who made and opened it."""


class Secret:
    """A secret that was acknowledged, and everything that was heard of it."""

    def __init__(self, key, receipt, value):
        self.key, self.receipt, self.value = key, receipt, value
        self.readers = 0        # who got it
        self.burned = False     # and it was said
        self.unknown = False    # somebody does not know what he did
        self.was_refused = False
