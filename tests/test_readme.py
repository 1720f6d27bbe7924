"""The examples of the README: each command runs, and prints what the README says that it prints.

Figures change as extraction gets better, so the columns are compared and not the rows. To print all of it anew:
RIGWIRE_REWRITE=1 python -m pytest tests/test_readme.py
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from projects import ROOT, Project

README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n\$ (?P<command>.+)\n(?P<output>(?:(?!```).*\n)*)```\n")
EXAMPLES = [match["command"] for match in BLOCK.finditer(README.read_text(encoding="utf-8"))]


def printed(project: Project, command: str) -> str:
    """Return what a command of the README prints."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=project.folder,
        env=project.environment | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip("\n") + "\n"


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 6


@pytest.mark.parametrize("command", EXAMPLES)
def test_an_example_prints_what_the_readme_says(stored: Project, command: str) -> None:
    output = printed(stored, command)
    readme = README.read_text(encoding="utf-8")
    if os.environ.get("RIGWIRE_REWRITE"):
        readme = BLOCK.sub(
            lambda block: f"```console\n$ {command}\n{output}```\n" if block["command"] == command else block[0], readme
        )
        README.write_text(readme, encoding="utf-8")
    [shown] = [block["output"] for block in BLOCK.finditer(readme) if block["command"] == command]
    assert len(output.splitlines()) > 2
    assert output.splitlines()[0].split() == shown.splitlines()[0].split()


def test_the_python_example_runs(stored: Project) -> None:
    [code] = re.findall(r"```python\n(.+?)```", README.read_text(encoding="utf-8"), flags=re.S)
    done = stored.python("-c", f"{code}\nprint(len(extraction.events), len(rows))")
    assert done.returncode == 0, done.stderr
    assert all(int(count) > 0 for count in done.stdout.split())
