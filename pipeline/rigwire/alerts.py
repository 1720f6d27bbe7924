"""What an alert is: a named query with its parameters, and where its new events go. Read from `[[alerts]]` tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rigwire.paths import expanded

CHANNELS = ("webhook", "command", "mbox")


@dataclass(frozen=True, slots=True)
class Alert:
    """New events of a query, sent to a webhook (a URL), a command (its words) or a mail file: one of the three."""

    name: str
    query: str
    params: Mapping[str, str] = field(default_factory=dict)
    webhook: str | None = None
    command: tuple[str, ...] = ()
    mbox: Path | None = None


def read_alerts(value: object, folder: Path) -> tuple[Alert, ...]:
    """Return the alerts of a configuration; paths are relative to `folder`. Raises `ValueError` for a wrong one."""
    if not isinstance(value, list | tuple) or not all(isinstance(entry, dict) for entry in value):
        raise ValueError("must be [[alerts]] tables")
    alerts = tuple(_alert(entry, folder) for entry in value)
    names = [alert.name for alert in alerts]
    if len(set(names)) < len(names):
        raise ValueError("two alerts have the same name")
    return alerts


def _alert(entry: dict[str, Any], folder: Path) -> Alert:
    if unknown := sorted(set(entry) - set(Alert.__slots__)):
        raise ValueError(f"an alert has no {unknown[0]!r}; it has {', '.join(Alert.__slots__)}")
    for name in ("name", "query"):
        if not isinstance(entry.get(name), str) or not entry[name]:
            raise ValueError(f"an alert needs its {name}")
    label = f"alert {entry['name']!r}"
    if not isinstance(entry.get("params", {}), dict):
        raise ValueError(f"{label}: params must be a table")
    if len(set(entry) & set(CHANNELS)) != 1:
        raise ValueError(f"{label} needs one of {', '.join(CHANNELS)}")
    webhook, command, mbox = (entry.get(name) for name in CHANNELS)
    if webhook is not None and urlsplit(str(webhook)).scheme not in ("http", "https"):
        raise ValueError(f"{label}: webhook must be an http:// or https:// URL")
    if command is not None and (not isinstance(command, list) or not command or not all(map(_is_text, command))):
        raise ValueError(f"{label}: command must be a list of words, the program first")
    if mbox is not None and not _is_text(mbox):
        raise ValueError(f"{label}: mbox must be the path of a file")
    return Alert(
        entry["name"],
        entry["query"],
        {key: str(value) for key, value in entry.get("params", {}).items()},
        webhook,
        tuple(command or ()),
        folder / expanded(mbox) if mbox else None,
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)
