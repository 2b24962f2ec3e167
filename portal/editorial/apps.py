from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorialConfig(AppConfig):
    name = "portal.editorial"
    label = "editorial"
    verbose_name = _("Editorial review")

    def ready(self) -> None:
        from django.apps import apps
        from django.db.models.signals import pre_delete

        from portal.core.page_cache import register_stamp

        from .guard import refuse_deletion
        from .ledger import newest_number
        from .models import Publishable
        from .workflow import receivers  # noqa: F401

        register_stamp(newest_number)

        def refuse(sender, instance, **kwargs) -> None:
            refuse_deletion(instance)

        # ``queryset.delete()`` calls no ``delete()`` of the model, but this.
        for model in apps.get_models():
            if issubclass(model, Publishable):
                pre_delete.connect(refuse, sender=model, weak=False, dispatch_uid=model._meta.label)
