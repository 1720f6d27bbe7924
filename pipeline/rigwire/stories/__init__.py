"""Reports of one event into one story: which belong together, what is best known, what is disputed. Pure functions."""

from rigwire.stories.blocks import blocks_of, days_within_reach, is_dated, sought_blocks
from rigwire.stories.figures import scope_of
from rigwire.stories.partition import Decisions, anchor_pair, components, is_linked, neighbourhoods, partition
from rigwire.stories.report import Figure, Key, Party, Period, Report
from rigwire.stories.truth import Conflict, Story, tell
from rigwire.stories.wording import content_words

__all__ = [
    "Conflict",
    "Decisions",
    "Figure",
    "Key",
    "Party",
    "Period",
    "Report",
    "Story",
    "anchor_pair",
    "blocks_of",
    "components",
    "content_words",
    "days_within_reach",
    "is_dated",
    "is_linked",
    "neighbourhoods",
    "partition",
    "scope_of",
    "sought_blocks",
    "tell",
]
