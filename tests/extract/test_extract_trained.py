"""Trained parts that are missing or damaged: one error, which names the file and says what to do."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from rigwire.errors import RigwireError
from rigwire.extract import encoder, heads, linear, trained, wordpieces
from rigwire.knowledge import models_dir

READERS: dict[str, Callable[[], object]] = {
    "status.npz": lambda: linear.load_model("status"),
    "heads.npz": lambda: heads.action_scores(np.zeros((1, 384), dtype=np.float32)),
    "encoder.onnx.gz": encoder.load_session,
    "pieces.txt": wordpieces.vocabulary,
}


def _forget() -> None:
    for cached in (linear.load_model, heads.load_weights, encoder.load_session, wordpieces.vocabulary):
        cached.cache_clear()


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A folder of trained parts that a test may damage, read in place of the own one."""
    (tmp_path / "trained").mkdir()
    for name in READERS:
        shutil.copy(models_dir() / "trained" / name, tmp_path / "trained")
    monkeypatch.setattr(trained, "models_dir", lambda: tmp_path)
    _forget()
    yield tmp_path / "trained"
    _forget()


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = bytes(255 - byte for byte in content[middle : middle + 64])
    path.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "no such file": lambda path: path.write_bytes(b"\xff\xfe not what it should be"),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-1000]),
    "flipped bits": _flip,
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", ["status.npz", "heads.npz", "encoder.onnx.gz"])
def test_a_broken_part_is_named(folder: Path, name: str, damage: str) -> None:
    READERS[name]()
    _forget()
    DAMAGES[damage](folder / name)
    with pytest.raises(RigwireError, match=rf"can't load the trained part .*{name}: .*; install rigwire again"):
        READERS[name]()


@pytest.mark.parametrize("damage", ["missing", "no such file"])
def test_a_broken_vocabulary_is_named(folder: Path, damage: str) -> None:
    DAMAGES[damage](folder / "pieces.txt")
    with pytest.raises(RigwireError, match=r"can't load the trained part .*pieces.txt: .*; install rigwire again"):
        wordpieces.vocabulary()


@pytest.mark.parametrize("name", ["status.npz", "heads.npz"])
def test_a_part_of_other_arrays_is_named(folder: Path, name: str) -> None:
    with (folder / name).open("wb") as file:
        np.savez(file, other=np.zeros(3))
    with pytest.raises(RigwireError, match=rf"can't load the trained part .*{name}: .*; install rigwire again"):
        READERS[name]()
