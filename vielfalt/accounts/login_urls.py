"""django-allauth's views under German addresses, with the names by which it finds them itself."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.usersessions import views as sessions
from django.urls import path, re_path

urlpatterns = [
    path("anmelden/", account.login, name="account_login"),
    path("anmelden/code/", account.request_login_code, name="account_request_login_code"),
    path("anmelden/code/eingeben/", account.confirm_login_code, name="account_confirm_login_code"),
    path("anmelden/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("anmelden/zweiter-schritt/", mfa.authenticate, name="mfa_authenticate"),
    path("abmelden/", account.logout, name="account_logout"),
    path("gesperrt/", account.account_inactive, name="account_inactive"),
    path("neu/", account.signup, name="account_signup"),
    path("bestaetigen/", account.reauthenticate, name="account_reauthenticate"),
    path("bestaetigen/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("bestaetigen/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("e-mail/", account.email, name="account_email"),
    path("e-mail/bestaetigen/", account.email_verification_sent, name="account_email_verification_sent"),
    path("passwort/", account.password_change, name="account_change_password"),
    path("passwort/festlegen/", account.password_set, name="account_set_password"),
    path("passwort/vergessen/", account.password_reset, name="account_reset_password"),
    path("passwort/vergessen/gesendet/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^passwort/vergessen/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "passwort/vergessen/fertig/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("sicherheit/", mfa.index, name="mfa_index"),
    path("sicherheit/app/einrichten/", totp.activate_totp, name="mfa_activate_totp"),
    path("sicherheit/app/entfernen/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("sicherheit/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("sicherheit/passkeys/neu/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("sicherheit/passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("sicherheit/passkeys/<int:pk>/entfernen/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("sicherheit/notfallcodes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("sicherheit/notfallcodes/neu/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "sicherheit/notfallcodes/herunterladen/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("geraete/", sessions.list_usersessions, name="usersessions_list"),
]
