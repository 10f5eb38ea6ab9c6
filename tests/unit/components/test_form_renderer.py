"""Every Django form is rendered with a name, a hint and an error for each control; the CMS keeps its own widgets."""

from __future__ import annotations

import re

from django import forms


class PlaceForm(forms.Form):
    name = forms.CharField(help_text="As people there call it")
    note = forms.CharField(required=False, widget=forms.Textarea)
    role = forms.ChoiceField(
        choices=[("help", "As help"), ("obstacle", "As obstacle")], widget=forms.RadioSelect
    )
    cohorts = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)
    started = forms.DateField(widget=forms.SelectDateWidget(years=[2015, 2016]))
    agreed = forms.BooleanField()
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("The place is already there.")


def labelled(html: str) -> set[str]:
    return set(re.findall(r'<label[^>]* for="([^"]+)"', html))


def controls(html: str) -> set[str]:
    tags = re.findall(r"<(?:input|select|textarea)\b[^>]*>", html)
    return {re.search(r'id="([^"]+)"', tag)[1] for tag in tags if 'type="hidden"' not in tag}


def test_every_control_has_a_label():
    html = str(PlaceForm())
    assert controls(html) == labelled(html)
    assert len(controls(html)) == 10


def test_an_optional_field_says_so():
    assert "Note (optional)" in str(PlaceForm())
    assert "Name (optional)" not in str(PlaceForm())


def test_hint_and_error_are_tied_to_their_control():
    html = str(PlaceForm({"name": ""}))
    tag = re.search(r'<input[^>]*id="id_name"[^>]*>', html)[0]
    assert 'aria-describedby="id_name_helptext id_name_error"' in tag
    assert 'aria-invalid="true"' in tag
    assert "govuk-input--error" in tag
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html


def test_all_errors_stand_in_one_summary_that_leads_to_the_fields():
    html = str(PlaceForm({"name": ""}))
    summary = html[: html.index("govuk-form-group")]
    assert "The place is already there." in summary
    assert 'href="#id_name"' in summary
    assert "Token" in summary, "an error of a hidden field must not be lost"
    assert "govuk-error-summary" not in str(PlaceForm())


def test_chosen_values_stay_chosen():
    html = str(
        PlaceForm(
            {
                "role": "obstacle",
                "cohorts": ["b"],
                "started_day": "3",
                "started_month": "4",
                "started_year": "2016",
            }
        )
    )
    assert re.search(r'value="obstacle"[^>]* checked', html)
    assert re.search(r'value="b"[^>]* checked', html)
    assert not re.search(r'value="help"[^>]* checked', html)
    assert '<option value="2016" selected>' in html


def test_what_a_visitor_typed_is_escaped():
    html = str(PlaceForm({"name": '"><script>alert(1)</script>'}))
    assert "<script>" not in html


def test_a_control_outside_the_public_form_is_left_as_django_has_it():
    assert str(PlaceForm()["name"]).count("govuk-") == 0
