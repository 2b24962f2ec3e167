from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "portal.editorial"
    label = "editorial"
    verbose_name = _("Editorial review")

    def ready(self) -> None:
        from django.db.models.signals import pre_delete
        from wagtail.models import Revision

        from portal.core import clock
        from portal.core.page_cache import register_stamp

        from . import authors, checks, dashboard, error_reports, mailing
        from .checkpoints import sign_when_due
        from .guard import refuse_deletion
        from .ledger import newest_number
        from .models import publishable_models
        from .rules import delivering, doing, noticing  # noqa: F401
        from .signals import went_live
        from .workflow import deadlines, receivers, reviewing  # noqa: F401

        register_stamp(newest_number)
        dashboard.connect()
        pre_delete.connect(authors.keep_authors, sender=Revision, dispatch_uid="authors")
        went_live.connect(error_reports.corrected, dispatch_uid="reports closed")
        clock.register("ledger-checkpoints", 60, sign_when_due)
        clock.register("publish-approved", 60, reviewing.publish_due)
        clock.register("review-reminders", 3600, deadlines.remind)
        clock.register("forget-addresses", 86400, error_reports.forget_addresses)
        clock.register("mail-waiting", 600, mailing.send_waiting)
        clock.register("mail-digest", 86400, mailing.send_digests)
        checks.load(checks)
        clock.register("rules-waiting", 60, doing.perform_waiting)
        clock.register("rules-deliveries", 60, delivering.send_waiting)
        clock.register("rules-forget", 86400, delivering.forget_old)
        self._guard_the_tables()

        def refuse(sender, instance, **kwargs) -> None:
            refuse_deletion(instance)

        # ``queryset.delete()`` calls no ``delete()`` of the model, but this.
        for model in publishable_models():
            pre_delete.connect(refuse, sender=model, weak=False, dispatch_uid=model._meta.label)

    def _guard_the_tables(self) -> None:
        from django.db.models.signals import post_migrate, pre_migrate

        from . import checks_database, protection  # noqa: F401
        from .protection import AppendOnlyTable

        protection.register(
            AppendOnlyTable("editorial_publicationrecord", ("id", "number", "hash"))
        )
        protection.register(AppendOnlyTable("editorial_frozencontent", ("hash",)))
        protection.register(AppendOnlyTable("editorial_approval"))
        protection.register(AppendOnlyTable("editorial_revocation"))
        protection.register(AppendOnlyTable("organisations_auditentry"))
        protection.register(AppendOnlyTable("editorial_signingkey", ("id", "name")))
        protection.register(AppendOnlyTable("editorial_checkpoint"))

        def put_back(using: str, **kwargs) -> None:
            protection.install(using)

        def step_aside(using: str, **kwargs) -> None:
            protection.step_aside(using)

        pre_migrate.connect(step_aside, sender=self, weak=False, dispatch_uid="ledger-aside")
        post_migrate.connect(put_back, sender=self, weak=False, dispatch_uid="ledger-guard")
