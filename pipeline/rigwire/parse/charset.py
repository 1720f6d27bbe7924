"""From bytes to characters: which encoding a page is really in."""

import codecs
import re

from rigwire.errors import ParseError

_SNIFF = 4_096
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_META = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]+)", re.I
)
# What browsers read these labels as (WHATWG Encoding Standard): the superset that pages really use.
_SUPERSETS = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
_BINARY = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "audio or video"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"SQLite format 3", "a database"),
)
_LATIN = "cp1252"
_MOST_MARKED = 0.4
_BAD_TO_SOUND = 3
_TAG = re.compile(r"<[^<>]{0,2000}>")
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def decode_body(body: bytes, content_type: str = "") -> str:
    """Return the characters of a page or text.

    Tried in turn: byte order mark, sound UTF-8 (a wrong label is common, UTF-8 by chance is not), the HTTP header's
    charset, the one that the document declares, a guess by statistics, windows-1252. NULs, other control characters
    and lone surrogates are removed. Raises `ParseError` where the bytes are no text.
    """
    refuse_binary(body)
    return clean_characters(_decode(body, content_type))


def refuse_binary(body: bytes) -> None:
    """Raise `ParseError` where `body` begins like a PDF, an image, an archive, or is mostly control bytes."""
    head = body[:_SNIFF].lstrip()
    for magic, name in _BINARY:
        if head.startswith(magic):
            raise ParseError(f"this is {name}, not a page or text: convert it to text or HTML first")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    odd = sum(byte < 9 or 13 < byte < 27 for byte in head)
    if odd > len(head) * 0.1:
        raise ParseError("these bytes are neither a page nor text: give an HTML or text file")


def clean_characters(text: str) -> str:
    """Return `text` without NULs, control characters and lone surrogates, line ends as \\n."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _decode(body: bytes, content_type: str) -> str:
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, errors="replace").lstrip("\ufeff")
    names = _declared(body, content_type)
    shifted = [name for name in names if name.startswith(("iso2022", "hz"))]
    for name in (*shifted, "utf-8", *names):
        try:
            text = body.decode(name)
        except UnicodeDecodeError:
            continue
        return text if name != _LATIN or _is_latin(text) else body.decode(_guess(body), errors="replace")
    return _decode_damaged(body, names)


def _decode_damaged(body: bytes, names: list[str]) -> str:
    """Return the text of bytes that no declared codec takes whole: one of them with a few bad bytes, or a guess."""
    for name in ("utf-8", *names):
        text = body.decode(name, errors="replace")
        sound = sum(char > "\x7f" for char in text) - text.count("\ufffd")
        if text.count("\ufffd") * _BAD_TO_SOUND <= sound:
            return text
    return body.decode(_guess(body), errors="replace")


def _is_latin(text: str) -> bool:
    """Tell whether letters are those of a language in Latin script: few of them have marks."""
    marked = sum(char.isalpha() for char in text if char > "\x7f")
    return marked < _MOST_MARKED * max(1, sum(char.isalpha() for char in _TAG.sub("", text)))


def _declared(body: bytes, content_type: str) -> list[str]:
    """Return the codecs named by the header and the document, as browsers read those names."""
    labels = [match[1] for match in [_HEADER.search(content_type)] if match]
    labels += [(m[1] or m[2]).decode("ascii") for m in [_META.search(body[:_SNIFF])] if m]
    names = [name for label in labels if (name := _codec(label))]
    return sorted(names, key=lambda name: name == _LATIN)  # what servers say of every file weighs less


def _codec(label: str) -> str | None:
    try:
        info = codecs.lookup(label)
    except LookupError:
        return None
    # A text codec only: "charset=zip" must not reach bytes.decode.
    return _SUPERSETS.get(info.name, info.name) if getattr(info, "_is_text_encoding", True) else None


def _guess(body: bytes) -> str:
    """Return the codec that fits the letters best; windows-1252 where nothing tells."""
    from charset_normalizer import from_bytes

    best = from_bytes(body[:200_000]).best()
    return best.encoding if best else "cp1252"
