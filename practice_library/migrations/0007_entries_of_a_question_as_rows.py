"""What a question is about becomes rows of its own, so that the CMS can offer a chooser in place of a list of all entries."""

import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


def carry_over(apps, schema_editor):
    rows = apps.get_model("practice_library", "QuestionEntry")
    named = apps.get_model("practice_library", "OpenQuestion").entries.through.objects.order_by("pk")
    rows.objects.bulk_create(
        rows(question_id=question, entry_id=entry) for question, entry in named.values_list("openquestion", "entry")
    )


class Migration(migrations.Migration):
    dependencies = [("practice_library", "0006_public_ratings_outlive_entries")]

    operations = [
        migrations.CreateModel(
            name="QuestionEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="question_rows",
                        to="practice_library.entry",
                    ),
                ),
                (
                    "question",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entry_rows",
                        to="practice_library.openquestion",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("question", "entry"), name="question_names_an_entry_once")
                ],
            },
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RemoveField(model_name="openquestion", name="entries"),
        migrations.AddField(
            model_name="openquestion",
            name="entries",
            field=models.ManyToManyField(
                related_name="questions", through="practice_library.QuestionEntry", to="practice_library.entry"
            ),
        ),
    ]
