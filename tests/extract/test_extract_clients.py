"""Whom a contract for power is with, where that has no name."""

import numpy as np
import pytest

from rigwire.extract.clients import client_of
from rigwire.extract.pipeline import scan
from rigwire.extract.roles import Anchor


@pytest.mark.parametrize(
    ("sentence", "client"),
    [
        ("ANDE has contracts with 57 legal miners for a total of 1,005 MW.", "57 legal miners"),
        ("It signed with 25 mining companies, most of them Chinese, for about 1,400 MW.", "25 mining companies"),
        ("Soluna leased a hall to two new customers for 23 MW.", None),
        ("Soluna signed a lease to two new customers for 23 MW.", "two new customers"),
        ("TeraWulf has a contract with the grid operator for 90 MW.", None),
        ("It spoke with two customers for an hour and signed for 90 MW.", None),
    ],
)
def test_a_body_that_a_contract_is_with_takes_the_power(sentence: str, client: str | None) -> None:
    view = scan(f"{sentence} It mines bitcoin.", None, None)
    [power] = [measure for measure in view.measures if measure.kind == "power"]
    vector = np.zeros(384, dtype=np.float32)
    anchors = [Anchor(power.start, power.end, type_, "actual", "power", vector) for type_ in ("power_deal", "fleet")]
    assert [client_of(view, anchor) for anchor in anchors] == [client, None]
