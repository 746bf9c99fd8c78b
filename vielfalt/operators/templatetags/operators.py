"""Whom to ask about a strand of the portal."""

from typing import Any

from django import template
from django.db.models import Model

from vielfalt.operators.models import Operator, Responsibility, Strand

register = template.Library()


@register.inclusion_tag("components/operator.html")
def contact_point(about: Model | str, *, heading: int = 2) -> dict[str, Any]:
    """Name whom to ask about the strand that an entry belongs to: ``{% contact_point carrier %}``, one query.

    Those who lead it; where nobody does, its partners.
    """
    strand = Strand.of(about)
    operators = list(Operator.objects.running(strand).with_logo())
    leading = [operator for operator in operators if operator.role == Responsibility.Role.LEADING]
    return {"strand": strand, "operators": leading or operators, "heading": heading}
