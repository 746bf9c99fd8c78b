from django.apps import AppConfig

from vielfalt.accounts import data_sources, groups
from vielfalt.daily import steps
from vielfalt.listings import desk
from vielfalt.mail import forgetting, previews


class LeitfadenConfig(AppConfig):
    name = "leitfaden"
    verbose_name = "Leitfaden"

    def ready(self) -> None:
        data_sources.register("leitfaden", "leitfaden.own_data.own_data")
        desk.register("leitfaden.desk.panels")
        forgetting.register("leitfaden.discussion.mails.forget")
        groups.register("Redaktion Leitfaden", "leitfaden")
        previews.register("leitfaden.discussion.mails.samples")
        steps.register("erwähnungen", "leitfaden.discussion.mails.tell_of_mentions")
