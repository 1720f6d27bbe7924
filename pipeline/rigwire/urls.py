"""URLs: the identity of an article, links of a feed or page, and what of a URL may be shown."""

import re
from collections.abc import Iterator
from functools import cache
from ipaddress import ip_address
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

import idna

from rigwire.knowledge import models_dir

MAX_LENGTH = 2_000
_DEFAULT_PORTS = {"http": 80, "https": 443}
_EDITIONS = ("www.", "m.", "mobile.", "amp.")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\ud800-\udfff\u2028\u2029]+")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?")
_SECRET = re.compile(r"(?i)\b(\w*(?:key|token|secret|passw|auth|sig)\w*)=[^&#\s]+")
_AMP_PARAMS = {"amp", "amp=1", "amp=true", "outputtype=amp"}
_PATH_SAFE = "/:@!$&'()*+,;=~%"


def is_web_url(url: str) -> bool:
    """Tell whether `url` is http or https with a sound host and port, and without user name or password."""
    parts = _split(url)
    return parts is not None and "@" not in parts.netloc


def host_key(url: str) -> str:
    """Return `host:port` of a web URL, lower case: what the delay between requests goes by."""
    parts = _web_parts(url)
    return f"{_ascii_host(parts)}:{parts.port or _DEFAULT_PORTS[parts.scheme]}"


def host_root(url: str) -> str:
    """Return `scheme://host`, with the port where it isn't the scheme's own: what a robots.txt holds for."""
    parts = _web_parts(url)
    return urlunsplit((parts.scheme, _netloc(parts), "", "", ""))


def site_host(url: str) -> str:
    """Return the host by which the pages of one site are known, with a port of its own; "" for no web URL.

    A site's mobile and AMP hosts are its own: `m.news.example` is `news.example`.
    """
    parts = _split(url)
    if parts is None:
        return ""
    host = _netloc(parts)
    edition = next((name for name in _EDITIONS if host.startswith(name) and "." in host[len(name) :]), "")
    return host.removeprefix(edition)


def resolve_link(base: str, link: str) -> str | None:
    """Return the absolute http(s) URL that `link` means on the page `base`, without fragment, or None."""
    try:
        joined = urljoin(base, _CONTROL.sub("", link))
    except ValueError:
        return None
    return joined.partition("#")[0] if is_web_url(joined) else None


def request_url(url: str) -> str:
    """Return a web URL in the form that goes on the wire: IDNA host, path and query in ASCII, no fragment.

    Raises ValueError for a text that is no web URL.
    """
    parts = _web_parts(url)
    path = quote(parts.path or "/", safe=_PATH_SAFE)
    return urlunsplit((parts.scheme, _netloc(parts), path, quote(parts.query, safe=_PATH_SAFE + "?"), ""))


def canonical_url(url: str) -> str:
    """Return the form of `url` by which two links to one article are told to be one.

    Lower-case scheme and IDNA host, no default port, no fragment, no tracking parameter
    (`models/tracking_params.txt`), parameters in order of name, AMP pages as the page they stand for. A text
    that is no web URL comes back stripped.
    """
    if not is_web_url(url):
        return url.strip()
    parts = _web_parts(request_url(url))
    query = "&".join(sorted(_kept_parameters(parts.query)))
    return urlunsplit((parts.scheme, parts.netloc, _without_amp(parts.path), query, ""))


def shown_url(url: str) -> str:
    """Return `url` for a message: one line, no password, secrets of the query masked, 200 characters."""
    clean = _CONTROL.sub("", url)
    clean = re.sub(r"(?<=//)[^/@]*@", "", clean)
    clean = _SECRET.sub(r"\1=…", clean)
    return clean if len(clean) <= 200 else clean[:199] + "…"


def _split(url: str) -> SplitResult | None:
    """Return the parts of a web URL with a host that has an ASCII form, else None."""
    try:
        escaped = quote(url, safe=_PATH_SAFE + "?#")  # a lone surrogate has no place on the wire
        parts = urlsplit(url.strip())
        if len(escaped) > MAX_LENGTH or parts.scheme not in _DEFAULT_PORTS or parts.port == 0:
            return None
        _ascii_host(parts)
    except ValueError:  # a port that is no number, brackets that don't close, a label that IDNA forbids
        return None
    return parts


def _web_parts(url: str) -> SplitResult:
    parts = _split(url)
    if parts is None:
        raise ValueError(f"no http or https URL: {shown_url(url)}")
    return parts


def _ascii_host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        host = idna.encode(host, uts46=True).decode("ascii")
    if ":" in host:
        return str(ip_address(host))
    if not _HOST.fullmatch(host):
        raise ValueError("a host with characters that no host name has")
    return host


def _netloc(parts: SplitResult) -> str:
    host = _ascii_host(parts)
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{parts.port}"


def _without_amp(path: str) -> str:
    """Return the path of the full page; a last part `amp` counts only after a slug, as AMP is also a coin."""
    path = re.sub(r"^(?:/amp)+(?=/.*[-\d])", "", path)
    path = re.sub(r"(?:\.amp)+(\.html)?$", r"\1", path)
    return re.sub(r"(?<=/)([^/]*[-\d][^/]*)(?:/amp)+(/?)$", r"\1\2", path)


def _kept_parameters(query: str) -> Iterator[str]:
    """Yield the parameters that say which page it is; one without a value (`?12345`) may be all that does."""
    exact, endings = _tracking_parameters()
    for parameter in filter(None, query.split("&")):
        name = unquote(parameter.partition("=")[0]).lower()
        if parameter.lower() not in _AMP_PARAMS and name not in exact and not name.startswith(endings):
            yield parameter


@cache
def _tracking_parameters() -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the names in full, and the beginnings of names, of `models/tracking_params.txt`."""
    lines = (models_dir() / "tracking_params.txt").read_text(encoding="utf-8").splitlines()
    names = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    endings = tuple(name.removesuffix("*") for name in names if name.endswith("*"))
    return frozenset(name for name in names if not name.endswith("*")), endings
