"""The fixture site over real HTTP, and a folder with a configuration that reads it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from rigwire.run import RunReport, run
from rigwire.settings import Settings, load_settings

ROOT = Path(__file__).parents[1]
# The fixture site's server stands beside the site and belongs to no package.
sys.path.insert(0, str(ROOT / "fixtures"))

from serve import Request, SiteServer  # noqa: E402

CONFIGURATION = """
sources = ["sources.toml"]
shipped_sources = false
allow_hosts = ["127.0.0.1"]
delay = 0
retries = 0
"""


@dataclass(frozen=True)
class Project:
    """A folder with a configuration, as a user has it, whose sources are the outlets of the fixture site.

    `site` serves `pages`, a copy of the fixture site that a test may edit.
    """

    folder: Path
    pages: Path
    site: SiteServer
    environment_extra: dict[str, str] = field(default_factory=dict)

    @property
    def db(self) -> Path:
        return self.folder / "rigwire.db"

    @property
    def settings(self) -> Settings:
        return load_settings(self.folder / "rigwire.toml", {}, {"db": self.db})

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RIGWIRE_")}
        return kept | {"HOME": str(self.folder)} | self.environment_extra

    def rigwire(self, *arguments: str, input: str | bytes | None = None) -> subprocess.CompletedProcess[str]:
        """Run the command line in the folder."""
        return self.python("-m", "rigwire", *arguments, input=input)

    def python(self, *arguments: str, input: str | bytes | None = None) -> subprocess.CompletedProcess[str]:
        """Run Python in the folder."""
        sent = input.encode() if isinstance(input, str) else input
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=self.environment,
            input=sent or b"",
            capture_output=True,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query of the database."""
        connection = sqlite3.connect(self.db)
        try:
            return connection.execute(sql, parameters).fetchall()
        finally:
            connection.close()

    def take_requests(self) -> list[Request]:
        """Return the requests that the site had since the last call."""
        taken = self.site.requests[:]
        del self.site.requests[: len(taken)]
        return taken

    def edit(self, path: str, old: str, new: str) -> None:
        """Change a file of the site."""
        file = self.pages / path.lstrip("/")
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


def make_project(folder: Path, site: SiteServer) -> Project:
    """Return a new project in `folder`, which also holds the pages that `site` serves."""
    home = folder / "project"
    home.mkdir(parents=True)
    declared = (site.folder / "sources.toml").read_text(encoding="utf-8")
    (home / "sources.toml").write_text(declared.replace("{{base}}", site.base), encoding="utf-8")
    (home / "rigwire.toml").write_text(CONFIGURATION, encoding="utf-8")
    return Project(home, site.folder, site)


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
