"""Editors keep the skills register from the first day. Nothing about people is theirs to change."""

from django.db import migrations

KEPT_BY_EDITORS = ("skill", "skillgroup", "statementheading")


def give_to_editors(apps, schema_editor):
    editors, _ = apps.get_model("auth.Group").objects.get_or_create(name="Editors")
    content_types = apps.get_model("contenttypes.ContentType").objects
    permissions = apps.get_model("auth.Permission").objects
    for model in KEPT_BY_EDITORS:
        content_type, _ = content_types.get_or_create(app_label="network", model=model)
        words = apps.get_model("network", model)._meta.verbose_name
        for action in ("add", "change", "delete", "view"):
            found, _ = permissions.get_or_create(
                content_type=content_type, codename=f"{action}_{model}", defaults={"name": f"Can {action} {words}"}
            )
            editors.permissions.add(found)


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0001_people_and_skills"),
        ("practice_library", "0002_groups_of_the_cms"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give_to_editors, migrations.RunPython.noop)]
