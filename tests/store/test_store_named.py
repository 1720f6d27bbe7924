"""Named queries: their headers, their parameters, and that each is tested."""

from pathlib import Path

import pytest
from query_builders import TODAY, ask

from rigwire.errors import UsageError
from rigwire.store import Store, named_queries, open_database, run_named
from rigwire.store.named import read_query


def test_every_query_has_a_test_and_answers_on_a_read_only_file(store: Store) -> None:
    tests = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    given = {"company": "Halcyon", "value": "1", "story": "1"}
    with open_database(store.path, readonly=True) as reader:
        assert len(named_queries()) >= 20
        for name, query in named_queries().items():
            assert f'"{name}"' in tests
            wanted = {p.name: given[p.name] for p in query.parameters if p.default is None}
            assert ask(reader, name, **wanted) == []
            assert query.title
            assert query.description.endswith(".")
            assert all(parameter.description.endswith(".") for parameter in query.parameters)


@pytest.mark.parametrize(
    ("name", "given", "reason"),
    [
        ("notices-in-farce", {}, "did you mean notices-in-force"),
        ("zzz", {}, "rigwire query --list"),
        ("company-hashrate", {}, "needs the parameter company"),
        ("company-hashrate", {"company": "A", "colour": "red"}, "no parameter colour; it takes company"),
        ("notices-in-force", {"day": "yesterday"}, "must be a day such as"),
        ("notices-in-force", {"day": "2023-02-30"}, "must be a day such as"),
        ("notices-in-force", {"day": "today-99999999999"}, "must be a day such as"),
        ("figure-source", {"company": "A", "value": "many"}, "must be a number"),
        ("failing-sources", {"failures": "1.5"}, "must be a whole number"),
    ],
)
def test_wrong_parameter_is_explained(store: Store, name: str, given: dict[str, str], reason: str) -> None:
    with pytest.raises(UsageError, match=reason) as caught:
        run_named(store, name, given, today=TODAY)
    assert caught.value.exit_code == 2


def test_days_are_counted_from_today() -> None:
    query = named_queries()["notices-in-force"]
    values = {text: query.bind({"day": text}, TODAY)["day"] for text in ("today", "today-11", "today + 1")}
    assert values == {"today": "2023-05-11", "today-11": "2023-04-30", "today + 1": "2023-05-12"}


HEADER = "-- title: T.\n-- description: One\n--   two.\n"


def test_header_is_read_with_its_continued_lines(tmp_path: Path) -> None:
    file = tmp_path / "some-query.sql"
    file.write_text(HEADER + "-- param: a text = : Any: thing.\n-- param: b day: A day.\n\nselect :a, :b\n")
    query = read_query(file)
    assert (query.name, query.description, query.sql) == ("some-query", "One two.", "select :a, :b")
    assert [(p.name, p.type, p.default) for p in query.parameters] == [("a", "text", ""), ("b", "day", None)]
    assert query.parameters[0].description == "Any: thing."


@pytest.mark.parametrize(
    "text",
    [
        "select 1",
        "-- title: T.\nselect 1",
        HEADER + "-- param: a colour: Red.\nselect :a",
        HEADER + "-- param: a text\nselect :a",
        HEADER + "-- a remark\nselect 1",
    ],
)
def test_wrong_header_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "q.sql"
    file.write_text(text)
    with pytest.raises(ValueError, match=r"q\.sql"):
        read_query(file)
