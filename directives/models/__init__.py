"""Directives (văn bản chỉ đạo, điều hành)."""

from .directive import Directive, DirectiveKeyword, DirectiveSignature, Urgency

__all__ = ["Directive", "DirectiveKeyword", "DirectiveSignature", "Urgency"]
