"""All settings of the portal, from environment variables only and secure by default.

``docs/betrieb.md`` lists the variables. Locally ``make run`` sets ``DEBUG=1``, which is the only
switch that allows an insecure default; without it a missing value stops the start with a sentence.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from environs import Env, validate

from vielfalt import connections
from vielfalt.development import postgres
from vielfalt.operations import logs

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env()

DEBUG = env.bool("DEBUG", False)


def required(name: str, hint: str) -> str:
    """Return the environment variable ``name``, or stop the start with ``hint``."""
    value = env.str(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name}: {hint} (Local development: DEBUG=1.)")
    return value


SECRET_KEY = (
    "only-for-local-development-never-in-production"
    if DEBUG
    else required("SECRET_KEY", "a long random string that stays secret.")
)
ALLOWED_HOSTS = (
    ["127.0.0.1", "localhost", "[::1]"]
    if DEBUG
    else [
        host.strip() for host in required("ALLOWED_HOSTS", "the portal's host names, separated by commas.").split(",")
    ]
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "vielfalt.development",
    "pgtrigger",
    "pghistory",
    "vielfalt.operations",
    "vielfalt.daily",
    "vielfalt.answers",
    "vielfalt.documents",
    "vielfalt.mail",
    "vielfalt.richtext",
    "vielfalt.pictures",
    "vielfalt.accounts",
    "vielfalt.places",
    "vielfalt.operators",
    "vielfalt.listings",
    "vielfalt.reminders",
    "vielfalt.notices",
    "vielfalt.public",
    "lotsen",
    "migrantenorgs",
    "leitfaden",
    "leitfaden.rounds",
    "vielfalt.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "django_prose_editor",
    "post_office",
    "django_tasks_db",
    # Last, so that its German words do not reach the admin.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "vielfalt.operations.requests.note_requests",
    "vielfalt.operations.health.answer_probes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    # Only what stands above runs when the answer is known already.
    "vielfalt.answers.keeping.KeepAnswers",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "vielfalt.listings.middleware.RecordWho",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "vielfalt.middleware.refuse_null_characters",
]

ROOT_URLCONF = "vielfalt.urls"
WSGI_APPLICATION = "vielfalt.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vielfalt.public.context_processors.portal",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database. A new connection for every request would cost more than most queries, hence the pool.

if env.str("DATABASE_URL", ""):
    DATABASES = {"default": env.dj_db_url("DATABASE_URL")}
elif DEBUG:
    DATABASES = {"default": postgres.embedded(VAR_DIR / "postgres")}
else:
    required("DATABASE_URL", "postgres://user:password@host:5432/name.")
# A connection that the server has dropped is replaced instead of failing a request.
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
    "min_size": 1,
    "max_size": env.int("DATABASE_POOL", 4),
    "check": connections.check,
    # While the server is away, requests fail soon instead of piling up; once it is back, none waits for long.
    "timeout": 5,
    "reconnect_timeout": 5,
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits must count over all processes, and this installation has no other shared memory than its database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

KEEP_ANSWERS = env.bool("KEEP_ANSWERS", not DEBUG)
"""Whether each process keeps public pages for as long as nothing changes (``vielfalt.answers``)."""

# Accounts

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "listings:workspace"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

# Log-in through django-allauth: by e-mail only, accounts arise by invitation (vielfalt/accounts/adapter.py).

ACCOUNT_ADAPTER = "vielfalt.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Mail is slow in some town halls, and people read it on another device.
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_ADAPTER = "vielfalt.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {"add_webauthn": "vielfalt.accounts.forms.AddPasskeyForm"}
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Clocks of telephones are off by some seconds.
MFA_TOTP_TOLERANCE = 1

# History: requests that only read have nothing to record.

PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# Language: German is written in the source as the gettext message.

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True

# Static files: our own and the files the npm packages bring, all from the portal's own address.

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "vielfalt.staticfiles.PackageFinder",
]
FRONTEND_PACKAGES = BASE_DIR / "node_modules"
FRONTEND_FILES = {
    "vendor/htmx.js": "htmx.org/dist/htmx.min.js",
    "vendor/htmx.min.js.map": "htmx.org/dist/htmx.min.js.map",
    "vendor/auto-complete.js": "@github/auto-complete-element/dist/bundle.js",
    "vendor/leaflet/leaflet.js": "leaflet/dist/leaflet.js",
    "vendor/leaflet/leaflet.js.map": "leaflet/dist/leaflet.js.map",
    "vendor/leaflet/leaflet.css": "leaflet/dist/leaflet.css",
    "vendor/leaflet/images/layers.png": "leaflet/dist/images/layers.png",
    "vendor/leaflet/images/layers-2x.png": "leaflet/dist/images/layers-2x.png",
    "vendor/leaflet/images/marker-icon.png": "leaflet/dist/images/marker-icon.png",
    "vendor/leaflet/leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "vendor/leaflet/leaflet.markercluster.js.map": "leaflet.markercluster/dist/leaflet.markercluster.js.map",
    "vendor/leaflet/MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
    "vendor/topojson-client.js": "topojson-client/dist/topojson-client.min.js",
    **{
        f"vendor/fira-sans/fira-sans-{script}-{weight}.woff2": (
            f"@fontsource/fira-sans/files/fira-sans-{script}-{weight}-normal.woff2"
        )
        for script in ("latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek")
        for weight in (400, 600)
    },
    # For names in their own script, which Fira Sans does not have.
    **{
        f"vendor/noto-sans/noto-sans-{script}-{weight}.woff2": (
            f"@fontsource/noto-sans-{script}/files/noto-sans-{script}-{script}-{weight}-normal.woff2"
        )
        for script in ("arabic", "ethiopic", "tamil")
        for weight in (400, 600)
    },
}
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(VAR_DIR / "media")))
# Several servers share their media in an S3-compatible store; its library is loaded only then.
if env.str("MEDIA_S3_BUCKET", ""):
    STORAGES["default"] = {
        "BACKEND": "vielfalt.operations.media.BucketStorage",
        "OPTIONS": {
            "bucket_name": env.str("MEDIA_S3_BUCKET"),
            "endpoint_url": env.str("MEDIA_S3_ENDPOINT", None),
            "region_name": env.str("MEDIA_S3_REGION", None),
            "access_key": required("MEDIA_S3_KEY", "the key that may use the bucket."),
            "secret_key": required("MEDIA_S3_SECRET", "the secret that belongs to the key."),
        },
    }

# Security

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = env.bool("HTTPS", not DEBUG)
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SESSION_COOKIE_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = bool(SECURE_HSTS_SECONDS)
if env.bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Rate limits count by the visitor's address, which only the proxy knows.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
# Browsers offer passkeys without HTTPS on localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SESSION_COOKIE_SECURE
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024

# The portal's own rules

DEMO = env.bool("DEMO", DEBUG)
"""Whether this installation shows demo data; every page then says so."""

STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", not DEMO)
"""Whether staff need a passkey or an authenticator app before the admin opens."""
if not (STAFF_SECOND_FACTOR or DEMO):
    raise ImproperlyConfigured("STAFF_SECOND_FACTOR=0 is only for a portal with DEMO=1: remove it.")

INVITATION_DAYS = env.int("INVITATION_DAYS", 14)
"""How long the link of an invitation works."""

REMIND_MONTHS = env.int("REMIND_MONTHS", 11)
"""How long after an entry was confirmed its people are asked whether it is still right."""

PORTAL_URL = env.str("PORTAL_URL", "http://127.0.0.1:8000" if DEBUG else f"https://{ALLOWED_HOSTS[0].lstrip('.')}")
"""The portal's own address, for links in mails, which are written without a request."""

FRESH_MONTHS = env.int("FRESH_MONTHS", 12)
"""How long an entry counts as current after it was confirmed."""

HIDDEN_MONTHS = env.int("HIDDEN_MONTHS", 18)
"""How long after an entry was confirmed it leaves the public pages."""

# Mail (docs/adr/0005): Django's mails go into the queue of post_office; a task takes them to the "delivery".

REAL = not (DEBUG or DEMO)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = (
    required("MAIL_FROM", "the address from which the portal writes.") if REAL else "portal@localhost"
)
DELIVERY: dict[str, Any] = {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
if REAL:
    MAIL_SECURITY = env.str("MAIL_SECURITY", "starttls", validate=validate.OneOf(["starttls", "ssl", "none"]))
    DELIVERY = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": required("MAIL_HOST", "the server that takes the portal's mails."),
            "port": env.int("MAIL_PORT", 587),
            "username": env.str("MAIL_USER", ""),
            "password": env.str("MAIL_PASSWORD", ""),
            "use_tls": MAIL_SECURITY == "starttls",
            "use_ssl": MAIL_SECURITY == "ssl",
            "timeout": 20,
        },
    }
MAILERS = {"default": {"BACKEND": "vielfalt.mail.backends.QueueBackend"}, "delivery": DELIVERY}
POST_OFFICE = {
    "DEFAULT_MAILER": "delivery",
    "BATCH_SIZE": 20,
    "THREADS_PER_PROCESS": 1,
    "MAX_RETRIES": 5,
    "RETRY_INTERVAL": timedelta(minutes=15),
    "SENDING_ORDER": ["created"],
}
MAIL_CONTENT_DAYS = env.int("MAIL_CONTENT_DAYS", 90)
"""After how many days the log forgets what a mail said; it never shows that to anybody."""

MAIL_LOG_DAYS = env.int("MAIL_LOG_DAYS", 365)
"""After how many days the log forgets that there was a mail."""

# Tasks: a demo does them at once, a real portal does them in ``manage.py db_worker``.

IMMEDIATELY = "django.tasks.backends.immediate.ImmediateBackend"
TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend" if REAL else IMMEDIATELY},
    "immediate": {"BACKEND": IMMEDIATELY},
}

# Running it (docs/betrieb/): one JSON object a line on a server, readable lines for developers.

LOGGING = logs.configuration(readable=DEBUG)
