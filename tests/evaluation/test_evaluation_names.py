"""When two names, phrases and numbers agree."""

import pytest
from evaluation_builders import quantity
from hypothesis import given
from hypothesis import strategies as st

from rigwire.evaluation.agreement import same_number, same_quantity
from rigwire.evaluation.gold import GoldQuantity
from rigwire.names import name_key, same_name, same_phrase


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Fennmark Mining, Inc.", "fennmark mining"),
        ("the Fennmark Mining Co., Ltd.", "fennmark mining"),
        ("FENNMARK  mining", "fennmark mining"),
        ("Energía del Iguazú S.A.", "energia del iguazu"),
        ("Brzeg Łódź Sp. z o.o.", "brzeg lodz sp z o o"),
        ("Caddo Power’s", "caddo power"),
        ("Harrow L.L.C.", "harrow"),
        ("Limited", "limited"),
        ("The Company", "company"),
        ("A Company Ltd", "company"),
        ("Mjölnir-Mining", "mjolnir mining"),
        ("国家电网", "国家电网"),
        ("", None),
        (None, None),
    ],
)
def test_keys(name: str | None, key: str | None) -> None:
    assert name_key(name) == key


@given(st.text(max_size=30))
def test_a_key_is_its_own_key(name: str) -> None:
    key = name_key(name)
    # Of a name that is letters all the way down; "'s" and articles can come to light once others are gone.
    if key and key.isascii() and key.split()[0] not in {"the", "its", "a", "an"}:
        assert name_key(key) == key


@pytest.mark.parametrize(
    ("right", "given_", "same"),
    [
        ("local authorities", "authorities", True),
        ("authorities", "the local authorities", True),
        ("miners in the Dalad Banner park", "miners", False),
        ("miners", "miners in the north", True),
        ("miners", "all of the bitcoin miners there", False),
        ("Sichuan power plant", "Sichuan hydroelectric power plant", True),
        ("Sichuan power plant", "Sichuan", False),
        (None, None, True),
        (None, "miners", False),
        ("miners", None, False),
    ],
)
def test_phrases(right: str | None, given_: str | None, same: bool) -> None:
    assert same_phrase((right,), given_) is same


def test_any_of_several_names_is_right() -> None:
    assert same_name(("Fennmark", None), "Fennmark plc")
    assert same_name(("Fennmark", None), None)
    assert not same_name(("Fennmark",), None)


def test_numbers_have_a_tolerance_and_counts_have_none() -> None:
    assert same_number((3400,), 3401.7)
    assert not same_number((3400,), 3401.8)
    assert same_number((None, 5), None)
    assert not same_number((5,), None)
    assert same_quantity(_gold("power", 40), quantity("power", 40.02, "40 MW"))
    assert not same_quantity(_gold("machines", 10_000), quantity("machines", 10_001, "1,200 machines"))


def test_units_currencies_coins_and_ranges_are_part_of_a_figure() -> None:
    assert not same_quantity(_gold("power", 40), quantity("power", 40, "40 MW", unit="MWh"))
    dollars = quantity("money", 40, "40", currency="USD")
    assert same_quantity(_gold("money", 40, currency=("USD", "CAD")), dollars)
    assert same_quantity(_gold("money", 40), dollars)
    assert not same_quantity(_gold("money", 40, currency=("EUR",)), dollars)
    assert not same_quantity(_gold("coins", 40, unit=("BTC",)), quantity("coins", 40, "40", unit="ETH"))
    wide = quantity("power", 40, "40", low=30.0, high=50.0)
    assert same_quantity(_gold("power", 40, low=(30,), high=(50,)), wide)
    assert same_quantity(_gold("power", 40), wide)
    assert not same_quantity(_gold("power", 40, low=(30,), high=(60,)), wide)


def _gold(kind: str, value: float, **fields: tuple[object, ...]) -> GoldQuantity:
    empty = {"unit": (), "currency": (), "low": (), "high": ()}
    return GoldQuantity(kind=kind, value=(value,), qualifier=("exact",), optional=False, words=None, **empty | fields)
