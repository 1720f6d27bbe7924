"""A folder with a configuration, as a user has it, whose sources are the outlets of the fixture site."""

import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from serve import Request, SiteServer

from rigwire.settings import Settings, load_settings

ROOT = Path(__file__).parents[1]
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

    def python(
        self, *arguments: str, input: str | bytes | None = None, timeout: float | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run Python in the folder, for `timeout` seconds at most."""
        sent = input.encode() if isinstance(input, str) else input
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=self.environment,
            input=sent or b"",
            capture_output=True,
            check=False,
            timeout=timeout,
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
