from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "website.places"
    label = "places"
    verbose_name = "Places"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell whoever indexes or remembers names when one changes."""
        from website.places import receivers

        receivers.connect()
