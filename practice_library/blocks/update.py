"""Dated news of an entry, written after it was published."""

from __future__ import annotations

from wagtail import blocks


class UpdateBlock(blocks.StructBlock):
    """One dated update."""

    date = blocks.DateBlock()
    text = blocks.TextBlock(help_text="What is new. No details of children or families.")
    source = blocks.CharBlock(required=False, max_length=300)

    class Meta:
        icon = "date"
        label = "Update"
