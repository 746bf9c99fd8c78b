"""Shows the fields of Django's forms with the portal's own components."""

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

register = template.Library()

CLASSES = {
    forms.CheckboxInput: "kern-form-check__checkbox",
    forms.RadioSelect: "kern-form-check__radio",
    forms.Select: "kern-form-input__select",
}


@register.filter
def control(field: BoundField) -> SafeString:
    """Return the field's widget with KERN's class, described by its hint and by what is wrong with it."""
    name = next((name for kind, name in CLASSES.items() if isinstance(field.field.widget, kind)), None)
    name = name or "kern-form-input__input"
    if field.errors:
        name += f" {name}--error"
    described = [f"{field.id_for_label}-hint"] if field.help_text else []
    described += [f"{field.id_for_label}-error"] if field.errors else []
    # A placeholder that repeats the label only makes an empty field look filled.
    attributes: dict[str, object] = {"class": name, "placeholder": False}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attributes)


@register.filter
def is_choice(field: BoundField) -> bool:
    """Whether the field is a single box to tick, whose label stands after it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_select(field: BoundField) -> bool:
    """Whether the field is a list that unfolds."""
    return isinstance(field.field.widget, forms.Select) and not isinstance(field.field.widget, forms.RadioSelect)


@register.filter
def is_radio(field: BoundField) -> bool:
    """Whether the field is a group of options, which needs a legend instead of a label."""
    return isinstance(field.field.widget, forms.RadioSelect)
