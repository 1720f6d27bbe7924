"""The page about the schema is the schema's own."""

import re
from pathlib import Path

import pytest

from rigwire.store import Store
from rigwire.store.document import main, schema_markdown

PAGE = Path(__file__).parents[2] / "docs" / "schema.md"


def test_page_is_current(store: Store) -> None:
    """`python -m rigwire.store.document docs/schema.md` brings it up to date."""
    assert PAGE.read_text(encoding="utf-8") == schema_markdown(store.db)


def test_picture_has_every_table(store: Store) -> None:
    picture = schema_markdown(store.db).split("```")[1]
    tables = {name for name in store.db.table_names() if not re.match("_|sqlite_|articles_fts", name)}
    assert tables == set(re.findall(r"[a-z_]{4,}", picture))


def test_command_writes_the_page(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["document", str(tmp_path / "schema.md")])
    main()
    assert (tmp_path / "schema.md").read_text(encoding="utf-8") == schema_markdown(store.db)
