"""What the mail server does instead of its duty."""

# Step, act, and what it says.
TROUBLES = [
    *[(step, act, None) for step in ("greeting", "ehlo", "mail", "rcpt", "data", "body", "end") for act in ("hang", "close")],
    *[(step, "say", f"451 4.7.1 {step}: later") for step in ("mail", "rcpt", "data", "end")],
    *[(step, "say", f"421 4.3.2 {step}: not now") for step in ("greeting", "mail", "rcpt", "end")],
    ("mail", "say", "550 5.7.1 sender"), ("end", "swallow", None)]


class Troubles:
    """One after the other in random order, each once before any comes again."""

    def __init__(self, mails, chance):
        self.mails, self.chance, self.left = mails, chance, []

    def next(self):
        self.mails.tell("clear")
        # Every other time it works.
        if not self.left:
            self.left = [what for trouble in TROUBLES for what in (trouble, None)]
            self.chance.shuffle(self.left)
        if trouble := self.left.pop():
            step, act, text = trouble
            self.mails.tell("rule", step=step, act=act, text=text, **({"times": 1} if act == "swallow" else {}))

    def end(self):
        self.mails.tell("clear")
