"""The trained parts in `models/trained`: where they lie, how files of arrays are read, what is said of broken ones."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from rigwire.errors import RigwireError
from rigwire.knowledge import models_dir


def trained_path(name: str) -> Path:
    """Return where a trained part lies, `name` relative to `models/trained`."""
    return models_dir() / "trained" / name


def broken_part(path: Path, error: Exception) -> RigwireError:
    """Return the error for a trained part that can't be loaded: which, why, and what to do."""
    return RigwireError(
        f"can't load the trained part {path}: {error}; install rigwire again, or in a checkout git restore {path}"
    )


@contextmanager
def open_arrays(name: str) -> Iterator[Any]:
    """Open the arrays of `models/trained/<name>.npz`; each is read when it is asked for, within the block.

    Raises RigwireError where the file is missing or damaged, or has no such array.
    """
    path = trained_path(f"{name}.npz")
    try:
        with np.load(path) as arrays:
            yield arrays
    except (OSError, EOFError, ValueError, KeyError, BadZipFile, zlib.error) as error:
        raise broken_part(path, error) from error
