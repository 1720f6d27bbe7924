"""`rigwire ingest --engine dask` and `rigwire import`: the rows of one machine, whatever happens to a worker."""

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from distributed import Client, LocalCluster

from dumps import dump
from projects import Project
from rigwire.cluster.codec import decode, encode
from rigwire.cluster.engine import ingest_on_dask
from rigwire.cluster.parts import MARKS
from rigwire.documents import Document
from rigwire.errors import RigwireError
from rigwire.model import Extraction
from rigwire.stages import extract_article, read_article
from site_archives import site_pages, write_warcs

STORY = "Ostmark {} has received 1,250 machines at its site in Texas, the company said on Monday. More will follow."


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Two workers, as on two machines."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs="ERROR") as cluster:
        yield cluster


def read_on(cluster: LocalCluster, project: Project, *files: Path) -> tuple[dict[str, int], list[str]]:
    """Read files on the cluster; return the counts and what failed."""
    failures: list[RigwireError] = []
    counts = ingest_on_dask(
        project.settings,
        list(map(str, files)),
        project.folder / "out",
        cluster.scheduler_address,
        on_failure=failures.append,
    )
    return counts, list(map(str, failures))


def ingested_on_one_machine(project: Project, folder: Path) -> dict[str, object]:
    assert project.rigwire("ingest", str(folder)).returncode == 0
    expected = dump(project.db)
    project.db.unlink()
    return dict(expected)


def test_the_rows_are_those_of_one_machine(cluster: LocalCluster, project: Project) -> None:
    folder = write_warcs(project, project.folder / "archives", 4)
    expected = ingested_on_one_machine(project, folder)
    counts, failures = read_on(cluster, project, folder)
    assert (counts["parts"], counts["documents"], failures) == (4, len(site_pages(project)), [])
    done = project.rigwire("import", "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert dict(dump(project.db)) == expected
    again = project.rigwire("import", "out")
    assert "articles: 0 new" in again.stdout
    assert dict(dump(project.db)) == expected


def test_the_output_can_be_queried_in_place(cluster: LocalCluster, project: Project) -> None:
    read_on(cluster, project, write_warcs(project, project.folder / "archives", 2))
    documents = pq.read_table(project.folder / "out" / "documents").to_pylist()
    events = pq.read_table(project.folder / "out" / "events").to_pylist()
    assert len({row["page_url"] for row in documents}) == len(site_pages(project))
    assert {str(row["date"]) for row in documents if row["published"]} == {
        row["published"][:10] for row in documents if row["published"]
    }
    assert sum(row["kind"] == "machines" and row["value"] > 0 for row in events) > 10


def test_a_worker_that_dies_loses_nothing(cluster: LocalCluster, project: Project) -> None:
    folder = write_warcs(project, project.folder / "archives", 8)
    expected = ingested_on_one_machine(project, folder)
    with Client(cluster.scheduler_address) as client:
        before = client.run(os.getpid)
        marks = project.folder / "out" / MARKS

        def kill_one() -> None:
            while not (marks.is_dir() and any(marks.iterdir())):
                time.sleep(0.02)
            os.kill(next(iter(before.values())), signal.SIGKILL)

        killer = threading.Thread(target=kill_one)
        killer.start()
        counts, failures = read_on(cluster, project, folder)
        killer.join()
        client.wait_for_workers(2, timeout=30)
        assert set(client.run(os.getpid).values()) != set(before.values())
    assert (counts["parts"], counts["failed"], failures) == (8, 0, [])
    project.rigwire("import", "out")
    assert dict(dump(project.db)) == expected


def test_what_is_done_is_not_done_again_and_a_changed_file_is(cluster: LocalCluster, project: Project) -> None:
    file = project.folder / "news.jsonl"
    file.write_text(json.dumps({"text": STORY.format("Mining")}), encoding="utf-8")
    assert read_on(cluster, project, file)[0] == {"parts": 1, "seen": 0, "documents": 1, "failed": 0}
    assert read_on(cluster, project, file)[0] == {"parts": 1, "seen": 1, "documents": 0, "failed": 0}
    file.write_text("\n".join(json.dumps({"text": STORY.format(n)}) for n in range(2)), encoding="utf-8")
    assert read_on(cluster, project, file)[0] == {"parts": 1, "seen": 0, "documents": 2, "failed": 0}


def test_what_failed_is_in_the_output_and_named_by_the_import(cluster: LocalCluster, project: Project) -> None:
    file = project.folder / "news.jsonl"
    file.write_text(f"no json\n{json.dumps({'text': STORY.format('Mining')})}\n", encoding="utf-8")
    counts, _ = read_on(cluster, project, file)
    assert counts == {"parts": 1, "seen": 0, "documents": 2, "failed": 1}
    done = project.rigwire("import", "out")
    assert done.returncode == 1
    assert "line 1" in done.stderr
    assert "articles: 1 new" in done.stdout


def test_what_a_caller_raises_is_not_taken_for_a_silent_scheduler(cluster: LocalCluster, project: Project) -> None:
    file = project.folder / "news.jsonl"
    file.write_text(json.dumps({"text": STORY.format("Mining")}), encoding="utf-8")
    (project.folder / "out").write_text("in the way", encoding="utf-8")

    def stop(error: RigwireError) -> None:
        raise OSError(f"no room to note: {error}")

    with pytest.raises(OSError, match="no room to note"):
        ingest_on_dask(
            project.settings, [str(file)], project.folder / "out", cluster.scheduler_address, on_failure=stop
        )


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (("ingest", "--engine", "dask", "x.warc"), 2, "--out"),
        (("ingest", "--out", "out", "x.warc"), 2, "--engine dask"),
        (("ingest", "--engine", "dask", "--out", "out", "none*.warc"), 1, "none*.warc"),
        (("ingest", "--engine", "dask", "--out", "out", "--scheduler", "nowhere:x", "rigwire.toml"), 2, "nowhere"),
        (("import", "nowhere"), 1, "nowhere"),
    ],
)
def test_mistakes_are_one_line(project: Project, arguments: tuple[str, ...], code: int, named: str) -> None:
    done = project.rigwire(*arguments)
    assert (done.returncode, len(done.stderr.splitlines())) == (code, 1), done.stderr
    assert named in done.stderr


def test_an_extraction_comes_back_as_it_was() -> None:
    extraction = extract_article(read_article(Document("a", STORY.format("Mining"))))
    assert extraction.events
    assert decode(Extraction, encode(extraction)) == extraction
