"""Names of jurisdictions by their ISO 3166 codes, from pycountry and a table of what it does not have yet."""

from functools import cache

from rigwire.knowledge import read_table


@cache
def place_name(code: str) -> str | None:
    """Return the English name of an ISO 3166 code, or None; Kosovo's XK is in use, but not in the standard."""
    import pycountry

    if code == "XK":
        return "Kosovo"
    if "-" in code:
        found = pycountry.subdivisions.get(code=code)
        return str(found.name) if found else new_subdivisions().get(code)
    found = pycountry.countries.get(alpha_2=code)
    return str(getattr(found, "common_name", found.name)) if found else None


@cache
def new_subdivisions() -> dict[str, str]:
    """Return the names by code of subdivisions that ISO 3166-2 has and pycountry does not have yet."""
    return {row["code"]: row["name"] for row in read_table("lexicon/subdivisions_new.csv")}
