from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    name = "website.components"
    label = "components"
    default_auto_field = "django.db.models.BigAutoField"
