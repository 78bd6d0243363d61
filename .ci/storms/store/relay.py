"""The line between nodes and store."""

import asyncio
import contextlib
import multiprocessing
import os

from ..patience import wait_until
from ..port import free_port, is_free


class Relay:
    """Stands between nodes and store, in a process of its own: passes, cuts every line, or holds what is said."""

    PASS, CUT, HOLD = range(3)

    def __init__(self, target):
        self.port = free_port()
        # A copy of this process, not a new one: what it runs cannot be sent to another.
        forked = multiprocessing.get_context("fork")
        self.target, self.mode = forked.Value("i", target), forked.Value("i", self.PASS)
        self.process = forked.Process(target=lambda: asyncio.run(self.serve()), daemon=True)
        self.process.start()
        wait_until("the relay", lambda: not is_free(self.port))

    async def serve(self):
        self.lines = set()
        server = await asyncio.start_server(self.line, "127.0.0.1", self.port, backlog=1000)
        async with server:
            before = (self.PASS, self.target.value)
            while os.getppid() != 1:
                now = (self.mode.value, self.target.value)
                if now != before and (now[0] == self.CUT or now[1] != before[1]):
                    for writer in list(self.lines):
                        writer.transport.abort()
                before = now
                await asyncio.sleep(0.01)

    async def line(self, reader, writer):
        if self.mode.value == self.CUT:
            return writer.transport.abort()
        await self.held()
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.target.value)
        except OSError:
            return writer.transport.abort()
        self.lines |= {writer, back}
        await asyncio.gather(self.pass_on(reader, back), self.pass_on(there, writer))
        self.lines -= {writer, back}

    async def pass_on(self, reader, writer):
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while said := await reader.read(65_536):
                await self.held()
                writer.write(said)
                await writer.drain()
        writer.transport.abort() if self.mode.value == self.CUT else writer.close()

    async def held(self):
        while self.mode.value == self.HOLD:
            await asyncio.sleep(0.01)

    @contextlib.contextmanager
    def doing(self, mode):
        self.mode.value = mode
        yield
        self.mode.value = self.PASS
