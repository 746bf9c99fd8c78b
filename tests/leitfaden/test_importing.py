"""Texts from Markdown and DOCX: what arrives, what is listed, what is refused, and what survives a second import."""

import io
import re
import subprocess
import zipfile

import pypandoc
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from PIL import Image

from leitfaden import actions, commenting, loading
from leitfaden.actions import HeadMovedError
from leitfaden.changes import Edit, Insert
from leitfaden.importing import RefusedError, import_text, plan_import, reading
from leitfaden.models import Comment, Document, Edition, Kind, Origin, Picture, Visibility
from leitfaden.trees import load_tree
from tests.factories import UserFactory
from tests.leitfaden.texts import editor, head, passage, save, text, tree, words

TEXT = """# Unser Leitfaden

Zum Anfang.

## Wie Sie damit arbeiten

### Für wen

Für **alle**, die [lesen](https://example.org).[^n1]

## Modul 1: Kennenlernen {ue="4"}

### Einführung

> Ein Zitat.

### Lernziele {.lernziele}

- eins
    - eins a
- zwei

### Ablauf {.ablauf}

| Zeit | Inhalt |
|------|--------|
| 10   | Beginn |

![Zwei Stühle](bilder/stuehle.png)

### Praxis und Methoden {.praxis}

#### Interview

Fragen Sie.

### Kopiervorlagen {.vorlage}

#### Vorlage 1.1: Fragen

1. Wer?
2. Wo?

## Glossar

UE
:   Unterrichtseinheit, 45 Minuten.

Lots\\*in
:   Wer Wege weist.

[^n1]: Eine *Fußnote*.
"""


def picture(colour="red"):
    file = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(file, "PNG")
    return file.getvalue()


PICTURES = {"bilder/stuehle.png": picture()}


def docx(markdown, *options):
    """A DOCX as a word processor would write it."""
    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "docx", *options]
    return subprocess.run(command, input=markdown.encode(), capture_output=True, check=True).stdout


def changed_docx(content, **files):
    """The same file with other parts, named by the end of their names."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            new.writestr(name, files.pop(name, old.read(name)))
        for name, part in files.items():
            new.writestr(name, part)
    return result.getvalue()


def imported(content=TEXT, document=None, by=None):
    document = document or actions.create_document(slug="leitfaden", title="Leitfaden")
    content = content.encode() if isinstance(content, str) else content
    plan = plan_import(content=content, base=head(document), pictures=PICTURES)
    import_text(document=document, plan=plan, by=by)
    return document


@pytest.mark.django_db
def test_markdown_arrives():
    document = imported()
    found = [(node.level, str(node.kind), node.title or node.html) for node in tree(document).walk()]
    name = Picture.objects.get().name
    assert found == [
        (0, "absatz", "<p>Zum Anfang.</p>"),
        (0, "kapitel", "Wie Sie damit arbeiten"),
        (1, "abschnitt", "Für wen"),
        (
            2,
            "absatz",
            (
                '<p>Für <strong>alle</strong>, die <a href="https://example.org">lesen</a>.'
                '<span class="footnote">Eine <em>Fußnote</em>.</span></p>'
            ),
        ),
        (0, "modul", "Kennenlernen"),
        (1, "einfuehrung", "Einführung"),
        (2, "absatz", "<blockquote><p>Ein Zitat.</p></blockquote>"),
        (1, "lernziele", "Lernziele"),
        (2, "absatz", "<ul><li>eins<ul><li>eins a</li></ul></li><li>zwei</li></ul>"),
        (1, "ablauf", "Ablauf"),
        (
            2,
            "absatz",
            (
                '<table><thead><tr><th scope="col">Zeit</th><th scope="col">Inhalt</th></tr></thead>'
                "<tbody><tr><td>10</td><td>Beginn</td></tr></tbody></table>"
            ),
        ),
        (
            2,
            "absatz",
            f'<figure><img alt="Zwei Stühle" height="30" src="/leitfaden/bilder/{name}.webp" width="40"></figure>',
        ),
        (1, "praxis", "Praxis und Methoden"),
        (2, "methode", "Interview"),
        (3, "absatz", "<p>Fragen Sie.</p>"),
        (1, "vorlagen", "Kopiervorlagen"),
        (2, "vorlage", "Vorlage 1.1: Fragen"),
        (3, "absatz", "<ol><li>Wer?</li><li>Wo?</li></ol>"),
        (0, "kapitel", "Glossar"),
        (1, "begriff", "UE"),
        (1, "begriff", "Lots*in"),
    ]
    module = tree(document).modules[0]
    assert (module.number, module.units) == (1, 4)
    assert {node.version.origin for node in tree(document).walk()} == {Origin.IMPORT}
    assert next(term.html for term in tree(document).terms) == "<p>Unterrichtseinheit, 45 Minuten.</p>"


@pytest.mark.django_db
def test_docx_arrives():
    """Without classes a word processor says by titles what a section is, and by "(4 UE)" how long a module takes."""
    markdown = (
        re.sub(r" \{\.\w+\}", "", TEXT)
        .replace(' {ue="4"}', " (4 UE)")
        .replace("![Zwei Stühle](bilder/stuehle.png)", "")
    )
    plan = plan_import(content=docx(markdown))
    assert (plan.title, plan.mistakes, plan.remarks) == ("Unser Leitfaden", [], [])
    kinds = [str(one.kind) for one in plan.passages]
    for kind in ("modul", "einfuehrung", "lernziele", "ablauf", "praxis", "methode", "vorlagen", "vorlage", "kapitel"):
        assert kind in kinds
    htmls = [one.content.html for one in plan.passages]
    assert "<ul><li>eins<ul><li>eins a</li></ul></li><li>zwei</li></ul>" in htmls
    assert any('<span class="footnote">Eine <em>Fußnote</em>.</span>' in html for html in htmls)
    assert any("<td>Beginn</td>" in html for html in htmls)
    assert [one.content.fields for one in plan.passages if one.kind == Kind.MODULE] == [{"ue": 4}]


@pytest.mark.django_db
def test_pictures_in_a_docx(tmp_path):
    (tmp_path / "stuehle.png").write_bytes(picture())
    content = docx("# Titel\n\n![Zwei Stühle](stuehle.png)\n", "--resource-path", str(tmp_path))
    plan = plan_import(content=content)
    assert 'alt="Zwei Stühle"' in plan.passages[-1].content.html
    assert len(plan.pictures) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("markdown", "remark"),
    [
        ("## A\n\nx <b onclick=y>z</b>", "HTML im Text wird nicht übernommen: „<b onclick=y>“."),
        ("<script>alert(1)</script>\n\nText", "HTML im Text wird nicht übernommen: „<script>alert(1)</script>“."),
        ("Text ![](bilder/stuehle.png)", "Das Bild „bilder/stuehle.png“ hat keine Beschreibung und entfällt deshalb."),
        (
            "![x](https://e.de/x.png) Text",
            "Ein Bild von einer anderen Adresse wird nicht übernommen: „https://e.de/x.png“.",
        ),
        ("![x](data:image/png;base64,xx) Text", "Ein Bild von einer anderen Adresse wird nicht übernommen"),
        ("![x](../../etc/passwd) Text", "Das Bild „../../etc/passwd“ liegt nicht bei und fehlt deshalb."),
        ("![x](bilder/kaputt.png) Text", "Das Bild „bilder/kaputt.png“ entfällt: Das ist kein Bild"),
        ("[x](javascript:alert) Text", "Der Link auf „javascript:alert“ wird zu Text."),
        (
            "# T\n\n## A\n\n### B\n\n#### C\n\n##### D\n\nText",
            "A › B › C: Die Überschrift „D“ liegt zu tief und wird zu fettem Text.",
        ),
        ("# T\n\n## A\n\n#### C\n\nText", "Vor der Überschrift „C“ fehlt eine Ebene; sie rückt auf."),
        ("- a\n    - b\n        - c\n            - d\n                - e", "Eine Liste ist tiefer als 4 Ebenen"),
        ("~~weg~~", "Durchgestrichenes wird zu gewöhnlichem Text: „weg“."),
        ("Text\n\n```\ncode\n```", "Programmtext wird zu gewöhnlichem Text."),
    ],
)
def test_what_cannot_be_taken_is_listed_before_anything_is_written(markdown, remark):
    plan = plan_import(content=markdown.encode(), pictures={**PICTURES, "bilder/kaputt.png": b"x"})
    assert any(remark in one for one in plan.remarks), plan.remarks
    assert plan.mistakes == []
    assert not Document.objects.exists()
    assert not Picture.objects.exists()


@pytest.mark.django_db
def test_what_a_docx_holds_besides():
    content = docx("# Titel\n\nText.")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        main = archive.read("word/document.xml")
    inserted = (
        b'<w:p><w:ins w:id="1" w:author="x" w:date="2026-01-01T00:00:00Z"><w:r><w:t>neu</w:t></w:r></w:ins></w:p>'
    )
    files = {
        "word/document.xml": main.replace(b"</w:body>", inserted + b"</w:body>"),
        "word/comments.xml": b'<w:comments><w:comment w:id="0"/></w:comments>',
        "word/vbaProject.bin": b"x",
        "word/header1.xml": b"<w:hdr/>",
    }
    plan = plan_import(content=changed_docx(content, **files))
    assert plan.remarks == [
        "Makros werden nicht übernommen.",
        "Nachverfolgte Änderungen gelten als angenommen.",
        "Kommentare werden nicht übernommen.",
        "Kopf- und Fußzeilen werden nicht übernommen.",
    ]
    assert "neu" in plan.passages[-1].content.plain


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b" \n", "Diese Datei ist leer."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xx", "mit einem Passwort geschützt oder im alten Format"),
        (b"PK\x03\x04kaputt", "Diese Datei ist beschädigt oder kein DOCX."),
        ("Träger".encode("latin-1"), "in der Kodierung UTF-8"),
        ("Text".encode("utf-16"), "weder Markdown noch DOCX"),
        (b"%PDF-1.7", "weder Markdown noch DOCX"),
        (b"x" * (reading.MOST_BYTES + 1), "größer als 5 MB"),
        (b"PK" + b"x" * reading.MOST_UPLOAD, "größer als 25 MB"),
    ],
    ids=["empty", "password", "broken", "latin-1", "utf-16", "pdf", "long", "large"],
)
def test_refused_files(content, sentence):
    with pytest.raises(RefusedError, match=re.escape(sentence)):
        plan_import(content=content)


def test_other_archives_and_bombs_are_refused(monkeypatch):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w:document/>" + b" " * 1000)
    with pytest.raises(RefusedError, match="beschädigt"):
        plan_import(content=file.getvalue())
    monkeypatch.setattr(reading, "MOST_UNPACKED", 100)
    with pytest.raises(RefusedError, match="ausgepackt zu groß"):
        plan_import(content=file.getvalue())
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("anderes.txt", "x")
    with pytest.raises(RefusedError, match="beschädigt"):
        plan_import(content=file.getvalue())


@pytest.mark.django_db
def test_a_text_that_takes_all_time_or_is_nested_without_end(monkeypatch):
    with pytest.raises(RefusedError, match="zu verschachtelt"):
        plan_import(content=b"> " * 1_500 + b"x")
    monkeypatch.setattr("leitfaden.pandoc.MOST_SECONDS", 0.001)
    with pytest.raises(RefusedError, match="zu verschachtelt"):
        plan_import(content=b"x")


@pytest.mark.django_db
def test_mistakes_write_nothing(monkeypatch):
    monkeypatch.setattr("leitfaden.importing.planning.MOST_BLOCKS", 2)
    document = actions.create_document(slug="leitfaden", title="Leitfaden")
    plan = plan_import(content=b"a\n\nb\n\nc", base=document.head)
    assert plan.mistakes == ["Der Text hat 3 Abschnitte. Ein Dokument hat höchstens 2."]
    with pytest.raises(ValidationError):
        import_text(document=document, plan=plan, by=None)
    assert words(document) == []
    assert plan_import(content=b'## Modul 1: A {ue="x"}\n\nText').mistakes
    assert plan_import(content=b"<!-- -->").mistakes == ["In dieser Datei steht kein Text, der sich übernehmen lässt."]


@pytest.mark.django_db
def test_the_same_text_again_changes_nothing():
    document = imported()
    before = head(document)
    imported(document=document)
    assert head(document) == before


@pytest.mark.django_db
def test_identities_survive_another_import():
    document = imported()
    alice = editor()
    seen = {node.title or node.version.plain: node for node in tree(document).walk()}
    commenting.comment(
        version=seen["Fragen Sie."].version, text="Wen?", visibility=Visibility.PUBLIC, by=alice, quote="Fragen"
    )
    changed = (
        TEXT.replace("Fragen Sie.", "Fragen Sie nach.")
        .replace("Zum Anfang.\n", "Zum Anfang.\n\nGanz neu.\n")
        .replace("> Ein Zitat.\n", "")
        .replace("#### Interview", "#### Interview zu zweit")
    )
    changed = changed.replace("Lots\\*in\n:   Wer Wege weist.\n\n", "").replace(
        "UE\n:", "Lots\\*in\n:   Wer Wege weist.\n\nUE\n:"
    )
    plan = plan_import(content=changed.encode(), base=head(document), pictures=PICTURES)
    assert plan.summary == "1 Abschnitte neu, 2 geändert, 18 unverändert, 1 entfernt"
    import_text(document=document, plan=plan, by=alice)
    for before, after in (
        ("Fragen Sie.", "Fragen Sie nach."),
        ("Interview", "Interview zu zweit"),
        ("Lots*in", "Lots*in"),
        ("UE", "UE"),
        ("Kennenlernen", "Kennenlernen"),
    ):
        assert passage(document, after).anchor == seen[before].anchor
    assert [term.title for term in tree(document).terms] == ["Lots*in", "UE"]
    assert Comment.objects.get().state == "offen"
    assert passage(document, "Fragen Sie nach.").version.previous == seen["Fragen Sie."].version


@pytest.mark.django_db
def test_an_import_does_not_drop_what_somebody_saved_meanwhile():
    document = imported()
    alice = editor()
    plan = plan_import(content=TEXT.encode(), base=head(document), pictures=PICTURES)
    save(document, Edit(passage(document, "Zum Anfang.").version, text("Neu.")), by=alice)
    with pytest.raises(HeadMovedError):
        import_text(document=document, plan=plan, by=alice)
    assert "Neu." in words(document)
    with pytest.raises(PermissionDenied):
        import_text(document=document, plan=plan, by=UserFactory())


@pytest.mark.django_db
def test_the_command(tmp_path, capsys):
    (tmp_path / "bilder").mkdir()
    (tmp_path / "bilder" / "stuehle.png").write_bytes(picture())
    file = tmp_path / "text.md"
    file.write_text(TEXT, encoding="utf-8")
    call_command("import_leitfaden", str(file), "--dry-run")
    assert "Nur geprüft, nichts geschrieben." in capsys.readouterr().out
    assert not Document.objects.exists()
    call_command("import_leitfaden", str(file))
    assert capsys.readouterr().out.split("\n")[-2] == "Stand 2 geschrieben."
    assert Document.objects.get().title == "Unser Leitfaden"
    with pytest.raises(CommandError, match="gibt es nicht"):
        call_command("import_leitfaden", str(tmp_path / "fehlt.md"))
    file.write_bytes(b"\xff")
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("import_leitfaden", str(file))


@pytest.mark.django_db
def test_the_first_text(django_assert_num_queries):
    """The text that ships arrives without a single remark, is published, and is read in one query."""
    alice, bob = editor("Redaktion"), editor("Lektorat")
    plan = plan_import(content=loading.FIRST_TEXT.read_bytes(), pictures=loading.pictures_beside(loading.FIRST_TEXT))
    assert (plan.remarks, plan.mistakes) == ([], [])
    revision = loading.load_first_text(by=alice)
    assert loading.load_first_text(by=alice) is None
    edition = loading.publish_first_edition(revision=revision, label="2026.1", by=alice, second=bob)
    assert list(Edition.objects.current()) == [edition]
    with django_assert_num_queries(1):
        tree_ = load_tree(revision)
        assert len(tree_.by_anchor) == len(tree_.by_id) > 500
        assert [module.units for module in tree_.modules] == [4, 3, 4, 3, 4, 4, 2, 4]
        assert tree_.minutes > 30
    assert all(node.anchor and len(node.anchor) == 4 for node in tree_.walk())
    save(revision.document, Insert(Kind.TEXT, text("danach")), by=alice)
    assert len(load_tree(edition.revision).by_id) == len(tree_.by_id)
