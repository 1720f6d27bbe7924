"""HTML out of text from anywhere: everything is escaped, nothing of it is ever an element or an address to run."""

import html
import re
from urllib.parse import urlsplit

# Characters that HTML can't hold, and those that turn the direction of the words around them.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def escape(text: str) -> str:
    """Return text for an element or a quoted attribute; each character that can't be shown is `\\ufffd`."""
    return html.escape(_UNPRINTABLE.sub("\ufffd", text)).replace("\r", "&#13;")


def tag(name: str, content: str, **attributes: str | None) -> str:
    """Return an element around HTML. Attribute values are text; `class_` is `class`, `data_of` is `data-of`."""
    pairs = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    written = "".join(f' {key}="{escape(value)}"' for key, value in pairs if value)
    return f"<{name}{written}>{content}</{name}>"


def link(url: str | None) -> str:
    """Return a link for a web address, the mere text of any other."""
    if not url:
        return ""
    try:
        is_web = urlsplit(url).scheme in ("http", "https")
    except ValueError:
        is_web = False
    return tag("a", escape(url), href=url, rel="noopener noreferrer nofollow") if is_web else escape(url)
