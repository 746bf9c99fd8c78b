"""Who may open the pages of accounts: rows for the matrix of all addresses."""

EVERYBODY = (200, 200, 200, 200)
LOGGED_IN = (302, 200, 200, 200)
LOGGED_OUT = (200, 302, 302, 302)
NEVER_ALONE = (302, 302, 302, 302)
"""A step of a way that has to begin elsewhere."""

NOTHING_THERE = (302, 404, 404, 404)
WITHOUT_PASSWORD = (302, 403, 403, 403)
"""There is nothing this account could confirm itself with."""

ROWS = {
    "accounts:overview": ("/konto/", LOGGED_IN),
    "accounts:data": ("/konto/daten/", LOGGED_IN),
    "accounts:download": ("/konto/daten/herunterladen/", LOGGED_IN),
    "accounts:leave": ("/konto/loeschen/", LOGGED_IN),
    "accounts:left": ("/konto/geloescht/", EVERYBODY),
    "accounts:invitation": ("/konto/einladung/x/", (410, 410, 410, 410)),
    "accounts:new_link": ("/konto/einladung/x/neuer-link/", (405, 405, 405, 405)),
    "account_login": ("/konto/anmelden/", LOGGED_OUT),
    "account_request_login_code": ("/konto/anmelden/code/", LOGGED_OUT),
    "account_confirm_login_code": ("/konto/anmelden/code/eingeben/", NEVER_ALONE),
    "mfa_login_webauthn": ("/konto/anmelden/passkey/", NEVER_ALONE),
    "mfa_authenticate": ("/konto/anmelden/zweiter-schritt/", NEVER_ALONE),
    "account_logout": ("/konto/abmelden/", LOGGED_IN),
    "account_inactive": ("/konto/gesperrt/", EVERYBODY),
    "account_signup": ("/konto/neu/", LOGGED_OUT),
    "account_reauthenticate": ("/konto/bestaetigen/", WITHOUT_PASSWORD),
    "mfa_reauthenticate": ("/konto/bestaetigen/code/", WITHOUT_PASSWORD),
    "mfa_reauthenticate_webauthn": ("/konto/bestaetigen/passkey/", WITHOUT_PASSWORD),
    "account_email": ("/konto/e-mail/", LOGGED_IN),
    "account_email_verification_sent": ("/konto/e-mail/bestaetigen/", NEVER_ALONE),
    "account_change_password": ("/konto/passwort/", NEVER_ALONE),
    "account_set_password": ("/konto/passwort/festlegen/", LOGGED_IN),
    "account_reset_password": ("/konto/passwort/vergessen/", EVERYBODY),
    "account_reset_password_done": ("/konto/passwort/vergessen/gesendet/", EVERYBODY),
    "account_reset_password_from_key": ("/konto/passwort/vergessen/1-x-y/", EVERYBODY),
    "account_reset_password_from_key_done": ("/konto/passwort/vergessen/fertig/", EVERYBODY),
    "mfa_index": ("/konto/sicherheit/", LOGGED_IN),
    "mfa_activate_totp": ("/konto/sicherheit/app/einrichten/", LOGGED_IN),
    "mfa_deactivate_totp": ("/konto/sicherheit/app/entfernen/", NOTHING_THERE),
    "mfa_list_webauthn": ("/konto/sicherheit/passkeys/", LOGGED_IN),
    "mfa_add_webauthn": ("/konto/sicherheit/passkeys/neu/", LOGGED_IN),
    "mfa_edit_webauthn": ("/konto/sicherheit/passkeys/1/", NOTHING_THERE),
    "mfa_remove_webauthn": ("/konto/sicherheit/passkeys/1/entfernen/", NOTHING_THERE),
    "mfa_view_recovery_codes": ("/konto/sicherheit/notfallcodes/", NOTHING_THERE),
    "mfa_generate_recovery_codes": ("/konto/sicherheit/notfallcodes/neu/", LOGGED_IN),
    "mfa_download_recovery_codes": ("/konto/sicherheit/notfallcodes/herunterladen/", NOTHING_THERE),
    "usersessions_list": ("/konto/geraete/", LOGGED_IN),
}
