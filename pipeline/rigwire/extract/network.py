"""Hashrates that are beyond any firm: what the whole Bitcoin network computes, year by year."""

from functools import cache

from rigwire.knowledge import read_table

# No firm and hardly a pool has had so large a part of the network since 2016.
_LARGEST_PART = 0.45


@cache
def _networks() -> dict[int, float]:
    """The mean hashrate of the network in PH/s by year, after the public charts of blocks found."""
    return {int(row["year"]): float(row["ehs"]) * 1000 for row in read_table("lexicon/network_hashrate.csv")}


def is_beyond_firms(hashrate: float, published: str | None) -> bool:
    """Tell whether a hashrate in PH/s is too large for a firm when an article of that day was published.

    After the last year of the table its figure goes on; before the first, and without a day, nothing is too large.
    """
    networks = _networks()
    if published is None or int(published[:4]) < min(networks):
        return False
    return hashrate > _LARGEST_PART * networks[min(int(published[:4]), max(networks))]
