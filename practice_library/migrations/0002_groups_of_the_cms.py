"""Who may do what in the CMS from the first day: editors keep the library, moderators can hide an entry."""

from django.db import migrations

VOCABULARIES = ["cohort", "systemcondition", "outcome", "theme", "stage", "workforcegroup", "keyword", "synonymgroup"]
KEPT_BY_EDITORS = {
    "practice_library": ["study", "source", "openquestion", *VOCABULARIES],
    "places": ["organisation"],
}
ON_PAGES = {
    "Editors": ["add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"],
    # Enough to find a page and to stop work on it while a report is looked into; what moderators do is hide.
    "Moderators": ["lock_page", "unlock_page"],
}


def permission(apps, app_label, model, codename, name):
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(app_label=app_label, model=model)
    found, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return found


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    GroupPagePermission = apps.get_model("wagtailcore.GroupPagePermission")
    root = apps.get_model("wagtailcore.Page").objects.filter(depth=1).first()
    admin = permission(apps, "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")
    hide = permission(apps, "practice_library", "entry", "hide_entry", "Can hide an entry from readers")
    for name, codenames in ON_PAGES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(admin, hide)
        GroupPagePermission.objects.filter(group=group).exclude(permission__codename__in=codenames).delete()
        for codename in codenames if root else []:
            words = f"Can {codename.removesuffix('_page').replace('_', ' ')} page"
            GroupPagePermission.objects.get_or_create(
                group=group, page=root, permission=permission(apps, "wagtailcore", "page", codename, words)
            )
    editors = Group.objects.get(name="Editors")
    for app_label, models in KEPT_BY_EDITORS.items():
        for model in models:
            words = apps.get_model(app_label, model)._meta.verbose_name
            for action in ("add", "change", "delete", "view"):
                editors.permissions.add(permission(apps, app_label, model, f"{action}_{model}", f"Can {action} {words}"))
    editors.permissions.add(permission(apps, "practice_library", "study", "publish_study", "Can publish study"))


class Migration(migrations.Migration):
    dependencies = [
        ("practice_library", "0001_initial"),
        ("places", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0094_alter_page_locale"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="entry",
            options={
                "permissions": [("hide_entry", "Can hide an entry from readers")],
                "verbose_name_plural": "entries",
            },
        ),
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
