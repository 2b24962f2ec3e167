from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "portal.organisations"
    label = "organisations"
    verbose_name = _("Organisations")

    def ready(self) -> None:
        from django.db.models.signals import pre_save

        from .flags import refuse_superuser_flag
        from .models import User

        pre_save.connect(refuse_superuser_flag, sender=User, dispatch_uid="no superuser with roles")
