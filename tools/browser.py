"""The browsers for the tests: the system's own, else Playwright's, else Debian's; and Firefox where it can be had."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])]  # fmt: skip
"""How the browser is started: it talks to nobody, and root can start it."""

# The first is Chromium without its windows: pages are the same, and it starts and opens them in two thirds of the time
_NAMES = ("chromium-headless-shell", "google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "microsoft-edge")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    *(
        f"{os.environ.get(folder, 'C:/')}/{program}"
        for folder in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        for program in ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
    ),
)


_FIREFOX = (
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    *(f"{os.environ.get(folder, 'C:/')}/Mozilla Firefox/firefox.exe" for folder in ("PROGRAMFILES", "PROGRAMFILES(X86)")),
)


def find() -> Path | None:
    """Give the path of a browser that the tests can drive; None where there is none yet."""
    installed = [path for name in _NAMES if (path := shutil.which(name))]
    known = next((Path(path) for path in (*installed, *_PLACES) if Path(path).is_file()), None)
    return known or _playwrights()


def install() -> Path | None:
    """Give a browser, after an attempt to install one where there is none."""
    if known := find():
        return known
    print("Installing a browser for the tests …", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if found := find():
        return found
    for package in ("chromium-headless-shell", "chromium"):
        _from_debian(package)
        if found := find():
            return found
    return None


def find_firefox() -> Path | None:
    """Give the path of the Firefox that the tests can drive; None where there is none, and then they do without."""
    installed = [path for name in ("firefox-esr", "firefox") if (path := shutil.which(name))]
    return next((Path(path) for path in (*installed, *_FIREFOX) if Path(path).is_file()), None)


def install_firefox() -> Path | None:
    """Give the path of Firefox, after an attempt to install it where there is none."""
    if not find_firefox():
        _from_debian("firefox-esr")
    return find_firefox()


def _from_debian(package: str) -> None:
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update"], ["install", "--yes", "--no-install-recommends", package]):
            subprocess.run(["apt-get", "--quiet", "--quiet", *step], check=False, env=environment)


def _playwrights() -> Path | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


if __name__ == "__main__":
    if not install():
        sys.exit("The tests need a browser: install Chrome or Chromium, then run them again")
    if not install_firefox():
        print("There is no Firefox here: the tests run in the other browser alone")
