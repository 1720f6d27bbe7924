"""Articles that try to be more than text: on no page does anything of theirs run or turn into markup."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from web_servers import Insides, Site, serving

from projects import Project

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
ARTICLES = [
    {
        "id": "h1",
        "url": "https://hostile.example/1?<b>\"'",
        "site": f"Outlet {SCRIPT}",
        "title": f"Mines {SCRIPT} {{{{ 7 * 7 }}}}",
        "published": "2025-05-06",
        "text": f"Ostmark Mining has received 1,250 machines {SCRIPT} at its site in Texas, it said on Monday. "
        f"The fleet of Ostmark Mining in Texas runs at 0.61 EH/s </blockquote>{SCRIPT}<style>*{{color:red}}</style>.",
    },
    {
        "id": "h2",
        "url": "javascript:alert(3)",
        "site": "javascript:alert(4)",
        "title": "A \u202eturned\u202c title \ue000of\ue001 mines",
        "published": "2025-05-07",
        "text": "Ostmark Mining has received 1,300 machines \u202e at its site in Texas. \ue001 Grid \ue000 </main>"
        + SCRIPT,
    },
]
PATHS = (
    "/", "/stories", "/stories/1", "/articles/1", "/articles/2", "/companies", "/companies/1", "/search",
    "/search?q=mines", "/search?q=%3Cscript%3Ealert(5)%3C/script%3E",
    "/stories?company=%22%3E%3Cscript%3Ealert(6)%3C/script%3E", "/rigwire/articles", "/rigwire/articles/1",
    "/rigwire/machine_counts", "/rigwire/events/1",
    "/rigwire?sql=select+title+as+%22%3Cscript%3E%22,text,url+from+articles",
)  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A served database of hostile articles."""
    folder = tmp_path_factory.mktemp("hostile")
    lines = "".join(json.dumps(article) + "\n" for article in ARTICLES)
    project = Project(folder, folder, site=None)  # type: ignore[arg-type]
    done = project.rigwire("extract", "-", "--save", "--format", "json", input=lines)
    assert done.returncode == 0, done.stderr
    with serving(folder) as served:
        assert served.rows("select count(*) from events")[0][0] >= 3
        yield served


@pytest.mark.parametrize("path", PATHS)
def test_nothing_of_an_article_runs(page: Page, hostile: Site, path: str) -> None:
    answer = page.goto(f"{hostile.base}{path}")
    assert answer
    assert page.locator("img, iframe, object, embed").count() == 0
    insides = Insides()
    insides.feed(answer.text())
    own = [found for found in insides.found if found not in _of_datasette(path)]
    assert own == []


def _of_datasette(path: str) -> set[str]:
    """Return what Datasette's own pages have inside; the policy lets only that one script of it run."""
    return {"script", "style", "h1 style", "div style", "svg style", "textarea style"} if "/rigwire" in path else set()


def test_the_words_are_shown_as_they_are(page: Page, hostile: Site) -> None:
    page.goto(f"{hostile.base}/articles/1")
    assert page.locator("h1").inner_text() == ARTICLES[0]["title"]
    assert SCRIPT in page.locator(".text").inner_text()
    page.goto(f"{hostile.base}/articles/2")
    assert "\u202e" not in page.locator("main").inner_text()
