"""Parts handed to the workers of a Dask cluster, or of one that is started here; see docs/scale.md."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from rigwire.cluster.parts import Part, find_parts, is_done
from rigwire.errors import RigwireError, SourceError, UsageError
from rigwire.fetch import declared_sources
from rigwire.run.ingest import OnFailure
from rigwire.settings import Settings
from rigwire.stages import current_extractor

# So often a part is begun again after the death of its worker, before it is taken for the cause.
RETRIES = 3


def ingest_on_dask(
    settings: Settings, files: Sequence[str], out: Path, scheduler: str | None, *, on_failure: OnFailure
) -> dict[str, int]:
    """Write what the documents of files state to `out`; return counts of `parts`, `seen`, `documents` and `failed`.

    `scheduler` is the address of a running cluster; without one, `settings.workers` processes are started here. Every
    worker must find the files and `out` under the same names. Parts that are done are left. `on_failure` gets each part
    that no worker could finish; the documents that failed are named in the output. Raises UsageError where Dask is not
    installed or the scheduler does not answer, SourceError for what names no file.
    """
    parts = find_parts(files)
    due = [part for part in parts if not is_done(part, out, current_extractor())]
    counts = {"parts": len(parts), "seen": len(parts) - len(due), "documents": 0, "failed": 0}
    if due:
        with _client(settings, scheduler) as client:
            for part, result in _results(client, due, out.resolve(), settings):
                if isinstance(result, BaseException):
                    counts["failed"] += 1
                    on_failure(SourceError(f"{part.file}: no worker could finish it: {_words(result)}"))
                else:
                    counts["documents"] += result["documents"]
                    counts["failed"] += result["failed"]
    return counts


@contextmanager
def _client(settings: Settings, scheduler: str | None) -> Iterator[Any]:
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise UsageError(f"this engine needs Dask: pip install 'rigwire[cluster]' ({error})") from None
    with ExitStack() as stack:
        stack.enter_context(dask.config.set({"distributed.scheduler.allowed-failures": RETRIES}))
        if scheduler is None:
            cluster = LocalCluster(
                n_workers=settings.workers, threads_per_worker=1, dashboard_address=None, silence_logs="ERROR"
            )
            scheduler = stack.enter_context(cluster).scheduler_address
        try:
            client = stack.enter_context(Client(scheduler, timeout=20))
        except (OSError, ValueError) as error:
            raise UsageError(f"the scheduler {scheduler} does not answer: {error}") from None
        yield client


def _results(client: Any, due: list[Part], out: Path, settings: Settings) -> Iterator[tuple[Part, Any]]:
    """Yield each part with its counts, or with what stopped it, as they come."""
    from distributed import as_completed

    from rigwire.cluster.task import read_part

    sources = declared_sources(settings)
    tasks = {client.submit(read_part, part, out, settings, sources, pure=False): part for part in due}
    for future in as_completed(tasks):
        yield tasks[future], future.exception() or future.result()


def _words(error: BaseException) -> str:
    if isinstance(error, RigwireError):
        return str(error)
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]
