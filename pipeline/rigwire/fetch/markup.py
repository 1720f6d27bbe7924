"""Feed documents before they meet a parser: bytes to clean text, bounded in what costs a parser time."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Collection, Iterator
from html import unescape

from rigwire.errors import ParseError

# feedparser's time grows with the square of the attributes of one tag, and with the number of tags.
LONGEST_TAG = 10_000
MOST_TAGS = 500_000

_BOMS = (
    (BOM_UTF8, "utf-8"),
    (BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (BOM_UTF32_BE, "utf-32"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*?\?>", re.I)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]{1,40})["']""", re.I)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.I)
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,8})|(\d{1,8}));", re.I)
_LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{LONGEST_TAG}}}")
_ITEM_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.I)
_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.I | re.S)
_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>")
_OPENING = re.compile(r"<([a-zA-Z]{1,10})\b([^<>]{1,2000})>")
_ATTRIBUTE = re.compile(r"""([a-z-]{2,20})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)


def decode_text(body: bytes, content_type: str | None) -> str:
    """Return a feed as text, without its XML declaration and without characters that XML forbids.

    The byte order mark decides, then UTF-8 if the bytes are that, then the encoding that the document or the
    Content-Type declares, then Windows-1252.
    """
    marked = next((encoding for mark, encoding in _BOMS if body.startswith(mark)), None)
    declared = _DECLARED.match(body[:400])
    charset = _CHARSET.search(content_type or "")
    tried = [marked, "utf-8", declared and declared[1].decode("ascii"), charset and charset[1]]
    text = next((text for name in tried if name and (text := _decoded(body, name)) is not None), None)
    text = body.decode("cp1252", errors="replace") if text is None else text
    text = _DECLARATION.sub("", text.removeprefix("\ufeff"), count=1)
    return _REFERENCE.sub(_sound_reference, _FORBIDDEN.sub("", text)).strip()


def check_markup(text: str) -> None:
    """Raise ParseError for XML that declares entities or is made to keep a parser busy."""
    root = re.search(r"<\w", text)
    if "<!entity" in text[: root.start() if root else None].lower():
        raise ParseError("it declares entities, which no feed needs")
    if text.count("<") > MOST_TAGS:
        raise ParseError(f"it has more than {MOST_TAGS:,} tags")
    if _LONG_TAG.search(text):
        raise ParseError(f"it has a tag of more than {LONGEST_TAG:,} characters")


def cut_items(text: str, limit: int) -> tuple[str, int]:
    """Return the document with its first `limit` items, and how many were cut out of it."""
    ends = [found.end() for found in _ITEM_END.finditer(text)]
    if len(ends) <= limit:
        return text, 0
    return text[: ends[limit - 1]] + text[ends[-1] :], len(ends) - limit


def find_tags(text: str, names: Collection[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the opening tags of these (lower-case) names in an HTML text: name, and attributes by name."""
    for tag in _OPENING.finditer(text):
        name = tag[1].lower()
        if name in names:
            yield name, {
                found[1].lower(): unescape(found[2] or found[3] or found[4] or "")
                for found in _ATTRIBUTE.finditer(tag[2])
            }


def plain_text(markup: object, limit: int) -> str | None:
    """Return the text of a short piece of HTML on one line of at most `limit` characters, or None."""
    if not isinstance(markup, str):
        return None
    text = _TAG.sub(" ", _HIDDEN.sub(" ", markup[: 20 * limit]))
    text = " ".join(_FORBIDDEN.sub("", unescape(text)).split())
    return text[:limit].strip() or None


def _decoded(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _sound_reference(found: re.Match[str]) -> str:
    """Return a character reference as it is, or nothing for one to a character that XML forbids."""
    code = int(found[1], 16) if found[1] else int(found[2])
    if code > 0x10FFFF or _FORBIDDEN.match(chr(code)):
        return ""
    return found[0]
