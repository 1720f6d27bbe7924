"""Every setting: its default, its check, and where it is read from (config file, environment, options)."""

import difflib
import math
import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from rigwire.alerts import Alert, read_alerts
from rigwire.errors import UsageError
from rigwire.paths import expanded

PREFIX = "RIGWIRE_"
LOCAL_CONFIG = Path("rigwire.toml")
USER_CONFIG = Path("~/.config/rigwire/rigwire.toml")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run goes by. Times are in seconds, sizes in bytes.

    `sources` are the user's files, read after the shipped list unless `shipped_sources` is false.
    `allow_hosts` names hosts (`host` or `host:port`) that may have a private address; `ca_bundle` is a PEM
    file of certificate authorities in place of the usual ones. `delay` lies between two requests to one
    host. The size limits hold for the transfer and for the decoded body. `retries` are further attempts
    after a failed one, `backoff_cap` is the longest wait between them. `parallel_hosts` is the number of
    hosts fetched at a time. Pages are read by `workers` processes; parsing one, or extracting from it, may take
    `parse_timeout`, and a process `worker_memory_mb` of address space. Raw pages are deleted after `keep_pages_days`, 0
    is never. `token` allows corrections in the web page.
    """

    db: Path = Path("rigwire.db")
    sources: tuple[Path, ...] = ()
    shipped_sources: bool = True
    contact: str = ""
    proxy: str = ""
    ca_bundle: str = ""
    allow_hosts: tuple[str, ...] = ()
    delay: float = 2.0
    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    transfer_deadline: float = 60.0
    max_page_bytes: int = 10_000_000
    max_feed_bytes: int = 20_000_000
    max_feed_items: int = 500
    retries: int = 2
    backoff_cap: float = 60.0
    parallel_hosts: int = 4
    workers: int = 1
    parse_timeout: float = 30.0
    worker_memory_mb: int = 2_000
    keep_pages_days: int = 0
    token: str = ""
    alerts: tuple[Alert, ...] = ()

    @property
    def user_agent(self) -> str:
        """Return the User-Agent header: the name, the version and, where set, whom to write to."""
        from rigwire import __version__  # here, because the package itself imports this module

        return f"rigwire/{__version__}" + (f" (+{self.contact})" if self.contact else "")


def setting_names() -> tuple[str, ...]:
    """Return the names of all settings, in the order of their declaration."""
    return tuple(field.name for field in fields(Settings))


def load_settings(
    config: Path | None, env: Mapping[str, str], overrides: Mapping[str, object] | None = None
) -> Settings:
    """Return the settings: defaults, then the config file, then `RIGWIRE_*` variables, then `overrides`.

    Without `config` the file is that of `RIGWIRE_CONFIG`, else `rigwire.toml` here, else the user's, else
    none. Paths in the file are relative to it. Overrides that are None were not given. Raises UsageError,
    naming the place and the key, for an unknown key or a wrong value, and for a file that can't be read.
    """
    path = _config_path(config, env)
    settings = Settings()
    if path is not None:
        settings = _apply(settings, _read_config(path), place=str(path), folder=path.parent)
    settings = _apply(settings, _from_environment(env), place="the environment", prefix=PREFIX)
    given = {key: value for key, value in (overrides or {}).items() if value is not None}
    return _apply(settings, given, place="the options")


def nearest(name: str, valid: Iterable[str]) -> str:
    """Return a hint that names the valid key most like `name`, or all of them when none is like it."""
    choices = sorted(valid)
    close = difflib.get_close_matches(name, choices, n=1)
    return f"did you mean {close[0]!r}?" if close else f"known: {', '.join(choices)}"


def read_toml_file(path: Path) -> dict[str, Any]:
    """Return a user's TOML file as a dict. Raises UsageError when it can't be read or is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}; check path and permissions") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not valid TOML: {str(error).splitlines()[0]}") from None


def _config_path(config: Path | None, env: Mapping[str, str]) -> Path | None:
    if config is not None:
        return config
    if env.get(f"{PREFIX}CONFIG"):
        return Path(env[f"{PREFIX}CONFIG"])
    home = env.get("HOME")
    user = Path(home, *USER_CONFIG.parts[1:]) if home else expanded(USER_CONFIG)
    return next((path for path in (LOCAL_CONFIG, user) if path.is_file()), None)


def _read_config(path: Path) -> dict[str, Any]:
    values = read_toml_file(path)
    for key in values:
        if key not in setting_names():
            raise UsageError(f"{path}: unknown setting {key!r}; {nearest(key, setting_names())}")
    return values


def _from_environment(env: Mapping[str, str]) -> dict[str, str]:
    """Return the settings among the variables; one that only resembles a setting is taken for a slip."""
    values = {}
    for variable, text in env.items():
        key = variable.removeprefix(PREFIX).lower()
        if not variable.startswith(PREFIX) or key == "config":
            continue
        if key in setting_names():
            values[key] = text
        elif slip := difflib.get_close_matches(key, setting_names(), n=1, cutoff=0.85):
            raise UsageError(f"unknown variable {variable}; did you mean {PREFIX}{slip[0].upper()}?")
    return values


def _apply(
    settings: Settings, values: Mapping[str, object], *, place: str, folder: Path = Path(), prefix: str = ""
) -> Settings:
    types = {field.name: field.type for field in fields(Settings)}
    read: dict[str, Any] = {}
    for key, value in values.items():
        if key not in types:
            raise UsageError(f"unknown setting {key!r} in {place}; {nearest(key, types)}")
        shown = f"{prefix}{key.upper()}" if prefix else key
        try:
            read[key] = _READERS[types[key]](value, folder)
            _check(key, read[key])
        except ValueError as error:
            raise UsageError(f"{shown} in {place}: {error}") from None
    return replace(settings, **read)


def _read_path(value: object, folder: Path) -> Path:
    if not isinstance(value, str | Path) or not str(value):
        raise ValueError("must be a path")
    return folder / expanded(value)


def _read_text(value: object, folder: Path) -> str:
    if not isinstance(value, str) or not (value.isascii() and (value.isprintable() or not value)):
        raise ValueError("must be a text of printable ASCII characters")
    return value.strip()


def _read_flag(value: object, folder: Path) -> bool:
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in words:
        return words[value.strip().lower()]
    raise ValueError("must be true or false")


def _read_whole(value: object, folder: Path) -> int:
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError("must be a whole number")


def _read_number(value: object, folder: Path) -> float:
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise ValueError("must be a number")
    try:
        number = float(value)
    except ValueError:
        raise ValueError("must be a number") from None
    if not math.isfinite(number):
        raise ValueError("must be a finite number")
    return number


def _parts(value: object, separator: str) -> list[Any]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(separator) if part.strip()]
    if isinstance(value, list | tuple):
        return list(value)
    raise ValueError("must be a list")


def _read_paths(value: object, folder: Path) -> tuple[Path, ...]:
    return tuple(_read_path(part, folder) for part in _parts(value, os.pathsep))


def _read_texts(value: object, folder: Path) -> tuple[str, ...]:
    return tuple(_read_text(part, folder) for part in _parts(value, ","))


# Keyed by the annotations of Settings: a new kind of setting needs a reader here.
_READERS: dict[Any, Callable[[object, Path], Any]] = {
    Path: _read_path,
    str: _read_text,
    bool: _read_flag,
    int: _read_whole,
    float: _read_number,
    tuple[Path, ...]: _read_paths,
    tuple[str, ...]: _read_texts,
    tuple[Alert, ...]: read_alerts,
}
_LOWEST = {"delay": 0.0, "retries": 0, "backoff_cap": 0.0, "worker_memory_mb": 500, "keep_pages_days": 0}


def _check(key: str, value: object) -> None:
    """Raise ValueError for a value of the right type that makes no sense."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        lowest = _LOWEST.get(key, 1 if isinstance(value, int) else 0.001)
        if value < lowest:
            raise ValueError(f"must be at least {lowest}")
    if key == "allow_hosts" and isinstance(value, tuple):
        for host in value:
            if "/" in host or not host:
                raise ValueError(f"{host!r} must be 'host' or 'host:port', without http:// or a path")
    if key == "ca_bundle" and value and not Path(str(value)).is_file():
        raise ValueError(f"no file {value}")
    if key == "proxy" and value and not str(value).startswith(("http://", "https://")):
        raise ValueError("must be an http:// or https:// URL")
