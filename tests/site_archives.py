"""Archives of the fixture site, as somebody who crawled it would have them."""

import gzip
import urllib.request
from pathlib import Path

from projects import Project
from warc_records import record

PAGES = ("hashwire/2025/03", "hashwire/2025/04", "gridpost/news", "ledgerlane/news")


def site_pages(project: Project) -> dict[str, bytes]:
    """Some pages of the fixture site by URL, as records of an archive that fetched them."""
    files = sorted(file for folder in PAGES for file in (project.pages / folder).glob("*.html"))
    urls = [f"{project.site.base}/{file.relative_to(project.pages)}" for file in files]
    records = {}
    for url in urls:
        with urllib.request.urlopen(url) as answer:
            records[url] = record(url, answer.read(), f"Content-Type: {answer.headers['Content-Type']}\r\n")
    return records


def write_warc(project: Project, name: str = "site.warc.gz") -> Path:
    """Write the pages into an archive in the project's folder."""
    path = project.folder / name
    path.write_bytes(b"".join(map(gzip.compress, site_pages(project).values())))
    return path


def write_warcs(project: Project, folder: Path, count: int) -> Path:
    """Write the pages into `count` archives in a folder, a stretch of them each."""
    folder.mkdir()
    records = list(map(gzip.compress, site_pages(project).values()))
    size = -(-len(records) // count)
    for number in range(count):
        part = records[number * size : (number + 1) * size]
        (folder / f"part-{number}.warc.gz").write_bytes(b"".join(part))
    return folder
