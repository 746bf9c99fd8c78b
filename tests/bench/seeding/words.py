"""Made-up names and sentences. No person and no real organisation is among them."""

from random import Random

RARE, FREQUENT = "Sternwarte", "Begleitung"
"""Words to search for: three carriers of any number say the one, every programme the other."""

HOUSES = (
    *("Nachbarschaftshaus", "Begegnungszentrum", "Bildungswerk", "Familienzentrum", "Beratungsstelle", "Stadtteilbüro"),
    *("Mehrgenerationenhaus", "Freiwilligenzentrum", "Sozialdienst", "Integrationsbüro", "Treffpunkt", "Lotsenbüro"),
)
CLUBS = (
    *("Kulturverein", "Elternverein", "Frauentreff", "Bildungsbrücke", "Jugendclub", "Begegnungskreis", "Sprachtreff"),
    *("Musikverein", "Theatergruppe", "Gesundheitskreis", "Nachbarschaftsverein", "Lernwerkstatt"),
)
SIGNS = (
    *("Brücke", "Kompass", "Horizont", "Lindenhof", "Wegweiser", "Regenbogen", "Anker", "Mosaik", "Leuchtturm"),
    *("Sonnenblume", "Mühlbach", "Rosengarten", "Ahorn", "Kranich", "Morgenstern", "Weitblick", "Pusteblume"),
    *("Steinweg", "Apfelbaum", "Hafen", "Windrad", "Kastanie", "Waldrand", "Marktplatz", "Zeitquelle"),
)
OWN_NAMES = (("ara", "جمعية الثقافة"), ("pes", "انجمن فرهنگی"), ("ukr", "Культурне товариство"), ("tir", "ማሕበር ባህሊ"))
STREETS = ("Lindenstraße", "Bahnhofstraße", "Schulweg", "Am Markt", "Gartenstraße", "Mühlweg", "Ringstraße")
TITLES = (
    *("Integrationslots*innen", "Sprach- und Kulturmittlung", "Elternlots*innen", "Gesundheitslots*innen"),
    *("Wir im Quartier", "Behördenlots*innen", "Lots*innen für Neuzugewanderte", "Bildungslots*innen"),
)
HOURS = ("Montag bis Freitag, 9 bis 12 Uhr", "Dienstag und Donnerstag, 10 bis 12 Uhr", "Mittwoch, 14 bis 18 Uhr")
RESPONSES = ("innerhalb von drei Werktagen", "innerhalb einer Woche", "am nächsten Werktag")
NOTICES = ("Raum für 20 Menschen am Samstag", "Menschen, die beim Sprachtreff helfen", "Wissen zu Förderanträgen")
WHO = ("Unsere Lots*innen", "Ehrenamtliche aus vielen Ländern", "Geschulte Freiwillige", "Menschen aus dem Ort")
DO = ("begleiten zu", "erklären die Wege zu", "übersetzen bei", "vereinbaren Termine mit", "helfen beim Umgang mit")
WHERE = ("Ämtern", "Schulen und Kitas", "Ärzt*innen", "Beratungsstellen", "Vereinen", "der Wohnungssuche", "Behörden")
HOW = ("kostenlos und vertraulich", "in Ihrer Sprache", "nach Absprache", "auch am Abend", "ohne lange Wartezeit")


class Words:
    """Says the same things in the same order each time, for each ``subject`` others."""

    def __init__(self, subject: str) -> None:
        self.random = Random(f"Vielfalt 2026: {subject}")  # noqa: S311 - meant to be foreseeable
        self._names: set[str] = set()

    def name(self, kinds: tuple[str, ...], town: str) -> str:
        """A name that nobody had before."""
        base = f"{self.random.choice(kinds)} {self.random.choice(SIGNS)} {town}"
        name, number = base, 2
        while name in self._names:
            name, number = f"{base} {number}", number + 1
        self._names.add(name)
        return name

    def sentence(self) -> str:
        who, do, where, how = (self.random.choice(part) for part in (WHO, DO, WHERE, HOW))
        return f"{who} {do} {where}, {how}."

    def paragraphs(self, number: int, *more: str) -> str:
        """So many paragraphs of some forty words; the first begins with ``more``."""
        texts = [" ".join(self.sentence() for _ in range(4)) for _ in range(number)]
        texts[0] = " ".join([*more, texts[0]])
        return "".join(f"<p>{text}</p>" for text in texts)

    def street(self) -> str:
        return f"{self.random.choice(STREETS)} {self.random.randint(1, 90)}"

    def phone(self) -> str:
        """A number of the range that belongs to nobody."""
        return f"069 90009-{self.random.randint(0, 999):03}"

    def some[Item](self, items: list[Item], least: int, most: int) -> list[Item]:
        return self.random.sample(items, min(len(items), self.random.randint(least, most)))

    def often_first[Item](self, items: list[Item], least: int, most: int) -> list[Item]:
        """Some, the first of ``items`` far more often than the last."""
        weights = [1 / (place + 1) for place in range(len(items))]
        chosen = self.random.choices(items, weights, k=self.random.randint(least, most))
        return list(dict.fromkeys(chosen))
