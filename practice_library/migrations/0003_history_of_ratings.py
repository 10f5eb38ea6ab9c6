"""Ratings become history: what was computed, what a reviewer set, why a row was stored and which one it replaces."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

DIRECTIONS = [
    ("favourable", "Better"),
    ("no-effect", "No difference"),
    ("mixed", "Mixed"),
    ("adverse", "Worse"),
    ("inconclusive", "Too little to tell"),
    ("not-known", "Not known"),
]
REASONS = [
    ("first", "Rated for the first time"),
    ("facts", "A fact behind it changed"),
    ("standard", "The evidence standard changed"),
    ("overridden", "A reviewer set another value"),
    ("lifted", "A reviewer took a value back"),
    ("ended", "No finding about it is left"),
]


def tell_the_past(apps, schema_editor):
    """Until now nobody could set another value, and a row replaced the one that ended when it was stored."""
    ratings = apps.get_model("practice_library.OutcomeRating").objects.order_by()
    ratings.update(computed_strength=F("strength"), computed_direction=F("direction"))
    before = ratings.filter(
        entry=OuterRef("entry"), outcome=OuterRef("outcome"), superseded_at=OuterRef("rated_at")
    ).exclude(pk=OuterRef("pk"))
    ratings.update(replaces=Subquery(before.values("pk")[:1]))
    ratings.exclude(replaces=None).update(because="facts")
    moments = ratings.values_list("rated_at", flat=True).distinct()
    for moment in list(moments):
        ratings.filter(rated_at=moment).update(rated_on=timezone.localdate(moment))


def make_reviewers(apps, schema_editor):
    """Evidence reviewers work in the CMS and may set a value beside a computed rating; they edit nothing."""
    Permission = apps.get_model("auth.Permission")
    ContentType = apps.get_model("contenttypes.ContentType")
    group, _ = apps.get_model("auth.Group").objects.get_or_create(name="Evidence reviewers")
    for app_label, model, codename, name in (
        ("wagtailadmin", "admin", "access_admin", "Can access Wagtail admin"),
        (
            "practice_library",
            "outcomerating",
            "override_rating",
            "Can set a reviewer's value beside a computed rating",
        ),
    ):
        content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
        found, _ = Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )
        group.permissions.add(found)


class Migration(migrations.Migration):
    dependencies = [("practice_library", "0002_groups_of_the_cms")]

    operations = [
        migrations.AlterModelOptions(
            name="outcomerating",
            options={
                "base_manager_name": "objects",
                "ordering": ["position"],
                "permissions": [("override_rating", "Can set a reviewer's value beside a computed rating")],
            },
        ),
        migrations.AlterField(
            model_name="outcomerating",
            name="outcome",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ratings",
                to="practice_library.outcome",
            ),
        ),
        migrations.AddField(
            model_name="outcomerating",
            name="computed_strength",
            field=models.PositiveSmallIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="outcomerating",
            name="computed_direction",
            field=models.CharField(choices=DIRECTIONS, default="not-known", max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="outcomerating",
            name="rated_on",
            field=models.DateField(
                default=django.utils.timezone.localdate, help_text="the day of rated_at, by which the log groups"
            ),
        ),
        migrations.AddField(
            model_name="outcomerating",
            name="because",
            field=models.CharField(choices=REASONS, default="first", max_length=10),
        ),
        migrations.AddField(
            model_name="outcomerating",
            name="replaces",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="replaced_by",
                to="practice_library.outcomerating",
            ),
        ),
        migrations.AddField(
            model_name="outcomerating",
            name="reason",
            field=models.TextField(blank=True, help_text="why a reviewer set another value, or took it back"),
        ),
        migrations.AddField(
            model_name="outcomerating",
            name="reviewer_role",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="outcomerating",
            name="reviewer_organisation",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="outcomerating", name="reviewed_on", field=models.DateField(null=True)
        ),
        migrations.AddIndex(
            model_name="outcomerating",
            index=models.Index(fields=["-rated_on", "because"], name="rating_day_and_reason"),
        ),
        migrations.RunPython(tell_the_past, migrations.RunPython.noop),
        migrations.RunPython(make_reviewers, migrations.RunPython.noop),
    ]
