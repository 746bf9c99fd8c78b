from django.apps import AppConfig

from leitfaden import appendices, margins, offers
from vielfalt.accounts import data_sources, groups
from vielfalt.daily import steps
from vielfalt.listings import desk, workspace
from vielfalt.mail import forgetting, previews


class RoundsConfig(AppConfig):
    name = "leitfaden.rounds"
    verbose_name = "Runden zum Leitfaden"

    def ready(self) -> None:
        desk.register("leitfaden.rounds.desk.panels")
        # Who curates the text conducts its rounds, too; evaluating them is another right.
        groups.register("Redaktion Leitfaden", "rounds.view_round", "rounds.change_round")
        groups.register("Wissenschaftliche Begleitung", "rounds.research_round")
        margins.register(
            "proposals",
            condition="leitfaden.rounds.reading.counts.are_there",
            notes="leitfaden.rounds.reading.counts.beside_passages",
        )
        for name, condition in (("news", "has_former"), ("decisions", "has_rounds")):
            appendices.register(
                name,
                condition=f"leitfaden.rounds.ledger.editions.{condition}",
                appendix=f"leitfaden.rounds.ledger.appendices.{name}",
            )
        offers.register("leitfaden.rounds.writing.offers.of_carriers")
        workspace.register("leitfaden.rounds.writing.tasks.share")
        data_sources.register("mitschreiben_am_leitfaden", "leitfaden.rounds.own_data.own_data")
        forgetting.register("leitfaden.rounds.own_data.forget")
        previews.register("leitfaden.rounds.samples.mails")
        steps.register("runden, neue Phasen", "leitfaden.rounds.daily.tell_of_phases")
        steps.register("runden, Fristen", "leitfaden.rounds.daily.remind")
        steps.register("runden, Neues", "leitfaden.rounds.news.tell_news")
        steps.register("runden, zu bestätigen", "leitfaden.rounds.news.ask_to_confirm")
        steps.register("runden, Ergebnisse", "leitfaden.rounds.daily.tell_of_results")
