"""The maps and ranked lists: what stories say by country, US state and other subdivision."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from rigwire.knowledge import models_dir
from rigwire.store import Store
from rigwire.web.asking import Asked, Shown
from rigwire.web.atlas import Atlas, Region, draw_map, read_atlas, shades
from rigwire.web.words import address

LISTED = 30
# A count of machines is that of the story, so that ten reports of one delivery count once.
_BY_PLACE = """
select counted.jurisdiction as code, jurisdictions.name, counted.value
from (
    select jurisdiction, {value} as value from story_rows
    where jurisdiction is not null and {condition}
        and (:since = '' or last_reported >= :since) and (:until = '' or last_reported <= :until)
    group by jurisdiction
) as counted
join jurisdictions on jurisdictions.code = counted.jurisdiction
where counted.value > 0
"""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a map is coloured by: an aggregate over stories, and the filters of the list with those stories."""

    title: str
    nouns: tuple[str, str]  # for one, for several
    value: str
    condition: str
    filters: dict[str, str]


MEASURES = {
    "notices": Measure(
        "Power notices", ("notice", "notices"), "count(*)", "type = 'power_notice'", {"type": "power_notice"}
    ),
    "machines": Measure(
        "Machines delivered",
        ("machine", "machines"),
        "sum(machines)",
        "type = 'delivery' and status = 'actual'",
        {"type": "delivery", "status": "actual"},
    ),
    "stories": Measure("Stories of any kind", ("story", "stories"), "count(*)", "true", {}),
}


def map_page(store: Store, asked: Asked) -> Shown:
    """Return the world and the United States coloured by a measure, with the places ranked beside them."""
    name = asked.one_of("by", tuple(MEASURES))
    measure, since, until = MEASURES[name], asked.day("since"), asked.day("until")
    sql = _BY_PLACE.format(value=measure.value, condition=measure.condition)
    rows = store.rows(sql, {"since": since, "until": until})

    def region(code: str, label: str, value: float) -> Region:
        filters = {**measure.filters, "since": since, "until": until}
        return Region(code, label, value, address("/stories", place=code, **filters))

    names = {shape.code: shape.name for shape in (*_world().shapes, *_world().dots)}
    sums: dict[str, float] = {}
    for row in rows:
        country = row["code"].partition("-")[0]
        sums[country] = sums.get(country, 0) + row["value"]
    countries = [region(code, names.get(code, code), value) for code, value in sums.items()]
    places = [region(row["code"], row["name"], row["value"]) for row in rows if "-" in row["code"]]
    states = [place for place in places if place.code.startswith("US-")]
    others = [place for place in places if not place.code.startswith("US-")]
    values: dict[str, Any] = {"by": name, "measure": measure, "measures": MEASURES, "since": since, "until": until}
    values |= {"world": draw_map(_world(), countries, measure.nouns), "us": draw_map(_us(), states, measure.nouns)}
    values |= {"legends": (shades(countries), shades(states))}
    lists = (("Countries", countries), ("United States", states), ("Other subdivisions", others))
    return Shown("map.html", values | {"lists": [(title, _ranked(found)) for title, found in lists]})


def _ranked(regions: list[Region]) -> list[Region]:
    return sorted(regions, key=lambda region: (-region.value, region.name))[:LISTED]


@cache
def _world() -> Atlas:
    return read_atlas(json.loads((models_dir() / "maps" / "world.json").read_text(encoding="utf-8")))


@cache
def _us() -> Atlas:
    return read_atlas(json.loads((models_dir() / "maps" / "us.json").read_text(encoding="utf-8")))
