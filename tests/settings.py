"""The portal's settings without what only costs time here: guarding real passwords, serving files to slow lines."""

from vielfalt import settings as portal

globals().update({name: value for name, value in vars(portal).items() if name.isupper()})

# The portal's own hasher is meant to take half a second each time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Compressing the static files takes far longer than naming them by their content, which pages depend on.
if not portal.DEBUG:
    MANIFEST = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    STORAGES = {**portal.STORAGES, "staticfiles": MANIFEST}
