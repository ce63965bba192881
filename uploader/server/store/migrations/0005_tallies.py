from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0004_replacing'),
    ]

    operations = [
        migrations.AddField(
            model_name='changecounter',
            name='processed',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='changecounter',
            name='failed',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
    ]
