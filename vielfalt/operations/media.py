"""Where media lie if not in a folder: a bucket of an S3-compatible store (django-storages)."""

from typing import Any, NoReturn

from botocore.config import Config
from storages.backends.s3 import S3Storage


class BucketStorage(S3Storage):
    """A private bucket. Only the portal reads it, because only the portal knows who may see a picture."""

    def __init__(self, *, endpoint_url: str | None = None, **options: Any) -> None:
        super().__init__(
            endpoint_url=endpoint_url,
            default_acl=None,
            # As in a folder: whatever comes second gets another name.
            file_overwrite=False,
            client_config=Config(
                signature_version="s3v4",
                # Stores other than Amazon's have no name of its own for each bucket, or no certificate for it.
                s3={"addressing_style": "path" if endpoint_url else "auto"},
                # A picture that does not come is missed less than a page that never does.
                connect_timeout=3,
                read_timeout=10,
                retries={"total_max_attempts": 2},
                # Which many of these stores do not know.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
            **options,
        )

    def url(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: an address of the store would show a picture to whoever has it."""
        raise NotImplementedError("Pictures have addresses of the portal: see vielfalt.pictures.")
