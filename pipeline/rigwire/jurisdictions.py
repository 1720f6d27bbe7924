"""Names of jurisdictions by their ISO 3166 codes, from pycountry."""

from functools import cache


@cache
def place_name(code: str) -> str | None:
    """Return the English name of an ISO 3166 code, or None; Kosovo's XK is in use, but not in the standard."""
    import pycountry

    if code == "XK":
        return "Kosovo"
    if "-" in code:
        found = pycountry.subdivisions.get(code=code)
        return str(found.name) if found else None
    found = pycountry.countries.get(alpha_2=code)
    return str(getattr(found, "common_name", found.name)) if found else None
