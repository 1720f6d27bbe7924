"""Records of WARC files, as archivers write them."""


def record(
    name: object, body: bytes | None = None, head: str = "", kind: str = "response", status: str = "200 OK"
) -> bytes:
    """A record of `https://a.example/NAME`, or of the URL `name`; `head` are further header lines of the answer."""
    url = name if "://" in str(name) else f"https://a.example/{name}"
    body = f"<p>Page {name}</p>".encode() if body is None else body
    block = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n{head}\r\n".encode() + body
    return (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2024-05-10T12:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip
