"""A real browser, headless, for the report: one for the session, a fresh profile for each test.

Chromium is the system's own (``apt-get install chromium``), driven by Playwright without its
downloads. ``AUDITOR_CHROMIUM`` names another one. Where there is none the tests are skipped, unless
``AUDITOR_BROWSER=required`` makes that a failure, as CI does.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor.render.html import render

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
GIVEN = ("title", "language", "links", "known")  # to the report; the rest is for the window
WIDE, PHONE = {"width": 1360, "height": 900}, {"width": 390, "height": 844}


def until(page: Any, expression: str, argument: object = None) -> None:
    """Waits until an expression holds. (Playwright's own wait evaluates text within the page, which
    the page's policy forbids.)"""
    deadline = time.monotonic() + 20
    while not page.evaluate(expression, argument):
        assert time.monotonic() < deadline, f"still not: {expression}"
        page.wait_for_timeout(30)


def _missing(reason: str) -> None:
    if os.environ.get("AUDITOR_BROWSER") == "required":
        pytest.fail(f"AUDITOR_BROWSER=required, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = os.environ.get("AUDITOR_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
    if not path:
        _missing("no Chromium is here: apt-get install chromium, or set AUDITOR_CHROMIUM")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("Playwright is not installed: pip install playwright")
    with sync_playwright() as playwright:
        # Without a sandbox, for containers run tests as root; it opens our own files alone.
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens a report in a window of its own; afterwards its console and the network were silent."""
    contexts, complaints = [], []

    def open_page(
        shown: Any = None,
        *,
        path: Path | None = None,
        at: str = "",
        context: Any = None,
        init: str = "",
        **options: Any,
    ) -> Any:
        if path is None:
            path = tmp_path / "report.html"
            words = {
                key: options.pop(key) for key in ("language", "links", "known") if key in options
            }
            title = options.pop("title", "A market")
            path.write_text(render(shown, title=title, **words), "utf-8")
        if context is None:
            context = browser.new_context(**{"viewport": WIDE, **options})
            contexts.append(context)
        page = context.new_page()
        page.add_init_script(init)
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: _record(request.url, path, complaints))
        page.goto(f"{path.as_uri()}{at}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _record(url: str, path: Path, complaints: list[str]) -> None:
    """Anything but the page itself, and files that it made by itself, is a complaint."""
    own = path.as_uri()
    if url.split("#", maxsplit=1)[0] != own and not url.startswith("blob:"):
        complaints.append(f"request: {url}")
