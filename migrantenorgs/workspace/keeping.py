"""The sections of a migrant organisation in "Mein Bereich", in the order of the page."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from migrantenorgs.models import MigrantOrganisation, MigrantOrganisationPicture, Visibility
from migrantenorgs.workspace import forms
from migrantenorgs.workspace.completeness import items
from vielfalt.accounts.models import User
from vielfalt.listings.models import State
from vielfalt.listings.workspace import Share
from vielfalt.listings.workspace.keeping import REVIEWED, Keeping, Section, in_order
from vielfalt.listings.workspace.tasks import share_of_organisations
from vielfalt.pictures.forms import own_picture_form

SEEN_BY: dict[str, Promise] = {
    Visibility.OPEN: gettext_lazy("Alle sehen Ihren Eintrag, mit Anschrift."),
    Visibility.PLACE_ONLY: gettext_lazy("Alle sehen Ihren Eintrag, von der Anschrift nur den Ort."),
    Visibility.NETWORK: gettext_lazy("Nur das Netzwerk und die Redaktion sehen Ihren Eintrag."),
}


def what_is_public(organisation: MigrantOrganisation) -> str:
    """Say what others see of the entry now."""
    contact = (
        _("Ihre Kontaktdaten sind zu sehen.")
        if organisation.has_consented
        else _("Ihre Kontaktdaten sind nicht zu sehen.")
    )
    sentences = [_("Gespeichert."), str(SEEN_BY[organisation.visibility]), contact]
    if organisation.state != State.PUBLISHED:
        sentences.append(_("Das gilt, sobald der Eintrag veröffentlicht ist."))
    return " ".join(sentences)


def about_contact(organisation: MigrantOrganisation) -> str:
    """Say whether what was saved is public."""
    if organisation.has_consented:
        return _("Ihre Kontaktdaten sind gespeichert und zu sehen.")
    return _("Ihre Kontaktdaten sind gespeichert. Zu sehen sind sie nur mit Ihrer Einwilligung.")


SECTIONS = in_order(
    Section(
        "sichtbarkeit",
        gettext_lazy("Sichtbarkeit und Kontakt"),
        gettext_lazy("Sie entscheiden, was andere von Ihnen sehen. Jede Änderung gilt sofort."),
        forms.VisibilityForm,
        template="migrantenorgs/_visibility.html",
        outcome=what_is_public,
        can_be_undone=False,
    ),
    Section(
        "kontakt",
        gettext_lazy("So erreichen Sie uns"),
        gettext_lazy("Bitte nennen Sie Stellen statt Personen. Öffentlich ist das nur mit Ihrer Einwilligung."),
        forms.ContactForm,
        outcome=about_contact,
    ),
    Section(
        "name",
        gettext_lazy("Name in eigener Schrift"),
        gettext_lazy("Wer Sie unter diesem Namen kennt, findet Sie auch so."),
        forms.OwnNameForm,
    ),
    Section(
        "handlungsfelder",
        gettext_lazy("Handlungsfelder und Zielgruppen"),
        gettext_lazy("Wofür setzen Sie sich ein, und für wen sind Sie da?"),
        forms.FieldsForm,
    ),
    Section("sprachen", gettext_lazy("Sprachen"), gettext_lazy("Viele suchen danach."), forms.LanguagesForm),
    Section(
        "texte",
        gettext_lazy("Selbstbeschreibung"),
        gettext_lazy("In Ihren eigenen Worten. Zwei oder drei Sätze genügen."),
        forms.TextsForm,
    ),
    Section("angebote", gettext_lazy("Angebote"), gettext_lazy("Was gibt es bei Ihnen?"), forms.OffersForm),
    Section("grunddaten", gettext_lazy("Name, Rechtsform und Ort"), REVIEWED, forms.BasicsForm, is_reviewed=True),
)

ORGANISATIONS = Keeping(
    model=MigrantOrganisation,
    path="migrantenorganisationen",
    heading=gettext_lazy("Ihre Organisation"),
    sections=SECTIONS,
    items=items,
    picture_form=own_picture_form(MigrantOrganisationPicture),
)


def share(user: User) -> Share:
    """Return what migrant organisations contribute to the start page."""
    return share_of_organisations(ORGANISATIONS, user)
