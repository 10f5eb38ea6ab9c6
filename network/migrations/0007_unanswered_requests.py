from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0006_reports_of_entries'),
    ]

    operations = [
        migrations.AddField(
            model_name='ask',
            name='asker_told_at',
            field=models.DateTimeField(blank=True, help_text='That there is no answer.', null=True),
        ),
        migrations.AddField(
            model_name='ask',
            name='reminded_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
