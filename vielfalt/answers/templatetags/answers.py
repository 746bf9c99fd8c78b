"""Parts of pages that are rendered once for many readers."""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context

from vielfalt.answers.sharing import is_personal
from vielfalt.answers.values import kept_part

register = template.Library()


class KeptNode(template.Node):
    """What stands between ``{% kept "name" … %}`` and ``{% endkept %}``."""

    def __init__(self, inside: NodeList, name: list[FilterExpression]) -> None:
        self.nodelist = inside
        self.name = name

    def render(self, context: Context) -> str:
        request = getattr(context, "request", None)
        if request is None or is_personal(request):
            return self.nodelist.render(context)
        name = tuple(part.resolve(context) for part in self.name)
        return kept_part(name, lambda: self.nodelist.render(context))


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Render a part once for all readers who are not logged in, for as long as nothing has changed.

    ``{% kept "card" programme.pk %}…{% endkept %}``: the words after ``kept`` say everything that the part depends
    on, apart from the database and the day. There is no form in it, whose token is one reader's.
    """
    name = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    inside = parser.parse(("endkept",))
    parser.delete_first_token()
    if not name:
        message = "A part that is kept has a name."
        raise template.TemplateSyntaxError(message)
    return KeptNode(inside, name)
