
import django.db.models.deletion
import django.utils.timezone
import portal.editorial.models.rules
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('editorial', '0011_error_reports'),
        ('organisations', '0003_keep_rights'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ContentRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('event', models.CharField(choices=[('gui', 'Sent for review'), ('tra', 'Returned'), ('duyet', 'Approved'), ('dang', 'Went live'), ('dinh-chinh', 'Corrected'), ('go', 'Taken down'), ('qua-han', 'Overdue')], max_length=12, verbose_name='when')),
                ('content', models.CharField(blank=True, choices=[('', 'All content'), ('legal', 'Legal documents'), ('directive', 'Directives'), ('news', 'News'), ('page', 'Pages')], max_length=10, verbose_name='content')),
                ('kinds', models.JSONField(blank=True, default=list, verbose_name='types')),
                ('conditions', models.JSONField(blank=True, default=list, verbose_name='conditions')),
                ('active', models.BooleanField(default=True, verbose_name='in use')),
                ('trial', models.BooleanField(default=True, help_text='It only logs what it would do.', verbose_name='on trial')),
                ('secret', models.CharField(default=portal.editorial.models.rules._secret, editable=False, max_length=64)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='unit')),
            ],
            options={
                'verbose_name': 'content rule',
                'verbose_name_plural': 'content rules',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RuleAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('vai-tro', 'Tell people of a role over the unit'), ('thu', 'Send an e-mail'), ('tu-khoa', 'Add a keyword to the draft'), ('gui-duyet', 'Send the draft for review'), ('webhook', 'Call an address (signed)')], max_length=10, verbose_name='act')),
                ('target', models.CharField(blank=True, max_length=500)),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='editorial.contentrule')),
            ],
            options={
                'verbose_name': 'action of a rule',
                'verbose_name_plural': 'actions of rules',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RuleRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(choices=[('gui', 'Sent for review'), ('tra', 'Returned'), ('duyet', 'Approved'), ('dang', 'Went live'), ('dinh-chinh', 'Corrected'), ('go', 'Taken down'), ('qua-han', 'Overdue')], max_length=12)),
                ('object_id', models.PositiveBigIntegerField()),
                ('label', models.CharField(max_length=255)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('dry', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('cho', 'Waits'), ('xong', 'Done'), ('mot-phan', 'Partly done'), ('hong', 'Failed')], db_index=True, default='cho', max_length=8)),
                ('lines', models.JSONField(default=list)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='editorial.contentrule')),
            ],
            options={
                'verbose_name': 'run of a rule',
                'verbose_name_plural': 'runs of rules',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('vai-tro', 'Tell people of a role over the unit'), ('thu', 'Send an e-mail'), ('tu-khoa', 'Add a keyword to the draft'), ('gui-duyet', 'Send the draft for review'), ('webhook', 'Call an address (signed)')], max_length=10)),
                ('target', models.CharField(max_length=500)),
                ('body', models.JSONField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_try', models.DateTimeField(default=django.utils.timezone.now)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='editorial.rulerun')),
            ],
            options={
                'verbose_name': 'delivery of a rule',
                'verbose_name_plural': 'deliveries of rules',
                'indexes': [models.Index(fields=['sent_at', 'next_try'], name='delivery_waiting')],
            },
        ),
    ]
