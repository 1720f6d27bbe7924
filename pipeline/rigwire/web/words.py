"""Values as people read them: filters of the templates."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from rigwire.page import escape, link

_FIGURES = (("machines", "machines"), ("sites", "sites"), ("hashrate_phs", "PH/s"), ("power_mw", "MW"))


def number(value: float | None) -> str:
    """Return a number with thousands set apart and no more digits than it has."""
    return "" if value is None else f"{value:,.10g}"


def figure(value: float | None, unit: str | None) -> str:
    """Return a value with its unit; 1,000 PH/s and more are EH/s."""
    if unit == "PH/s" and value is not None and value >= 1000:
        value, unit = value / 1000, "EH/s"
    return f"{number(value)} {unit or ''}".strip()


def figures(story: Mapping[str, Any]) -> str:
    """Return the best values of a row of the view `stories`, with their units."""
    shown = [figure(story[name], unit) for name, unit in _FIGURES if story[name] is not None]
    shown += [
        figure(story[name], story[unit]) for name, unit in (("coins", "coin"), ("money", "currency")) if story[name]
    ]
    return " · ".join(shown)


def plain(name: str | None) -> str:
    """Return a name of the codebook as words: `power_notice` is `power notice`."""
    return (name or "").replace("_", " ")


def web_link(url: str | None) -> Markup:
    """Return a link for a web address, the mere text of any other."""
    return Markup(link(url))


def safe_text(text: str | None) -> Markup:
    """Return scraped text without the characters that turn the direction of what follows or can't be shown."""
    return Markup(escape(text or ""))


def address(path: str, **query: Any) -> str:
    """Return a path with a query; what is None or '' is left out."""
    given = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


FILTERS = {
    "number": number, "figure": figure, "figures": figures, "plain": plain, "web_link": web_link, "scraped": safe_text,
}  # fmt: skip
