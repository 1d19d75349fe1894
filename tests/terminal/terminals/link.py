"""A slow link: forwards connections to a port with the delay and the rate of a bad line."""

from __future__ import annotations

import asyncio
import threading
from typing import Self


async def _read(source: asyncio.StreamReader) -> bytes:
    try:
        return await source.read(512)
    except ConnectionError:
        return b""


class SlowLink:
    """Forwards a port of its own to another on this machine; bytes take their time, in both directions."""

    def __init__(self, target: int, *, round_trip: float = 0.15, bits_per_second: float = 64_000) -> None:
        self._target = target
        self._delay = round_trip / 2
        self._rate = bits_per_second / 8
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="slow-link", daemon=True)
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: list[asyncio.StreamWriter] = []
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for writer in self._writers:
            writer.close()
        await asyncio.gather(*(writer.wait_closed() for writer in self._writers), return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
        self._writers += (writer, far_writer)
        for source, sink in ((reader, far_writer), (far_reader, writer)):
            queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
            for work in (self._take(source, queue), self._give(queue, sink)):
                task = self._loop.create_task(work)
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _take(self, source: asyncio.StreamReader, queue: asyncio.Queue[tuple[float, bytes]]) -> None:
        free = 0.0
        while data := await _read(source):
            free = max(free, self._loop.time()) + len(data) / self._rate
            queue.put_nowait((free + self._delay, data))
            if (ahead := free - self._loop.time()) > 0.5:
                await asyncio.sleep(ahead - 0.5)
        queue.put_nowait((free + self._delay, b""))

    async def _give(self, queue: asyncio.Queue[tuple[float, bytes]], sink: asyncio.StreamWriter) -> None:
        while True:
            due, data = await queue.get()
            await asyncio.sleep(max(due - self._loop.time(), 0))
            if not data:
                break
            try:
                sink.write(data)
                await sink.drain()
            except ConnectionError:
                break
        sink.close()
