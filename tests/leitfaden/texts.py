"""Texts for tests: people, a small document, and markup of every kind."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.contrib.auth.models import Permission
from hypothesis import strategies as st

from leitfaden import actions, editions
from leitfaden.changes import Change, Insert
from leitfaden.content import Content
from leitfaden.models import Document, Edition, Kind, Revision
from leitfaden.trees import Node, Tree, load_tree
from tests.factories import UserFactory
from vielfalt.accounts.models import User


def editor(name: str = "Redaktion") -> User:
    """Somebody who edits texts and publishes editions, and may do nothing else."""
    user = UserFactory(name=name, is_staff=True)
    rights = ["change_document", "publish_edition"]
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return User.objects.get(pk=user.pk)


def text(words: str) -> Content:
    return Content.clean(html=f"<p>{words}</p>")


def titled(title: str, **fields: object) -> Content:
    return Content.clean(title=title, fields=fields)


def small_document(by: User, paragraphs: Sequence[str] = ("eins", "zwei", "drei")) -> Document:
    """A document with one module, one section and paragraphs in it."""
    document = actions.create_document(slug="leitfaden", title="Leitfaden", by=by)
    module = Insert(Kind.MODULE, titled("Rolle und Aufgaben", ue=4))
    section = Insert(Kind.INTRODUCTION, titled("Einführung"), module.block)
    save(document, module, section, *_paragraphs(paragraphs, section.block, None), by=by)
    return document


def lengthen(document: Document, paragraphs: Sequence[str], by: User) -> None:
    """Let more paragraphs follow the last one of a small document."""
    section = passage(document, "Einführung")
    save(document, *_paragraphs(paragraphs, section.id, section.children[-1].id), by=by)


def _paragraphs(paragraphs: Sequence[str], section: UUID, after: UUID | None) -> Iterator[Insert]:
    for words in paragraphs:
        yield (one := Insert(Kind.TEXT, text(words), section, after))
        after = one.block


def save(document: Document, *changes: Change, by: User, base: Revision | None = None) -> Revision:
    """Save changes to what is there now, or to ``base``."""
    return actions.save_revision(document=document, base=base or head(document), changes=changes, by=by)


def head(document: Document) -> Revision:
    return Document.objects.get(pk=document.pk).head


def publish(document: Document, label: str, *people: User) -> Edition:
    """Publish what is there now as an edition, approved by these people."""
    edition = editions.create_edition(document=document, label=label, revision=head(document), by=people[0])
    for person in people:
        editions.approve(edition=edition, by=person)
    return editions.publish(edition=edition, by=people[0])


def tree(document: Document) -> Tree:
    return load_tree(head(document))


def passage(document: Document, words: str) -> Node:
    """The passage that says exactly this."""
    return next(node for node in tree(document).walk() if words in (node.version.plain, node.title))


def words(document: Document) -> list[str]:
    """What the document says, passage by passage."""
    return [node.title or node.version.plain for node in tree(document).walk()]


MARKUP = """
    <script> </script> <style> </style> <svg/onload=x> <svg> <math> <mtext> <mglyph> <table> <tr> <td> </td> </tr>
    <th/scope=x> <td/colspan=3> </table> <tbody> <thead> <caption> <img/src=x/onerror=y> <p> </p> <p/onclick=x> <b> </b>
    <em> </em> <i/style=color:red> <a/href="http://e.de"> <a/href="#k7m2"> <a/href=" "> ' < > </a> <ul> <ol/start=3>
    <li> </li> </ol> </ul> <!-- --> <template> </template> <noscript> <iframe/src=x> <textarea> </textarea> <title>
    <xmp> <base/href=x> <form/action=x> <input> <meta/http-equiv=refresh> <link/rel=x> <object/data=x> <embed>
    javascript:x data:text/html,x vbscript:x &#106;avascript: java&Tab;script: &lt;script&gt; &amp;lt; &nbsp; Lots*innen
    <![CDATA[ ]]> <?php <div> </div> <h2> </h2> <br> onclick=x <blockquote> </blockquote> <figure> </figure>
    <figcaption> <span/class="footnote"> <span/class="footnote/x"> <span/dir=rtl> </span> <sup> </sup>
    <p/dir="rtl"/lang="ar">
    مرحبا 😀 \u202e <img/src="data:image/png,x"/alt=x>
    <img/src="/leitfaden/bilder/0123456789abcdef0123456789abcdef.webp"/alt=Bild>
    <dl> <dt> <dd> </dl> <br/><br/> <strong> </strong>
"""
PIECES = st.sampled_from([*MARKUP.split(), " ", "\n", "\n\n", "\t", "\x00", "Wort", "Wort."])
MARKED_UP = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=24).map("".join)
