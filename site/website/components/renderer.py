"""One renderer for every Django form, allauth's too: errors first, label, hint, control, in govuk-frontend markup."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """`{{ form }}` uses templates/django/forms/; widgets stay as Django has them, because the CMS shares them."""

    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"
