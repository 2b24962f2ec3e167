import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("editorial", "0003_record_facts")]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lines', models.PositiveBigIntegerField(verbose_name='lines')),
                ('hash', models.CharField(max_length=64, verbose_name='hash')),
                ('at', models.DateTimeField(verbose_name='at')),
                ('key', models.CharField(max_length=16)),
                ('portal', models.CharField(max_length=255)),
                ('signature', models.CharField(max_length=128)),
            ],
            options={
                'verbose_name': 'checkpoint',
                'verbose_name_plural': 'checkpoints',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='SigningKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='beginning of its SHA-256', max_length=16, unique=True)),
                ('public', models.CharField(max_length=64)),
                ('since', models.DateTimeField()),
                ('introduced_by', models.CharField(blank=True, max_length=16)),
                ('signature', models.CharField(help_text='over its statement', max_length=128)),
            ],
            options={
                'verbose_name': 'signing key',
                'verbose_name_plural': 'signing keys',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='WitnessLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('witness', models.CharField(max_length=500)),
                ('sent_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_try', models.DateTimeField()),
                ('error', models.CharField(blank=True, max_length=300)),
                ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='editorial.checkpoint')),
            ],
            options={
                'verbose_name': 'letter to a witness',
                'verbose_name_plural': 'letters to witnesses',
                'constraints': [models.UniqueConstraint(fields=('checkpoint', 'witness'), name='letter_once')],
            },
        ),
    ]
