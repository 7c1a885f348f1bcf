"""Form widgets of the editor."""

from django import forms


class TopicPicker(forms.CheckboxSelectMultiple):
    """Tick the topics; sending none removes all."""
