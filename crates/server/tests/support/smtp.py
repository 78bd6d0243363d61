#!/usr/bin/env python3
"""A real SMTP server (aiosmtpd) that does what a test tells it, and counts what it took.

    smtp.py FOLDER OPTIONS      FOLDER: where its tools are installed once; OPTIONS: one JSON object

OPTIONS: "tls" is "starttls" (default), "tls" or "none"; "certificate" is "good" (default, for localhost and 127.0.0.1, by
an authority whose certificate's path is told), "stranger" (by another authority), "namesake" (by another of the same name),
"authority" (one that may make others), "name" (for another host) or "expired";
"user" and "password" where signing in is needed; "utf8" false: without SMTPUTF8; "port" for a fixed one.

The first line of output is {"port": …, "ca": PATH}. Then each line of input is a command, answered by one line:

    {"do": "rule", "step": STEP, "act": ACT, "text": …, "match": …, "times": …}
                          from now on, the first `times` times (default: always) that `match` stands in the line
    {"do": "clear"}       no rules any more
    {"do": "state"}       {"sessions": …, "messages": […], "commands": […]}
    {"do": "wait", "messages": N}   the same, once there are so many messages; after a minute {"error": …}
    {"do": "wait", "held": N}       the same, once so many connections are held
    {"do": "release"}     who is held goes on
    {"do": "end"}         as the end of input, without an answer

STEP: greeting, ehlo, starttls, auth, mail, rcpt, data, body (the first line of a message has come), end (all of it has).
ACT: say (`text`, in `charset`, instead of what would be answered; where that ends it, it also closes), close, hang, hold, inject (at
starttls: `text` behind the answer, in clear), swallow (at end: takes the message and closes without an answer).

A message has "from", "to", "data", "tls", "user", "utf8", and "answered": false for one that was swallowed. Who ends its
input ends it.
"""

import asyncio
import fcntl
import json
import os
import pathlib
import subprocess
import sys

NEEDED = ["aiosmtpd==1.4.6", "trustme==1.2.1"]


def install(folder):
    """This program again, by a Python that has the tools; the first one installs them, from PyPI."""
    python, stamp = folder / "bin/python", folder / "installed"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != "\n".join(NEEDED):
            subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True, stdout=sys.stderr)
            command = [folder / "bin/pip", "install", "--quiet", "--disable-pip-version-check", *NEEDED]
            subprocess.run(command, check=True, stdout=sys.stderr)
            stamp.write_text("\n".join(NEEDED))
    os.execv(python, [python, *sys.argv])


FOLDER = pathlib.Path(sys.argv[1]).resolve()
if pathlib.Path(sys.prefix).resolve() != FOLDER:
    install(FOLDER)

import datetime  # noqa: E402
import logging  # noqa: E402
import ssl  # noqa: E402
import tempfile  # noqa: E402
import warnings  # noqa: E402

import trustme  # noqa: E402
from aiosmtpd.smtp import SMTP, AuthResult  # noqa: E402

# What a test provokes is nothing to read about.
logging.disable()
warnings.simplefilter("ignore")


class World:
    """What happened, and what is to happen."""

    def __init__(self, options):
        self.options = options
        self.rules, self.messages, self.commands = [], [], []
        self.sessions = self.held = 0
        self.gate, self.changed = asyncio.Event(), asyncio.Condition()

    def state(self):
        return {"sessions": self.sessions, "messages": self.messages, "commands": self.commands}

    def rule(self, step, line):
        for rule in self.rules:
            if rule["step"] == step and rule.get("match", "") in line and rule.get("times", 1) > 0:
                if "times" in rule:
                    rule["times"] -= 1
                return rule
        return None

    async def note(self):
        async with self.changed:
            self.changed.notify_all()


class Taker:
    """What the connection asks when a message is complete."""

    async def handle_DATA(self, server, session, envelope):
        return await server.taken(session, envelope)


class Server(SMTP):
    """One connection."""

    def __init__(self, world, context, is_tls):
        self.world, self.is_tls, self.in_message, self.number = world, is_tls, False, 0
        user = world.options.get("user")
        super().__init__(
            Taker(), hostname="localhost", tls_context=None if is_tls else context, decode_data=False,
            enable_SMTPUTF8=world.options.get("utf8", True), auth_required=user is not None,
            auth_require_tls=context is not None and not is_tls, authenticator=self.signed_in,
            auth_exclude_mechanism=["LOGIN", "PLAIN"] if user is None else [])
        # A certificate of a stranger is refused by the client; nobody need read about it.
        self.loop.set_exception_handler(lambda *_: None)

    def connection_made(self, transport):
        super().connection_made(transport)
        if self.number == 0:
            self.world.sessions += 1
            self.number = self.world.sessions
            self._reader.readuntil = self.recorded(self._reader.readuntil)

    def recorded(self, readuntil):
        async def read(*arguments):
            line = await readuntil(*arguments)
            if not self.in_message:
                self.world.commands.append(
                    {"session": self.number, "tls": self.has_tls(), "line": line.decode(errors="replace").rstrip("\r\n")})
            elif self.in_message == "begun":
                self.in_message = "read"
                await self.at("body")
            return line
        return read

    def has_tls(self):
        return self.is_tls or self._tls_protocol is not None

    def signed_in(self, server, session, envelope, mechanism, data):
        options = self.world.options
        good = (data.login.decode(), data.password.decode()) == (options["user"], options.get("password", ""))
        session.user = data.login.decode()
        return AuthResult(success=good, handled=False, message=None if good else "535 5.7.8 no such user or password")

    async def at(self, step, line=""):
        """Whether a rule did what had to be done."""
        rule = self.world.rule(step, line or "")
        act = rule and rule["act"]
        if act == "say":
            self._writer.write((rule["text"] + "\r\n").encode(rule.get("charset", "utf-8")))
            await self._writer.drain()
            if step == "greeting" or rule["text"].startswith("421"):
                self.transport.close()
            return True
        if act == "close":
            self.transport.close()
            await asyncio.Future()
        if act == "hang":
            await asyncio.Future()
        if act == "hold":
            self.world.held += 1
            await self.world.note()
            await self.world.gate.wait()
        if act == "inject":
            self._writer.write(f"220 ready\r\n{rule['text']}\r\n".encode())
            self.push, push = lambda _: asyncio.sleep(0), self.push
            self.loop.call_soon(lambda: setattr(self, "push", push))
        return False

    async def _handle_client(self):
        if not await self.at("greeting"):
            await super()._handle_client()

    async def smtp_EHLO(self, hostname):
        if await self.at("ehlo", hostname):
            self.session.host_name, self.session.extended_smtp = hostname, True
        else:
            await super().smtp_EHLO(hostname)

    async def smtp_STARTTLS(self, arg):
        if not await self.at("starttls", arg):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg):
        if not await self.at("auth", arg):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg):
        if not await self.at("mail", arg):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg):
        if not await self.at("rcpt", arg):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg):
        if await self.at("data", arg):
            return
        self.in_message = "begun"
        try:
            await super().smtp_DATA(arg)
        finally:
            self.in_message = False

    async def taken(self, session, envelope):
        self.in_message = False
        rule = self.world.rule("end", "".join(envelope.rcpt_tos))
        act = rule and rule["act"]
        if act == "say":
            if rule["text"].startswith("421"):
                self.loop.call_soon(self.transport.close)
            return rule["text"]
        if act == "hold":
            self.world.held += 1
            await self.world.note()
            await self.world.gate.wait()
        elif act == "hang":
            await asyncio.Future()
        elif act == "close":
            self.transport.close()
            await asyncio.Future()
        self.world.messages.append({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": self.has_tls(),
            "data": envelope.content.decode(errors="surrogateescape"), "user": getattr(session, "user", None),
            "utf8": envelope.smtp_utf8, "answered": act != "swallow"})
        await self.world.note()
        if act == "swallow":
            self.transport.close()
            await asyncio.Future()
        return "250 2.0.0 taken"


def certificate(kind, folder):
    """A context for the server, and the authority that its client is to trust."""
    called = {"organization_name": "Burnbag", "organization_unit_name": "An authority"}
    authority, path = trustme.CA(**called), pathlib.Path(folder) / "ca.pem"
    authority.cert_pem.write_to_path(path)
    others = {"stranger": {}, "namesake": called}
    issuer = trustme.CA(**others[kind]) if kind in others else authority
    names = ["elsewhere.example"] if kind == "name" else ["localhost", "127.0.0.1"]
    now = datetime.datetime.now(datetime.timezone.utc)
    times = {}
    if kind == "expired":
        times = {"not_before": now - datetime.timedelta(days=3), "not_after": now - datetime.timedelta(days=2)}
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if kind == "authority":
        own = pathlib.Path(folder) / "own.pem"
        authority.private_key_pem.write_to_path(own)
        authority.cert_pem.write_to_path(own, append=True)
        context.load_cert_chain(own)
    else:
        issuer.issue_cert(*names, **times).configure_cert(context)
    return context, path


async def obey(world, command):
    do = command.pop("do")
    if do == "rule":
        world.rules.append(command)
    elif do == "clear":
        world.rules.clear()
    elif do == "release":
        world.gate.set()
        world.gate, world.held = asyncio.Event(), 0
    elif do == "wait":
        def is_there():
            return len(world.messages) >= command.get("messages", 0) and world.held >= command.get("held", 0)

        async with world.changed:
            try:
                await asyncio.wait_for(world.changed.wait_for(is_there), 60)
            except asyncio.TimeoutError:
                return {"error": f"waited a minute for {command}", **world.state()}
    return world.state()


async def main():
    options = json.loads(sys.argv[2])
    world, kind = World(options), options.get("tls", "starttls")
    loop = asyncio.get_running_loop()
    with tempfile.TemporaryDirectory() as folder:
        context, authority = certificate(options.get("certificate", "good"), folder)
        context = None if kind == "none" else context
        is_tls = kind == "tls"
        server = await loop.create_server(
            lambda: Server(world, context, is_tls), "127.0.0.1", options.get("port", 0), ssl=context if is_tls else None)
        port = server.sockets[0].getsockname()[1]
        print(json.dumps({"port": port, "ca": str(authority)}), flush=True)
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            if json.loads(line)["do"] == "end":
                break
            print(json.dumps(await obey(world, json.loads(line))), flush=True)


asyncio.run(main())
