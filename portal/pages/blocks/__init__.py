"""What the body of a page is made of, and what stands in its regions."""

from .body import BodyBlock
from .entries import EntriesBlock
from .field import BlocksField
from .pictures import PictureBlock
from .portlets import PortletsBlock
from .questions import FormFieldsBlock

__all__ = [
    "BlocksField",
    "BodyBlock",
    "EntriesBlock",
    "FormFieldsBlock",
    "PictureBlock",
    "PortletsBlock",
]
