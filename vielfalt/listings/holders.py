"""Things of organisations of every kind, named by ``content_type`` and ``object_id`` without knowing any kind."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from vielfalt.listings.models import Organisation, organisation_models


def key_of(organisation: Organisation) -> str:
    """Return the text that stands for an organisation in forms: its kind and its number."""
    return f"{organisation._meta.label_lower}:{organisation.pk}"


def held_by(chosen: Callable[[type[Organisation]], QuerySet]) -> Q:
    """Whose organisations are those that ``chosen`` picks of each kind."""
    condition = Q(pk=None)
    for model in organisation_models():
        kind = {"content_type__app_label": model._meta.app_label, "content_type__model": model._meta.model_name}
        condition |= Q(**kind, object_id__in=chosen(model).order_by().values("pk"))
    return condition
