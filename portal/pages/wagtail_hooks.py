"""Wiring of the admin: nothing is decided here."""

from wagtail import hooks


@hooks.register("construct_main_menu")
def leave_out_foreign_help(request, menu_items) -> None:
    """Wagtail's help leads to pages of another site in another language."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]
