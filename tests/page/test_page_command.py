"""`rigwire extract --format html` and `--explain` as a user has them."""

import json

import pytest
from bs4 import BeautifulSoup

from projects import Project

STORY = "Ostmark Mining has received 1,250 machines at its site in Texas, the company said on Monday."


@pytest.fixture
def folder(project: Project) -> Project:
    """A project with one story."""
    (project.folder / "story.txt").write_text(STORY, encoding="utf-8")
    return project


def test_one_page_of_all_sources(folder: Project) -> None:
    done = folder.rigwire("extract", "story.txt", "story.txt", "--format", "html", "--published", "2024-05-21")
    assert done.returncode == 0, done.stderr
    page = BeautifulSoup(done.stdout, "lxml")
    assert len(page.select("article")) == 2
    assert {"1,250 machines", "Ostmark Mining", "Texas"} <= {mark.get_text() for mark in page.select(".text mark")}
    assert not page.find_all(src=True)
    assert not page.find_all("link")


def test_no_page_of_nothing(folder: Project) -> None:
    done = folder.rigwire("extract", "nowhere.txt", "--format", "html")
    assert (done.returncode, done.stdout) == (1, "")


def test_an_event_is_explained(folder: Project) -> None:
    done = folder.rigwire("extract", "story.txt", "--format", "json", "--published", "2024-05-21")
    [event] = json.loads(done.stdout)["events"]
    done = folder.rigwire("extract", "story.txt", "--explain", event["id"], "--published", "2024-05-21")
    assert done.returncode == 0, done.stderr
    assert f"“{event['quote']}”" in done.stdout
    rows = {line.split("  ")[0]: line for line in done.stdout.splitlines()}
    for name in ("type", "status", "company", "jurisdiction"):
        value, *origin = [part.strip() for part in rows[name].split("  ")[1:] if part.strip()]
        assert value == event[name]
        assert origin, f"nothing says what gave {name}"
    assert "1,250 machines, from “1,250 machines”" in rows["machines"]
    assert event["id"] in folder.rigwire("extract", "story.txt").stdout


def test_an_event_that_is_not_there(folder: Project) -> None:
    done = folder.rigwire("extract", "story.txt", "--explain", "e77")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "rigwire: story.txt: no event e77; its events: e1\n"
    done = folder.rigwire("extract", "story.txt", "--explain", "e1", "--format", "json")
    assert done.returncode == 2
    assert "--explain" in done.stderr
    assert len(done.stderr.splitlines()) == 1
