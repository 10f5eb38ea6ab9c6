from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0007_unanswered_requests'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='profile',
            name='profile_present',
        ),
        migrations.AddIndex(
            model_name='profile',
            index=models.Index(fields=['-confirmed_at', 'id'], name='profile_last_confirmed'),
        ),
        migrations.AddIndex(
            model_name='blockagegotround',
            index=models.Index(fields=['condition', 'profile'], name='blockage_of_condition'),
        ),
        migrations.AddIndex(
            model_name='skillclaim',
            index=models.Index(fields=['skill', '-level', '-last_used', 'profile'], name='claim_furthest_first'),
        ),
    ]
