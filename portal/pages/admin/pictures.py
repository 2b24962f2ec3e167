"""The form of a picture: what can't be read to its end is refused when it comes, not when a reader
asks for it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from PIL import Image as PillowImage
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class WholePictureField(WagtailImageField):
    """Wagtail reads the head of a picture; this reads all of it."""

    def to_python(self, data):
        try:
            found = super().to_python(data)
            if found is not None:
                found.seek(0)
                with PillowImage.open(found) as opened:
                    opened.load()
                found.seek(0)
        except ValidationError:
            raise
        except Exception as error:
            message = self.error_messages["invalid_image"]
            raise ValidationError(message, code="invalid_image") from error
        return found


class PictureForm(BaseImageForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            self.fields["file"] = WholePictureField(
                label=file.label, required=file.required, help_text=file.help_text,
                widget=file.widget,
            )  # fmt: skip
