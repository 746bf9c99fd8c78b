"""What the portal holds about a person, for the person."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.utils.module_loading import import_string

from vielfalt.accounts import data_sources
from vielfalt.accounts.models import User, invitation_models, memberships_of


def own_data(user: User) -> dict[str, Any]:
    """Return everything about ``user`` that they may know; secrets and other people are left out."""
    return {
        "konto": {
            "name": user.name,
            "e_mail": user.email,
            "angelegt": user.created_at.isoformat(),
            "letzte_anmeldung": user.last_login.isoformat() if user.last_login else None,
            "redaktion": user.is_staff,
        },
        "teams": [
            {
                "organisation": str(membership.organisation),
                "rolle": membership.get_role_display(),
                "seit": membership.created_at.isoformat(),
            }
            for membership in memberships_of(user)
        ],
        "ausgesprochene_einladungen": [
            {
                "organisation": str(invitation.organisation),
                "rolle": invitation.get_role_display(),
                "am": invitation.created_at.isoformat(),
            }
            for model in invitation_models()
            for invitation in model.objects.filter(invited_by=user).select_related("organisation")
        ],
        "sicherheit": [
            {"art": factor.get_type_display(), "eingerichtet": factor.created_at.isoformat()}
            for factor in Authenticator.objects.filter(user=user)
        ],
        "angemeldete_geraete": [
            {"seit": session.created_at.isoformat(), "ip": session.ip, "browser": session.user_agent}
            for session in UserSession.objects.filter(user=user)
        ],
        "protokoll": [
            {"zeit": entry.action_time.isoformat(), "eintrag": entry.object_repr, "was": entry.get_change_message()}
            for entry in LogEntry.objects.filter(user=user)
        ],
        **{name: import_string(source)(user) for name, source in data_sources.registered().items()},
    }
