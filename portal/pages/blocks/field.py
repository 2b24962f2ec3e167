"""A stream field whose blocks are code: migrations hold its name, not its definition."""

from __future__ import annotations

from django.utils.module_loading import import_string
from wagtail.fields import StreamField


class BlocksField(StreamField):
    """``blocks`` is the dotted name of a ``StreamBlock``; it is read when first needed."""

    def __init__(self, blocks: str = "", **kwargs) -> None:
        self.blocks = blocks
        super().__init__(_Later(blocks), **kwargs)

    def deconstruct(self):
        # Past ``StreamField``, which would write out every block.
        name, path, _args, kwargs = super(StreamField, self).deconstruct()
        return name, path, [], kwargs | {"blocks": self.blocks}

    @property
    def stream_block(self):
        if isinstance(self.block_types_arg, _Later):
            self.block_types_arg = import_string(self.block_types_arg.name)()
            self.block_types_arg.set_meta_options(self.block_opts)
        return self.block_types_arg


class _Later:
    """The name of a block class that is not imported yet."""

    def __init__(self, name: str) -> None:
        self.name = name
