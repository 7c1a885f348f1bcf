"""Languages that a page's text can be written in."""

from django.utils.translation import gettext_lazy as _

LANGUAGES = [
    ("nb", _("Norwegian Bokmål")),
    ("nn", _("Norwegian Nynorsk")),
    ("en", _("English")),
    ("se", _("Northern Sámi")),
]
DEFAULT = "nb"
