"""The extractor's version changes with its trained parts, so that what failed or was read by others is read again."""

from pathlib import Path

from rigwire import __version__
from rigwire.extract.version import extractor_version, hash_of
from rigwire.knowledge import models_dir


def test_the_version_is_that_of_the_trained_parts() -> None:
    assert extractor_version() == f"{__version__}+{hash_of(models_dir() / 'trained')}"


def test_another_trained_part_makes_another_version(tmp_path: Path) -> None:
    (tmp_path / "heads.npz").write_bytes(b"some weights")
    before = hash_of(tmp_path)
    (tmp_path / "version.txt").write_text(before)
    assert hash_of(tmp_path) == before
    (tmp_path / "heads.npz").write_bytes(b"other weights")
    assert hash_of(tmp_path) != before
