"""The fixture site over real HTTP, before and after a first run."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from serve import SiteServer

from projects import ROOT, Project, make_project
from rigwire.run.job import run
from rigwire.run.report import RunReport


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project before its first run."""
    with SiteServer(shutil.copytree(ROOT / "fixtures" / "site", tmp_path / "site")) as site:
        yield make_project(tmp_path, site)


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, RunReport]:
    """The folder of a project after its first run, the port of its site, and what the run reported."""
    folder = tmp_path_factory.mktemp("first")
    with SiteServer(shutil.copytree(ROOT / "fixtures" / "site", folder / "site")) as site:
        report = run(make_project(folder, site).settings)
        return folder, int(site.base.rpartition(":")[2]), report


@pytest.fixture
def stored(tmp_path: Path, first_run: tuple[Path, int, RunReport]) -> Iterator[Project]:
    """A copy of a project after its first run, with its site at the same address."""
    folder, port, _ = first_run
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    with SiteServer(tmp_path / "site", port) as site:
        yield Project(tmp_path / "project", tmp_path / "site", site)
