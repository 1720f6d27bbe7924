"""The fuzzers' targets on inputs that Hypothesis makes, and on all that a fuzzer once broke them with."""

import pytest
from fuzz_targets import TARGETS, seeds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

LONG_LINK = f"<rss version=\"2.0\"><channel><item><link>/{'[{' * 350}</link><title>x</title></item></channel></rss>"
FOUND = {"feed": [LONG_LINK.encode()]}


@pytest.mark.parametrize(("target", "data"), [(target, data) for target in FOUND for data in FOUND[target]])
def test_what_a_fuzzer_found_stays_mended(target: str, data: bytes) -> None:
    TARGETS[target](data)


@pytest.mark.parametrize("target", TARGETS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_bytes_break_a_target(target: str, data: st.DataObject) -> None:
    """Bytes from nowhere, and bytes of the fixtures with a stretch cut out or put in."""
    seed = data.draw(st.sampled_from(sorted(seeds(target))))[:5_000]
    start = data.draw(st.integers(0, len(seed)))
    end = data.draw(st.integers(start, len(seed)))
    TARGETS[target](seed[:start] + data.draw(st.binary(max_size=60)) + seed[end:])
