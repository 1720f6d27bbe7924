"""The page in a real browser: pointing and the keyboard link events with their words."""

import json
import shutil
import subprocess
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from bs4 import BeautifulSoup
from page_builders import extraction

from rigwire.page import render_page

pytestmark = pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium")

# A page of the same origin holds the page in a frame, uses it as a reader would, and writes down what it sees.
DRIVER = """<!doctype html><meta charset="utf-8"><body><iframe src="page.html" width="1200" height="800"></iframe>
<script>
addEventListener("load", () => {
  const inside = document.querySelector("iframe").contentDocument;
  const at = (selector) => inside.querySelector(selector);
  const texts = (selector) => [...inside.querySelectorAll(selector)].map((found) => found.textContent);
  const point = (element) => element.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
  const press = (key) => inside.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  const seen = {};
  seen.before = texts(".linked, .quoted");
  point(at("#a1-e1"));
  seen.words = texts("mark.linked");
  seen.sentence = texts(".quoted").join("");
  point(at("h1"));
  seen.after = texts(".linked, .quoted");
  point(at("mark[data-of=a1-e2]"));
  seen.event = [...inside.querySelectorAll(".event.linked")].map((found) => found.id);
  at("#a1-e1").focus();
  press("ArrowDown");
  seen.next = inside.activeElement.id;
  press("ArrowUp");
  press("Enter");
  seen.reached = inside.activeElement.textContent;
  press("Escape");
  seen.back = inside.activeElement.id;
  const paint = () => inside.defaultView.getComputedStyle(at(".text mark.date")).backgroundColor;
  const painted = paint();
  at("input[data-kind=date]").click();
  seen.hidden = painted !== paint() && paint() === "rgba(0, 0, 0, 0)";
  document.body.textContent = JSON.stringify(seen);
});
</script>"""


def test_events_and_words_are_linked(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(render_page([extraction()]), encoding="utf-8")
    (tmp_path / "driver.html").write_text(DRIVER, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        seen = _seen(f"http://127.0.0.1:{server.server_port}/driver.html")
    finally:
        server.shutdown()
        server.server_close()
    assert seen["before"] == seen["after"] == []
    assert seen["words"] == ["Texas", "Fennmark", "1,200 machines"]
    assert seen["sentence"] == "Fennmark has 1,200 machines there."
    assert seen["event"] == ["a1-e2"]
    assert (seen["next"], seen["reached"], seen["back"]) == ("a1-e2", "Texas", "a1-e1")
    assert seen["hidden"] is True


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing on stderr."""


def _seen(url: str) -> dict[str, Any]:
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=5000", "--dump-dom"]
    dom = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    seen: dict[str, Any] = json.loads(BeautifulSoup(dom, "lxml").body.get_text())  # type: ignore[union-attr]
    return seen
