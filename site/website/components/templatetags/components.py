"""What an include cannot do: capture markup, dress a Django widget for a public form, and list hundreds of values fast."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import escape
from django.utils.safestring import SafeString

from website.components.shapes import FacetValue, Option

register = template.Library()
CHECKED, SELECTED = SafeString(" checked"), SafeString(" selected")

CLASS_OF = (
    (forms.Textarea, "govuk-textarea"),
    (forms.SelectMultiple, "govuk-select"),
    (forms.Select, "govuk-select"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.FileInput, "pc-file"),
    (forms.widgets.Input, "govuk-input"),
)


@register.simple_block_tag
def markup(content: SafeString) -> SafeString:
    """`{% markup as body %}...{% endmarkup %}`: keep a piece of the page to hand it to a component."""
    return content


#: Always escapes, whatever it is given, so that a remembered text is safe wherever it comes from. A remembered answer
#: makes no call in Python: on 3.11 a call deep in a template may map memory each time (python/cpython#142183).
escaped = lru_cache(maxsize=20_000)(escape)


@register.simple_tag
def facet_values(name: str, values: Sequence[FacetValue]) -> SafeString:
    """The list items of a filter. A page of search shows 500 values: a template loop takes 60 ms for them, this 1."""
    own = escaped(name)
    return SafeString(
        "".join(
            [
                f'<li class="pc-facet__value{"" if value.count else " pc-facet__value--none"}">'
                f'<input type="checkbox" name="{own}" value="{escaped(value.value)}" id="{own}-{escaped(value.value)}"'
                f'{CHECKED if value.selected else ""}><label for="{own}-{escaped(value.value)}">'
                f'{escaped(value.label)}</label><span class="pc-facet__count">{value.count:d}</span></li>'
                for value in values
            ]
        )
    )


@register.simple_tag
def option_list(options: Sequence[Option]) -> SafeString:
    """The choices of a long select."""
    return SafeString(
        "\n".join(
            [
                f'<option value="{escaped(option.value)}"{SELECTED if option.selected else ""}>{escaped(option.text)}'
                "</option>"
                for option in options
            ]
        )
    )


@register.filter
def control(field: BoundField) -> SafeString:
    """The widget of a field with the class of its kind.

    Widgets are dressed here and not by overriding Django's widget templates, because the CMS renders the same widgets
    with styles of its own.
    """
    widget = field.field.widget
    name = next((name for kind, name in CLASS_OF if isinstance(widget, kind)), "")
    if field.errors and name in {"govuk-input", "govuk-textarea", "govuk-select"}:
        name = f"{name} {name}--error"
    own = widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{own} {name}".strip()} if name else None)


@register.filter
def shape(field: BoundField) -> str:
    """Which markup a field needs: hidden, choices (radios or checkboxes), group (several inputs), check or line."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.MultiWidget | forms.SelectDateWidget):
        return "group"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "line"


@register.filter
def kind(field: BoundField) -> str:
    """radios or checkboxes, for a field whose shape is choices (to Django, checkboxes are a kind of radio)."""
    return "checkboxes" if isinstance(field.field.widget, forms.CheckboxSelectMultiple) else "radios"


@register.filter
def parts(field: BoundField) -> list[dict[str, Any]]:
    """The inputs of a field made of several, each with a label of its own, so that none goes unnamed."""
    widget = field.field.widget
    attrs = {"id": field.auto_id, "aria-describedby": field.aria_describedby}
    if field.errors:
        attrs["aria-invalid"] = "true"
    inputs = widget.get_context(field.html_name, field.value(), attrs)["widget"]["subwidgets"]
    named = []
    for part in inputs:
        dress = "govuk-select" if part.get("optgroups") else "govuk-input"
        part["attrs"]["class"] = f"{dress} {dress}--error" if field.errors else dress
        label = part["attrs"].pop("aria-label", "") or part["name"].rsplit("_", 1)[-1].capitalize()
        named.append(
            {
                "id": part["attrs"]["id"],
                "label": label,
                "control": widget._render(part["template_name"], {"widget": part}, field.form.renderer),
            }
        )
    return named
