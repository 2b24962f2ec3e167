"""The plain registers of the law, by wagtail-modeladmin."""

from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup

from legal_docs.models import DocumentType, Field, Signer
from portal.core.admin_search import FoldedSearch
from portal.organisations.admin.registers import REGISTERS


class DocumentTypeAdmin(ModelAdmin):
    model = DocumentType
    menu_icon = "list-ul"
    list_display = ("name", "label", "abbreviation", "work_class", "normative", "rank")
    list_filter = ("work_class", "normative", "level")
    search_fields = ("name", "abbreviation")
    search_handler_class = FoldedSearch


class FieldAdmin(ModelAdmin):
    model = Field
    menu_icon = "tag"
    list_display = ("name", "parent", "order")
    search_fields = ("name",)
    search_handler_class = FoldedSearch


class SignerAdmin(ModelAdmin):
    model = Signer
    menu_icon = "user"
    list_display = ("name",)
    search_fields = ("name",)
    search_handler_class = FoldedSearch


class LawRegisters(ModelAdminGroup):
    menu_label = _("Registers")
    menu_icon = "table"
    menu_order = 700
    items = (DocumentTypeAdmin, FieldAdmin, SignerAdmin, *REGISTERS)
