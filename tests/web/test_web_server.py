"""The server without a browser: what it refuses, what every answer carries, and how it starts."""

import json
from pathlib import Path

import pytest
import requests
from web_servers import OWN_PAGES, TABLES, TOKEN, Insides, Site, failure

from projects import Project
from rigwire.store import named_queries


@pytest.mark.parametrize("path", OWN_PAGES)
def test_an_own_page_needs_no_script_or_style_inside(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == (404 if path in ("/stories/999999", "/nothing") else 200)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    insides = Insides()
    insides.feed(answer.text)
    assert insides.found == []


@pytest.mark.parametrize("path", TABLES)
def test_a_page_of_tables_runs_no_script_that_is_not_a_file_of_the_server(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    [scripts] = [
        part for part in answer.headers["content-security-policy"].split("; ") if part.startswith("script-src")
    ]
    assert scripts.split()[1] == "'self'"
    assert "unsafe" not in scripts
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_database_can_only_be_read(site: Site) -> None:
    before = site.rows("select count(*), max(id) from events")
    for sql in ("delete from events", "with x as (select 1) delete from events", "attach 'other.db' as other"):
        answer = site.get("/rigwire", params={"sql": sql})
        assert answer.status_code == 400
    assert site.rows("select count(*), max(id) from events") == before
    assert site.get("/rigwire.db").status_code in (403, 404)


def test_a_name_that_was_pointed_at_this_machine_gets_nothing(site: Site) -> None:
    answer = site.get("/stories", headers={"Host": "attacker.example"})
    assert answer.status_code == 421
    assert "story" not in answer.text
    assert site.get("/stories", headers={"Host": site.base.replace("http://127.0.0.1", "localhost")}).ok


@pytest.mark.parametrize(
    "path",
    [
        "/stories?page=99999999999999999999", "/stories?page=-1&since=yesterday&only=x&type='", "/map?by=x&since=x",
        "/companies?company=x&company=99999999999&company=1", "/?days=99999999", "/search?q=%22%2A+OR+%28",
        "/search?q=%00",
        "/stories?place=%25%27&company=%27%3B--", "/articles/99999999999999", "/events/0", "/companies/0",
    ],
)  # fmt: skip
def test_an_odd_question_is_answered_without_a_failure(site: Site, path: str) -> None:
    assert site.get(path).status_code in (200, 404)


def test_a_page_that_fails_says_so_without_the_inside(site: Site) -> None:
    answer = site.get("/rigwire/nothing")
    assert answer.status_code == 404
    assert "Traceback" not in answer.text + site.log
    assert site.get("/rigwire/nothing.json").json()["ok"] is False


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_a_named_query_gives_what_it_gives_on_the_command_line(site: Site, stored: Project, name: str) -> None:
    fitting = {"text": "Saltmarsh", "number": "2600", "integer": "1", "day": "2025-05-20"}
    parameters = {
        one.name: fitting[one.type] if one.default is None else one.default for one in named_queries()[name].parameters
    }
    days = {key: value for key, value in parameters.items() if value.startswith("today")}
    parameters |= dict.fromkeys(days, "2025-05-20")
    given = [part for key, value in parameters.items() for part in ("--param", f"{key}={value}")]
    told = stored.rigwire("query", name, *given, "--format", "json", "--limit", "1000")
    assert told.returncode == 0, told.stderr
    shown = site.get(f"/rigwire/{name}.json", params={**parameters, "_shape": "array"}).json()
    assert _comparable(shown, stored) == _comparable(json.loads(told.stdout), stored)


def _comparable(rows: list[dict[str, object]], project: Project) -> list[list[str]]:
    return [[f"{value:g}" if isinstance(value, float) else str(value) for value in row.values()] for row in rows]


def test_a_correction_needs_the_token(own_site: Site) -> None:
    [(key,)] = own_site.rows("select key from events limit 1")
    asked = own_site.get(f"/correct/{key}", allow_redirects=False)
    assert asked.status_code == 303
    assert asked.headers["location"].startswith("/sign-in")
    session = requests.Session()
    hidden = _csrf(session, f"{own_site.base}/sign-in")
    without = session.post(f"{own_site.base}/correct/{key}", {"csrftoken": hidden, "status": "cancelled"}, timeout=30)
    assert "/sign-in" in without.url
    wrong = session.post(f"{own_site.base}/sign-in", {"csrftoken": hidden, "token": TOKEN[:-1]}, timeout=30)
    assert wrong.status_code == 403
    assert "ds_actor" not in session.cookies
    session.post(f"{own_site.base}/sign-in", {"csrftoken": hidden, "token": TOKEN}, timeout=30)
    assert "ds_actor" in session.cookies
    forged = session.post(f"{own_site.base}/correct/{key}", {"status": "cancelled"}, timeout=30)
    assert forged.status_code == 403  # another site could have sent this with the cookies of the visitor
    assert own_site.rows("select count(*) from corrections") == [(0,)]


def test_a_wrong_value_is_refused_and_nothing_is_stored(own_site: Site) -> None:
    [(key,)] = own_site.rows("select key from events limit 1")
    session = requests.Session()
    hidden = _csrf(session, f"{own_site.base}/sign-in")
    session.post(f"{own_site.base}/sign-in", {"csrftoken": hidden, "token": TOKEN}, timeout=30)
    changes = {"status": "cancelled", "jurisdiction": "Atlantis", "csrftoken": hidden}
    answer = session.post(f"{own_site.base}/correct/{key}", changes, timeout=30)
    assert answer.status_code == 400
    assert "Atlantis" in answer.text
    assert own_site.rows("select count(*) from corrections") == [(0,)]


def _csrf(session: requests.Session, url: str) -> str:
    text = session.get(url, timeout=30).text
    return text.split('name="csrftoken" value="')[1].split('"')[0]


def test_a_port_that_is_taken_is_said(site: Site, stored: Project) -> None:
    code, said = failure(stored.folder, "--port", site.base.rpartition(":")[2])
    assert code == 2
    assert "choose another" in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(("token", "code", "words"), [("short", 2, "token"), (TOKEN, 3, "no such database")])
def test_what_can_not_be_served_is_said(tmp_path: Path, stored: Project, token: str, code: int, words: str) -> None:
    folder = stored.folder if code == 2 else tmp_path / "empty"
    folder.mkdir(exist_ok=True)
    found, said = failure(folder, "--port", "0", token=token)
    assert found == code
    assert words in said
    assert len(said.splitlines()) == 1
