"""The fixture site after a run, served; and a browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from web_servers import Site, serving

from projects import Project
from rigwire.run.report import RunReport

CHROMIUM = shutil.which("chromium")
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def site(first_run: tuple[Path, int, RunReport], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The served database of the fixture site, for tests that only read."""
    folder, _, _ = first_run
    with serving(shutil.copytree(folder / "project", tmp_path_factory.mktemp("read") / "project")) as served:
        yield served


@pytest.fixture
def own_site(stored: Project) -> Iterator[Site]:
    """A served database of one test, which it may change."""
    with serving(stored.folder) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    if CHROMIUM is None:
        pytest.skip("no chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test if anything is asked of another machine, or any script or style is refused."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    opened = context.new_page()
    troubles: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    opened.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
    opened.on("request", lambda request: None if "//127.0.0.1:" in request.url else troubles.append(request.url))
    yield opened
    context.close()
    assert troubles == []
