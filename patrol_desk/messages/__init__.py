"""Words for `Message`: plain data in Chinese and English, no Qt."""

from patrol_desk.messages.render import LANGUAGES, Language, catalogue, render

__all__ = ["LANGUAGES", "Language", "catalogue", "render"]
