"""Which changes weigh: numbers, duties, negations. Whether a change is one of language only, hangs on it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leitfaden.content import Content
from leitfaden.rounds.wording import Weighing, Weight, weights
from tests.leitfaden.texts import text

NUMBER, DUTY, NEGATION = Weighing.NUMBER, Weighing.DUTY, Weighing.NEGATION


def kinds(old, new):
    return {weight.kind for weight in weights(text(old), text(new))}


NUMBERS = [
    ("Der Kurs hat 20 Einheiten.", "Der Kurs hat 24 Einheiten."),
    ("Der Kurs hat 20 Einheiten.", "Der Kurs hat zwanzig Einheiten."),
    ("Der Kurs hat 20–36 Einheiten.", "Der Kurs hat 20–40 Einheiten."),
    ("Es gibt 12,50 € je Einheit.", "Es gibt 12,00 € je Einheit."),
    ("Es gibt 5 € je Stunde.", "Es gibt 5,50 € je Stunde."),
    ("Das sind 1.000 Lots*innen.", "Das sind 10.000 Lots*innen."),
    ("Die Frist endet am 31.12.", "Die Frist endet am 30.12."),
    ("Es sind 5%.", "Es sind 5‰ und 3%."),
    ("Das dauert drei Tage.", "Das dauert vier Tage."),
    ("Das dauert drei Tage.", "Das dauert dreizehn Tage."),
    ("Das dauert sechs Tage.", "Das dauert sechzehn Tage."),
    ("Das dauert sechs Tage.", "Das dauert sechzig Tage."),
    ("Das dauert siebzehn Tage.", "Das dauert siebzig Tage."),
    ("Das dauert zwanzig Tage.", "Das dauert dreißig Tage."),
    ("Das dauert zwanzig Tage.", "Das dauert einundzwanzig Tage."),
    ("Das dauert einunddreißig Tage.", "Das dauert zweiunddreißig Tage."),
    ("Das sind zweihundert Euro.", "Das sind zweihundertfünfzig Euro."),
    ("Das sind tausend Euro.", "Das sind zweitausend Euro."),
    ("Das sind eine Million Euro.", "Das sind eine Milliarde Euro."),
    ("Sie treffen sich einmal.", "Sie treffen sich zweimal."),
    ("Sie treffen sich einmal.", "Sie treffen sich wieder."),
    ("Sie treffen sich dreimal.", "Sie treffen sich mehrmals."),
    ("Das Doppelte wird gezahlt.", "Das Dreifache wird gezahlt."),
    ("Die Hälfte sind Frauen.", "Ein Drittel sind Frauen."),
    ("Ein Viertel sind Frauen.", "Ein Fünftel sind Frauen."),
    ("Es dauert eine halbe Stunde.", "Es dauert eine Stunde."),
    ("Es dauert anderthalb Stunden.", "Es dauert eineinhalb Stunden."),
    ("Ein Dutzend Menschen kommt.", "Ein Haufen Menschen kommt."),
    ("In der ersten Woche.", "In der zweiten Woche."),
    ("Im dritten Modul.", "Im zwölften Modul."),
    ("Beide kommen.", "Alle kommen."),
    ("Zwei kommen.", "Einige kommen."),
    ("Mit zweien geht es.", "Mit dreien geht es."),
    ("Das dauert zweistündig.", "Das dauert mehrstündig."),
    ("Ein dreitägiges Seminar.", "Ein mehrtägiges Seminar."),
    ("Es ist ½ Stunde.", "Es ist ¼ Stunde."),
    ("Es sind 1,5 Stunden.", "Es sind 15 Stunden."),
    ("Es sind 1,5 Stunden.", "Es sind 1:5 Stunden."),
    ("Null Fehler.", "Wenige Fehler."),
    ("ZWEI TAGE", "DREI TAGE"),
    ("eine Gruppe", "eine Gruppe von 5"),
]
DUTIES = [
    ("Der Träger muss das melden.", "Der Träger soll das melden."),
    ("Der Träger soll das melden.", "Der Träger kann das melden."),
    ("Der Träger sollte das melden.", "Der Träger müsste das melden."),
    ("Sie müssen das melden.", "Sie dürfen das melden."),
    ("Sie mussten das melden.", "Sie konnten das melden."),
    ("Du musst das melden.", "Du kannst das melden."),
    ("Du solltest das melden.", "Du könntest das melden."),
    ("Ihr müsst das melden.", "Ihr sollt das melden."),
    ("Er darf das melden.", "Er mag das melden."),
    ("Das muß so sein.", "Das kann so sein."),
    ("Alle müssen kommen.", "Alle mögen kommen."),
    ("Er müßte kommen.", "Er käme."),
    ("Es sind mindestens fünf.", "Es sind ungefähr fünf."),
    ("Es sind mindestens fünf.", "Es sind höchstens fünf."),
    ("Es sind wenigstens fünf.", "Es sind etwa fünf."),
    ("Es sind maximal fünf.", "Es sind circa fünf."),
    ("Es sind nur fünf.", "Es sind fünf."),
    ("Ausschließlich Vereine.", "Vorwiegend Vereine."),
    ("Spätestens am Freitag.", "Möglichst am Freitag."),
    ("Das ist verpflichtend.", "Das ist freiwillig."),
    ("Sie sind verpflichtet.", "Sie sind eingeladen."),
    ("Das ist Pflicht.", "Das ist üblich."),
    ("Die Pflichten stehen unten.", "Die Aufgaben stehen unten."),
    ("Das ist verbindlich.", "Das ist unverbindlich."),
    ("Das ist erforderlich.", "Das ist hilfreich."),
    ("Das ist notwendig.", "Das ist gut."),
    ("Das ist unbedingt zu tun.", "Das ist zu tun."),
    ("Das ist zwingend.", "Das ist ratsam."),
    ("Wir empfehlen das.", "Wir kennen das."),
    ("Empfohlen wird ein Gespräch.", "Vorgesehen wird ein Gespräch."),
    ("Das ist verboten.", "Das ist erlaubt."),
    ("Das ist untersagt.", "Das ist gesagt."),
    ("Das ist zulässig.", "Das ist unzulässig."),
    ("Sie brauchen das.", "Sie haben das."),
    ("Immer ist jemand da.", "Oft ist jemand da."),
    ("In der Regel wird grundsätzlich gefragt.", "In der Regel wird gefragt."),
    ("MUSS", "SOLL"),
    ("Es gilt Meldepflicht.", "Es gilt eine Meldung."),
    ("Das Mindestalter ist hoch.", "Das Alter ist hoch."),
    ("Das mu\u0308ssen alle.", "Das mo\u0308gen alle."),
    ("Das sol\u00adlen alle.", "Das mögen alle."),
]
NEGATIONS = [
    ("Das ist nicht erlaubt.", "Das ist erlaubt."),
    ("Das geht nicht.", "Das geht gut."),
    ("Kein Träger meldet.", "Jeder Träger meldet."),
    ("Sie haben keine Pause.", "Sie haben eine Pause."),
    ("Mit keinem Wort.", "Mit einem Wort."),
    ("Ohne Anmeldung.", "Mit Anmeldung."),
    ("Nie allein.", "Gern allein."),
    ("Niemals allein.", "Manchmal allein."),
    ("Niemand fragt.", "Jemand fragt."),
    ("Niemanden fragen.", "Jemanden fragen."),
    ("Nichts fehlt.", "Etwas fehlt."),
    ("Weder hier noch dort.", "Hier oder dort."),
    ("Alle außer Kindern.", "Alle samt Kindern."),
    ("Ausgenommen sind Kinder.", "Gemeint sind Kinder."),
    ("Keinesfalls.", "Jedenfalls."),
    ("Keineswegs.", "Immerhin."),
    ("Nichtöffentlich.", "Öffentlich."),
    # What moves weighs as well: it negates something else then.
    ("Sie sollen nicht kommen, sondern gehen.", "Sie sollen kommen, sondern nicht gehen."),
    ("Nicht heute kommen sie.", "Heute kommen sie nicht."),
    ("Nicht alle kommen.", "Alle kommen nicht."),
    ("Alle kommen nicht.", "Nicht alle kommen."),
    ("Der Träger fragt nicht. Die Lotsin fragt.", "Der Träger fragt. Die Lotsin fragt nicht."),
]


@pytest.mark.parametrize(("old", "new"), NUMBERS)
def test_numbers_weigh(old, new):
    assert NUMBER in kinds(old, new)
    assert NUMBER in kinds(new, old)


@pytest.mark.parametrize(("old", "new"), DUTIES)
def test_duties_weigh(old, new):
    assert DUTY in kinds(old, new)
    assert DUTY in kinds(new, old)


@pytest.mark.parametrize(("old", "new"), NEGATIONS)
def test_negations_weigh(old, new):
    assert NEGATION in kinds(old, new)
    assert NEGATION in kinds(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Die Lotsinen helfen.", "Die Lotsinnen helfen."),
        ("Die Lotsen helfen", "Die Lotsen helfen."),
        ("Das ist ein ein Fehler.", "Das ist ein Fehler."),
        ("Eine Lotsin hilft einer Familie.", "Eine Lotsin unterstützt eine Familie."),
        ("Der Träger kennt das Amt.", "Das Amt ist dem Träger bekannt."),
        ("Lotsen weisen Wege.", "Lots*innen weisen Wege."),
        ("Sie arbeiten zusamen in Nachtschichten.", "Sie arbeiten zusammen in Nachtschichten."),
        ("Aufmerksam beachten Sie Pausen.", "Aufmerksam nehmen Sie Pausen."),
        ("Die einzige Lotsin ist einig.", "Die alleinige Lotsin ist d'accord."),
        ("Außerdem helfen elfenhafte Zweige.", "Zudem helfen elfengleiche Zweige."),
        ("20-36 Einheiten", "20–36 Einheiten"),
        ("Das müs\u00adsen alle.", "Das müssen alle."),
        ("Das mu\u0308ssen alle.", "Das müssen alle."),
        ("Mit Vorsicht und Achtung.", "Mit Vorsicht, mit Achtung."),
        ("Das ist zweifellos gut.", "Das ist bestimmt gut."),
        ("Sie sind kleiner.", "Sie sind kürzer."),
        ("Das Museum ist offen.", "Das Musikhaus ist offen."),
        ("Die Solltabelle liegt bei.", "Die Tabelle liegt bei."),
        ("Die Kanne ist leer.", "Der Krug ist leer."),
        ("Nicht jetzt. Sie muessten drei sein, ohen Fehler.", "Nicht jetzt. Sie muessten drei sein, onne Fehler."),
        ("Das muss  sein.", "Das muss sein."),
        ("Muss das sein?", "muss das sein?"),
        ("Das muß sein.", "Das muss sein."),
        ("Alle müssen drei Dinge nicht tun.", "Alle müssen drei Sachen nicht tun."),
        ("Drittens der Raum", "Schließlich der Raum"),
        ("Erst fragen, dann handeln.", "Zuerst fragen, dann handeln."),
    ],
)
def test_language_does_not_weigh(old, new):
    assert weights(text(old), text(new)) == []
    assert weights(text(new), text(old)) == []


def test_it_says_which_words():
    old, new = text("Der Kurs muss 20 Stunden haben."), text("Der Kurs soll nicht 24 Stunden haben.")
    assert weights(old, new) == [
        Weight(NUMBER, "20", "24"),
        Weight(DUTY, "muss", "soll"),
        Weight(NEGATION, "", "nicht"),
    ]


def test_headings_and_fields_weigh_like_text():
    assert [one.kind for one in weights(Content(title="Was muss"), Content(title="Was kann"))] == [DUTY]
    [units] = weights(Content(title="Rolle", fields={"ue": 4}), Content(title="Rolle", fields={"ue": 5}))
    assert units == Weight(NUMBER, "4", "5")
    assert weights(Content(fields={"gruppe": "8"}), Content())
    assert not weights(Content(fields={"material": "Plakat"}), Content(fields={"material": "Papier"}))


def test_what_is_new_or_goes_weighs():
    assert [one.kind for one in weights(Content(), text("Das muss sein, nicht 3."))] == [NUMBER, DUTY, NEGATION]
    assert [one.kind for one in weights(text("Das muss sein, nicht 3."), Content())] == [NUMBER, DUTY, NEGATION]


def test_lists_and_tables_weigh_cell_by_cell():
    old = Content.clean(html="<ul><li>muss</li><li>kann</li></ul>")
    new = Content.clean(html="<ul><li>kann</li><li>muss</li></ul>")
    assert [one.kind for one in weights(old, new)] == [DUTY]


TOKENS = """
    muss soll kann nicht kein 3 drei der Träger Lotsin kommt geht . , mindestens ohne und 20–36 Dreißig
"""
WORDS = st.lists(st.sampled_from(TOKENS.split()), max_size=9).map(" ".join)
SAYINGS = st.one_of(WORDS, st.text(max_size=20))
PASSAGES = st.tuples(SAYINGS, SAYINGS, st.integers(0, 3))
"""Heading, words and units; only ``passage`` makes a wording of them, so that drawing examples stays quick."""


def passage(said):
    title, words, units = said
    markup = f"<p>{words.replace('<', '').replace('&', '')}</p>"
    return Content.clean(title=title, html=markup, fields={"ue": units} if units else {})


@given(PASSAGES)
def test_the_same_never_weighs(said):
    assert weights(passage(said), passage(said)) == []


@given(PASSAGES, PASSAGES)
@example(("", "nicht heute", 0), ("", "heute nicht", 0))
@example(("", "muss nicht muss", 0), ("", "nicht muss muss nicht", 0))
def test_there_weighs_what_weighs_back(one, other):
    old, new = passage(one), passage(other)
    there, back = weights(old, new), weights(new, old)
    assert there == [Weight(one.kind, one.new, one.old) for one in back]


@given(WORDS, WORDS, st.sampled_from([("muss", DUTY), ("nicht", NEGATION), ("drei", NUMBER), ("7", NUMBER)]))
def test_a_weighty_word_more_always_weighs(before, after, word_and_kind):
    """However the words around it are compared."""
    word, kind = word_and_kind
    assert kind in kinds(f"{before} {after}", f"{before} {word} {after}")


@given(st.text(st.characters(categories=["L"]), min_size=1, max_size=12), WORDS)
def test_a_typo_beside_weighty_words_does_not_weigh(typo, words):
    around = [f"{words} {word} {words}" for word in (f"q{typo}q", "qoq")]
    assert not kinds(*around)
