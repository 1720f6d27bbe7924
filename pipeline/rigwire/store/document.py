"""The schema as a page for people: `python -m rigwire.store.document docs/schema.md` writes it.

Tables, indexes and views are read from an empty database: the page can't tell anything else.
"""

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from rigwire.store.database import open_database
from rigwire.store.named import named_queries

_INTRODUCTION = """\
# The database

<!-- Written by `python -m rigwire.store.document docs/schema.md`. -->

One SQLite file. Times are UTC, `2021-06-19T09:00:00Z`; days are `2021-06-19`; lists and maps are JSON.
Values are in the unit of their kind: PH/s, MW, MWh, %, J/TH, currency units, coins, pieces. `span_start` and
`span_end` are character offsets into `articles.text`, the end excluded.

The same text on several sites is kept as often as it came; of such a group one article counts, the others point to it
by `same_text_as` and are left out of the views.

Articles can be deleted by any program that says `pragma foreign_keys = on` first; without it SQLite leaves behind what
belongs to them, which `rigwire check` reports. The next `rigwire run` tells the stories that they were in anew.
"""
_PICTURE = """\
```
sources ─┬─ feed_state                  runs, robots, forgotten, alerts ── alert_outbox
         ├─ backfill_lists
         ├─ items ──────┐
         └─ articles ◄──┘── pages
             ├─ article_revisions, article_urls, ingested
             ├─ text_bands, same_texts, copy_queue
             ├─ mentions ──────┬─ companies ── company_aliases
             ├─ article_companies
             ├─ article_jurisdictions, mentions ── jurisdictions
             ├─ dates
             ├─ corrections, uncorrected, rereading
             └─ events ─┬─ quantities
                        ├─ notices
                        ├─ fact_rows
                        ├─ story_members, story_blocks, story_queue, story_decisions
                        └─ story_rows ── story_figures, story_values, story_conflicts
```
"""


def schema_markdown(db: Database) -> str:
    """Return the page about the tables, the views and the named queries of a database."""
    parts = [_INTRODUCTION, _PICTURE, "## Tables\n"]
    parts += [_table(db, name) for name in db.table_names() if not _is_internal(name)]
    parts += ["## Full-text search\n", _SEARCH, "## Views\n"]
    parts += [_view(db, name) for name in db.view_names()]
    parts += ["## Named queries\n", *_queries()]
    return "\n".join(parts)


_SEARCH = """\
`articles_fts` indexes title and text of every article; triggers keep it in step. Its `rowid` is the article's
`id`:

```sql
select articles.title from articles_fts join articles on articles.id = articles_fts.rowid
where articles_fts match 'curtail*' order by rank
```
"""


def _is_internal(name: str) -> bool:
    return name.startswith(("_", "sqlite_", "articles_fts"))


def _table(db: Database, name: str) -> str:
    indices = [index for index in db.table(name).indexes if index.origin != "pk"]
    indexed = [", ".join(column or "an expression" for column in index.columns) for index in indices]
    indexes = f"\nIndexed by: {'; '.join(sorted(set(indexed)))}.\n" if indexed else ""
    return f"### {name}\n\n```sql\n{db.table(name).schema};\n```\n{indexes}"


def _view(db: Database, name: str) -> str:
    columns = [row["name"] for row in db.query(f"select name from pragma_table_info('{name}')")]
    return f"### {name}\n\n{', '.join(f'`{column}`' for column in columns)}\n"


def _queries() -> Iterator[str]:
    for query in named_queries().values():
        yield f"### {query.name}\n\n{query.title}. {query.description}\n"
        for parameter in query.parameters:
            default = "required" if parameter.default is None else f"default `{parameter.default or ' '}`"
            yield f"- `{parameter.name}` ({parameter.type}, {default}): {parameter.description}"
        yield ""


def main() -> None:
    """Write the page to the file that the command line names."""
    parser = argparse.ArgumentParser(description="Write the description of the database.")
    parser.add_argument("file", type=Path)
    file: Path = parser.parse_args().file
    with tempfile.TemporaryDirectory() as folder, open_database(Path(folder) / "empty.db") as store:
        file.write_text(schema_markdown(store.db), encoding="utf-8")


if __name__ == "__main__":
    main()
