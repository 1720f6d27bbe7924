"""The wheel: what it puts on anybody's path, and that it works without the checkout."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from projects import ROOT

STORY = "Ostmark Mining has received 1,250 machines at its site in Texas, the company said on Monday."


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, cwd=folder)
    [path] = folder.glob("*.whl")
    return path


def test_the_wheel_holds_rigwire_alone(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"rigwire"}
    assert len(tops) == 2
    assert {"rigwire/py.typed", "rigwire/models/sources.toml", "rigwire/cli/main.py"} <= set(names)
    assert [name for name in names if name.startswith("rigwire/models/queries/")]
    assert {"rigwire/web/templates/base.html", "rigwire/web/static/rigwire.css"} <= set(names)
    assert {"rigwire/page/static/article.css", "rigwire/models/maps/us.json"} <= set(names)
    assert not [name for name in names if "__pycache__" in name or "/tests/" in name]


def test_the_wheel_extracts_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    code = (
        "import rigwire, sys\nfrom rigwire.cli.main import main\n"
        "print(rigwire.__file__, file=sys.stderr)\n"
        "main(['extract', 'story.txt', '--format', 'json', '--published', '2024-05-21'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site"), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.startswith(str(tmp_path / "site"))
    found = json.loads(done.stdout)
    assert [company["name"] for company in found["companies"]] == ["Ostmark Mining"]
    assert found["events"][0]["quantities"][0]["value"] == 1250
