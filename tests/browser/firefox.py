"""A real Firefox, driven by WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), which it speaks by itself."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Coroutine
from pathlib import Path
from threading import Thread
from typing import Any

from tornado.websocket import WebSocketClientConnection, websocket_connect

QUIET = """\
user_pref("app.update.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("toolkit.telemetry.enabled", false);
"""
"""What keeps Firefox from talking to anybody by itself."""
KEYS = {"Shift": "\ue008", "Enter": "\ue007", "Tab": "\ue004"}


class Firefox:
    """One window. `asked` are the addresses that were asked for; `said` is what the console says, and what a
    page's policy refused stands in its own `refused`."""

    def __init__(self, program: Path, profile: Path) -> None:
        (profile / "user.js").write_text(QUIET, encoding="utf-8")
        self.asked: list[str] = []
        self.said: list[str] = []
        self._answered = 0
        self._loop = asyncio.new_event_loop()
        Thread(target=self._loop.run_forever, daemon=True).start()  # the other browser's loop runs in this thread
        command = [program, "--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", profile]
        self._process = subprocess.Popen([str(part) for part in command], stderr=subprocess.PIPE, text=True)
        assert self._process.stderr
        address = next(found[1] for line in self._process.stderr if (found := re.search(r"BiDi listening on (ws://\S+)", line)))
        Thread(target=self._process.stderr.read, daemon=True).start()  # a full pipe would stop the browser
        self._socket: WebSocketClientConnection = self._run(self._connect(f"{address}/session"))
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["network.beforeRequestSent", "log.entryAdded"])
        self.call("script.addPreloadScript", functionDeclaration="""() => {
          window.refused = [];
          document.addEventListener('securitypolicyviolation', event => refused.push(event.violatedDirective));
        }""")
        self._window = self.call("browsingContext.getTree")["contexts"][0]["context"]

    async def _connect(self, address: str) -> WebSocketClientConnection:
        return await websocket_connect(address)

    def call(self, method: str, **facts: Any) -> Any:
        """Give what a command gives. Raises `RuntimeError` where it fails."""
        return self._run(self._call(method, facts))

    def _run(self, asked: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(asked, self._loop).result(30)

    async def _call(self, method: str, facts: dict[str, Any]) -> Any:
        self._answered += 1
        await self._socket.write_message(json.dumps({"id": self._answered, "method": method, "params": facts}))
        while True:
            told = json.loads(await self._socket.read_message() or "{}")
            if told.get("method") == "network.beforeRequestSent":
                self.asked.append(told["params"]["request"]["url"])
            elif told.get("method") == "log.entryAdded":
                self.said.append(str(told["params"]["text"]))
            elif told.get("id") == self._answered:
                if told["type"] == "error":
                    raise RuntimeError(f"{method}: {told['message']}")
                return told["result"]

    def open(self, address: str) -> None:
        """Open a page and wait until it is loaded."""
        self.call("browsingContext.navigate", context=self._window, url=address, wait="complete")

    def back(self) -> None:
        """Go one step back in the history."""
        self.call("browsingContext.traverseHistory", context=self._window, delta=-1)

    def press(self, *keys: str) -> None:
        """Press and let go one key after the other: letters, or names of `KEYS`."""
        actions = [{"type": kind, "value": KEYS.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
        self.call("input.performActions", context=self._window, actions=[{"type": "key", "id": "keys", "actions": actions}])

    def value(self, script: str) -> Any:
        """Give what a JavaScript expression gives, by way of JSON; a promise is waited for."""
        answer = self.call("script.evaluate", target={"context": self._window}, awaitPromise=True,
                           expression=f"Promise.resolve({script}).then(value => JSON.stringify(value ?? null))")  # fmt: skip
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def wait_for(self, script: str) -> None:
        """Wait until a JavaScript expression is true; fails after some seconds."""
        for _ in range(200):
            if self.value(f"new Promise(done => requestAnimationFrame(() => done(Boolean({script}))))"):
                return
        raise AssertionError(f"never: {script}")

    def wait_for_address(self, address: str) -> None:
        """Wait until another page has come; fails after some seconds."""
        for _ in range(500):
            if self.call("browsingContext.getTree")["contexts"][0]["url"] == address:
                return
        raise AssertionError(f"still not {address}")

    def close(self) -> None:
        """End the browser."""
        self._loop.call_soon_threadsafe(self._socket.close)
        self._process.terminate() if sys.platform != "win32" else self._process.kill()
        self._process.wait(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
