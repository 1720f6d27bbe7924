"""Coverage-guided fuzzing by atheris, for as long as one has patience; needs `pip install atheris`.

python tests/faults/fuzz.py TARGET FOLDER [--seconds N]     what is found is written to FOLDER, as are new inputs
"""

import argparse
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["rigwire"]):
    from fuzz_targets import TARGETS, seeds

LONGEST = 20_000
SLOWEST = 60  # seconds an input


def main() -> None:
    """Fuzz one target from the fixtures and from what earlier runs found."""
    parser = argparse.ArgumentParser(description="Fuzz one target.")
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=int, default=360)
    arguments = parser.parse_args()
    corpus = arguments.folder / arguments.target
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(arguments.target)):
        (corpus / f"seed-{number}").write_bytes(seed[:LONGEST])
    options = {
        "max_total_time": arguments.seconds,
        "max_len": LONGEST,
        "timeout": SLOWEST,
        "rss_limit_mb": 4000,
        "artifact_prefix": f"{arguments.folder}/{arguments.target}-",
        "print_final_stats": 1,
    }
    given = [f"-{name}={value}" for name, value in options.items()]
    atheris.Setup([sys.argv[0], *given, str(corpus)], TARGETS[arguments.target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
