"""Materials that another place may reuse, each under a licence."""

from __future__ import annotations

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from ..choices import Licence


class MaterialBlock(blocks.StructBlock):
    """A protocol, job description, threshold text, agreement or business case."""

    title = blocks.CharBlock(max_length=200)
    kind = blocks.ChoiceBlock(
        choices=[
            ("protocol", "Protocol or guide"),
            ("job-description", "Job description"),
            ("threshold-text", "Threshold text"),
            ("data-sharing-agreement", "Data-sharing agreement"),
            ("business-case", "Business case"),
            ("training", "Training material"),
            ("other", "Other"),
        ]
    )
    address = blocks.URLBlock(required=False, help_text="Where it is published, if it is.")
    document = DocumentChooserBlock(required=False)
    licence = blocks.ChoiceBlock(
        choices=Licence.choices, required=False, help_text="Without a licence it can be read but not reused."
    )

    class Meta:
        icon = "doc-full"
        label = "Material to reuse"
