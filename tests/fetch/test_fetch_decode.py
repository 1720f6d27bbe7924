import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigwire.fetch.decode import MAX_MEMBERS, BodyError, read_body

LIMIT = 100_000


def chunked(body: bytes, size: int) -> list[bytes]:
    return [body[start : start + size] for start in range(0, len(body), size)]


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKERS = {"": bytes, "gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress}


@given(st.binary(max_size=5000), st.sampled_from(sorted(PACKERS)), st.integers(1, 6000))
def test_every_encoding_gives_the_body_back(body: bytes, encoding: str, size: int) -> None:
    assert read_body(chunked(PACKERS[encoding](body), size), encoding, LIMIT) == body


@given(st.binary(min_size=20, max_size=5000), st.integers(2, 6000))
def test_deflate_without_header(body: bytes, size: int) -> None:
    assert read_body(chunked(raw_deflate(body), size), "deflate", LIMIT) == body


@given(st.binary(min_size=1, max_size=3000), st.data())
def test_a_truncated_body_is_never_taken_for_whole(body: bytes, data: st.DataObject) -> None:
    packed = gzip.compress(body)
    cut = data.draw(st.integers(1, len(packed) - 1))
    with pytest.raises(BodyError, match="too early"):
        read_body([packed[:cut]], "gzip", LIMIT)


@given(st.binary(max_size=2000))
def test_any_bytes_are_a_body_or_an_error(body: bytes) -> None:
    for encoding in ("gzip", "deflate"):
        try:
            read_body([body], encoding, LIMIT)
        except BodyError:
            continue


def test_members_and_padding() -> None:
    packed = gzip.compress(b"one ") + gzip.compress(b"two") + b"\x00" * 512
    assert read_body(chunked(packed, 7), "gzip", LIMIT) == b"one two"


def test_a_bomb_is_stopped_at_the_limit() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < LIMIT
    with pytest.raises(BodyError, match="larger than 100,000 bytes"):
        read_body(chunked(bomb, 65_536), "gzip", LIMIT)


def test_a_bomb_of_many_members_is_stopped() -> None:
    packed = gzip.compress(b"") * (MAX_MEMBERS + 1)
    with pytest.raises(BodyError, match="too many parts"):
        read_body([packed], "gzip", LIMIT)


def test_an_endless_body_is_stopped_or_cut() -> None:
    def endless() -> list[bytes]:
        return [bytes(10_000)] * 11

    with pytest.raises(BodyError, match="larger"):
        read_body(endless(), "", LIMIT)
    assert len(read_body(endless(), "", LIMIT, cut=True)) == LIMIT
    assert read_body([bytes(LIMIT)], "", LIMIT) == bytes(LIMIT)


def test_encodings_that_were_not_asked_for() -> None:
    for encoding in ("br", "zstd", "gzip, gzip", "gzip, br"):
        with pytest.raises(BodyError, match="not asked for"):
            read_body([b"x"], encoding, LIMIT)


def test_names_that_are_no_encoding_mean_none() -> None:
    for encoding in ("identity", "utf-8", "none", " "):
        assert read_body([b"plain"], encoding, LIMIT) == b"plain"


def test_plain_bytes_that_claim_to_be_packed() -> None:
    with pytest.raises(BodyError, match="wrongly compressed"):
        read_body([b"<html>not packed at all</html>"], "gzip", LIMIT)
