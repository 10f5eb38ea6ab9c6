"""How many were reached, in each group for which it is known."""

from __future__ import annotations

from wagtail import blocks


class ReachBlock(blocks.StructBlock):
    """Eligible, offered, started, finished. An empty number is not reported, never nought."""

    group = blocks.CharBlock(max_length=120, help_text="Everyone, or the group these numbers are about.")
    eligible = blocks.IntegerBlock(required=False, min_value=0)
    offered = blocks.IntegerBlock(required=False, min_value=0)
    started = blocks.IntegerBlock(required=False, min_value=0)
    finished = blocks.IntegerBlock(required=False, min_value=0)
    period = blocks.CharBlock(required=False, max_length=60)
    source = blocks.CharBlock(required=False, max_length=300, help_text="Where the numbers were published.")

    class Meta:
        icon = "group"
        label = "Reach"
