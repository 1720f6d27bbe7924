"""Stories: the list with its filters, and one with its reports side by side."""

from typing import Any

from rigwire.model import EVENT_TYPES, STATUSES
from rigwire.store import Store
from rigwire.web.asking import Asked, NoSuchPageError, Shown

PAGE = 40
MOST_PAGES = 1000
FILTERS = ("place", "type", "status", "company", "since", "until", "only")
_CONDITIONS = {
    "place": "(jurisdiction = :place or jurisdiction between :place || '-' and :place || '-~')",
    "type": "type = :type",
    "status": "status = :status",
    "company": "company_id in (select company_id from company_aliases where alias like :company || '%')",
    "since": "last_reported >= :since",
    "until": "last_reported <= :until",
}
_ONLY = {"disputed": "disagreements > 0", "several": "sources > 1"}
MOST_REPORTS = 50
# What the reports of a story are compared by beside its figures; `date` and the like stand in story_values too.
ATTRIBUTES = (
    "status", "company", "named_as", "counterparty", "jurisdiction", "site", "date", "action", "issuer", "recipient",
    "notified", "effective", "until",
)  # fmt: skip


def list_page(store: Store, asked: Asked) -> Shown:
    """Return the stories that pass the filters, the latest first, a page at a time."""
    chosen = {name: asked.text(name) for name in FILTERS if asked.text(name)}
    chosen |= {name: asked.day(name) for name in ("since", "until") if name in chosen}
    conditions = [_CONDITIONS[name] for name, value in chosen.items() if name in _CONDITIONS and value]
    conditions += [_ONLY[chosen["only"]]] if chosen.get("only") in _ONLY else []
    number = asked.number("page", 1, MOST_PAGES)
    where = f"where {' and '.join(conditions)}" if conditions else ""
    found = f"select id from story_rows {where} order by last_reported desc, id desc limit :limit offset :offset"
    stories = store.rows(
        f"select * from stories where story_id in ({found}) order by last_reported desc, story_id desc",
        {**chosen, "limit": PAGE + 1, "offset": (number - 1) * PAGE},
    )
    # Counted in the table: a view over several would look up what is not asked for.
    [count] = store.rows(f"select count(*) as stories from story_rows {where}", chosen)
    return Shown(
        "stories.html",
        {
            "chosen": chosen,
            "stories": stories[:PAGE],
            "count": count["stories"],
            "number": number,
            "has_more": len(stories) > PAGE,
            "types": EVENT_TYPES,
            "statuses": STATUSES,
            "places": store.rows("select code, name from jurisdictions order by name"),
        },
    )


def story_page(store: Store, asked: Asked) -> Shown:
    """Return a story with what each report says of each attribute. Raises `NoSuchPageError`."""
    number = int(asked.parts["story"])
    found = store.rows("select * from stories where story_id = ?", [number])
    if not found:
        raise NoSuchPageError(f"There is no story {number}; it may have been joined with another.")
    reports = store.rows(
        "select * from story_reports where story_id = ? order by published, event_id limit ?",
        [number, MOST_REPORTS],
    )
    conflicts = store.rows("select * from conflicts where story_id = ? order by slot, sources desc", [number])
    values = store.rows("select * from story_values where story_id = ? order by slot", [number])
    rows = _attribute_rows(reports, values) + _figure_rows(reports, values)
    return Shown("story.html", {"story": found[0], "reports": reports, "rows": rows, "conflicts": conflicts})


def _attribute_rows(reports: list[dict[str, Any]], values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return, for each attribute that any report states, the cell of each report."""
    differing = {(value["event_id"], value["slot"]) for value in values if not value["agrees"]}
    words = {(value["event_id"], value["slot"]): value["words"] for value in values}
    rows = []
    for name in ATTRIBUTES:
        if not any(report[name] for report in reports) or _repeats_company(name, reports):
            continue
        cells = [
            {
                "value": report[name],
                "words": words.get((report["event_id"], name)),
                "differs": (report["event_id"], name) in differing,
            }
            for report in reports
        ]
        rows.append({"name": name, "cells": cells})
    return rows


def _repeats_company(name: str, reports: list[dict[str, Any]]) -> bool:
    return name == "named_as" and all(report["named_as"] == report["company"] for report in reports)


def _figure_rows(reports: list[dict[str, Any]], values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a row for each kind of figure; of a story with one report, all its figures in one row."""
    known = {*ATTRIBUTES, "type"}
    slots = dict.fromkeys(value["slot"] for value in values if value["slot"] not in known)
    by_cell = {(value["event_id"], value["slot"]): value for value in values}
    if not slots:
        cells = [{"value": report["figures"], "words": None, "differs": False} for report in reports]
        return [{"name": "figures", "cells": cells}] if any(cell["value"] for cell in cells) else []
    return [
        {"name": slot, "cells": [_figure_cell(by_cell.get((report["event_id"], slot))) for report in reports]}
        for slot in slots
    ]


def _figure_cell(value: dict[str, Any] | None) -> dict[str, Any]:
    if value is None:
        return {"value": None, "words": None, "differs": False}
    return {"value": value["value"], "words": value["words"], "differs": not value["agrees"]}
