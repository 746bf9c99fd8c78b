"""Words for blocks and comparisons in templates."""

from collections.abc import Mapping, Sequence

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from leitfaden.comparing import Difference
from leitfaden.comparing.rendering import render
from leitfaden.editing import places
from leitfaden.editing.forms import ABOUT
from leitfaden.margins import Margins, Note
from leitfaden.models import Draft
from leitfaden.offers import Offer, Offers
from leitfaden.trees import Node

register = template.Library()

register.filter("name_of", places.name_of)


@register.filter
def field_label(name: str) -> str:
    """How the field of a block is called on pages."""
    return str(ABOUT.get(name, name))


@register.filter
def rendered(difference: Difference) -> SafeString:
    """A comparison as HTML."""
    return render(difference)


@register.filter
def of_node(by_block: Mapping[object, Sequence[str]], node: Node) -> Sequence[str]:
    """What a mapping by block holds for a node."""
    return by_block.get(node.id, [])


@register.simple_tag
def draft_url(draft: Draft) -> str:
    """Where somebody goes on with a draft."""
    if draft.block:
        return reverse("leitfaden:edit_block", args=[draft.block.anchor])
    if draft.after:
        return reverse("leitfaden:new_block", args=[places.AFTER, draft.after.anchor, draft.kind])
    anchor = draft.parent.anchor if draft.parent else places.DOCUMENT
    return reverse("leitfaden:new_block", args=[places.FIRST, anchor, draft.kind])


@register.filter
def number_on(by_block: Mapping[object, int], node: Node) -> int:
    """How many of something there are on a node."""
    return by_block.get(node.id, 0) if by_block else 0


@register.filter
def offered_on(offers: Offers | None, node: Node) -> list[Offer]:
    """What else is offered at a node."""
    return offers.on(node) if offers else []


@register.filter
def noted_beside(margins: Margins | None, node: Node) -> list[Note]:
    """What stands beside a passage while something goes on with the text."""
    return margins.beside(node) if margins else []
