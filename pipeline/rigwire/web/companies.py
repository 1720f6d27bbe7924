"""Companies: hashrate and power over time, alone and side by side."""

from datetime import date
from typing import Any

from rigwire.store import Store
from rigwire.web.asking import Asked, NoSuchPageError, Shown
from rigwire.web.chart import MOST_SERIES, Point, Series, draw_chart, draw_mark
from rigwire.web.words import figure

KINDS = {"hashrate": ("Hashrate", "PH/s"), "power": ("Power", "MW")}
LISTED = 60
# One point a company, day and kind of statement: the largest, since a company's sites are stated beside its whole.
# As the view `guidance` has it, but read from the stories of the company on: SQLite would begin with all figures.
_POINTS = """
select
    story_rows.company, iif(story_rows.status = 'actual', 'level', 'target') as what, story_rows.status,
    coalesce(story_rows.date_end, story_rows.first_reported) as for_day, max(quantities.value) as value,
    quantities.unit, quantities.text as words, story_rows.first_reported as said, story_rows.id as story_id
from story_rows
cross join story_figures on story_figures.story_id = story_rows.id
cross join quantities on quantities.id = story_figures.quantity_id
where
    story_rows.company_id = :company and story_rows.type = 'fleet' and story_rows.status <> 'cancelled'
    and quantities.kind = :kind
    and coalesce(story_rows.date_end, story_rows.first_reported) is not null
group by what, for_day order by for_day
"""
_LARGEST = """
select company_id from story_rows
where type = 'fleet' and status = 'actual' and company_id is not null and hashrate_phs is not null
group by company_id order by max(hashrate_phs) desc limit :limit
"""
_LISTED = """
select companies.id, companies.name, companies.ticker, companies.kind, counted.stories,
    (select max(last_reported) from story_rows where company_id = companies.id) as last_reported
from (select company_id, count(*) as stories from story_rows group by company_id) as counted
join companies on companies.id = counted.company_id
where :start = '' or companies.id in (select company_id from company_aliases where alias like :start || '%')
order by stories desc, companies.name limit :limit
"""


def companies_page(store: Store, asked: Asked) -> Shown:
    """Return the companies with most stories, and charts of those chosen, else of the largest."""
    rows = store.rows(_LISTED, {"start": asked.text("name"), "limit": LISTED})
    chosen = [int(text) for text in asked.query.get("company", ()) if text.isdecimal() and len(text) < 10]
    chosen = chosen or [row["company_id"] for row in store.rows(_LARGEST, {"limit": MOST_SERIES - 1})]
    chosen = list(dict.fromkeys(chosen))[:MOST_SERIES]
    values = {"companies": rows, "chosen": chosen, "name": asked.text("name"), "most": MOST_SERIES}
    return Shown("companies.html", values | {"charts": _charts(store, chosen)})


def company_page(store: Store, asked: Asked) -> Shown:
    """Return one company: its names, its charts, its stories. Raises `NoSuchPageError`."""
    number = int(asked.parts["company"])
    found = store.rows(
        "select companies.*, parent.name as parent from companies"
        " left join companies as parent on parent.id = companies.parent_id where companies.id = ?",
        [number],
    )
    if not found:
        raise NoSuchPageError(f"There is no company {number}; look for its name on the page of companies.")
    values = {
        "company": found[0],
        "aliases": store.rows("select alias from company_aliases where company_id = ? order by alias", [number]),
        "children": store.rows("select id, name from companies where parent_id = ? order by name", [number]),
        "stories": store.rows(
            "select * from stories where company_id = :id or counterparty_id = :id"
            " order by last_reported desc, story_id desc limit :limit",
            {"id": number, "limit": LISTED},
        ),
    }
    return Shown("company.html", values | {"charts": _charts(store, [number])})


def _charts(store: Store, companies: list[int]) -> list[dict[str, Any]]:
    """Return a chart of each kind with the table of what it shows."""
    charts = []
    for kind, (title, unit) in KINDS.items():
        rows = [store.rows(_POINTS, {"kind": kind, "company": number}) for number in companies]
        rows = [found for found in rows if found]
        series = [_series(found) for found in rows]
        keys = [(draw_mark(place), one.name) for place, one in enumerate(series)]
        table = [row for found in rows for row in found]
        charts.append({"title": title, "svg": draw_chart(series, unit), "keys": keys, "rows": table})
    return charts


def _series(rows: list[dict[str, Any]]) -> Series:
    points = (
        Point(
            date.fromisoformat(row["for_day"]),
            row["value"],
            row["what"] == "target",
            f"{figure(row['value'], row['unit'])} {row['status'] if row['what'] == 'target' else ''}".strip(),
            f"/stories/{row['story_id']}",
        )
        for row in rows
    )
    return Series(rows[0]["company"], tuple(points))
