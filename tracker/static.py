"""Static files under hashed names once `collectstatic` has run, under their own names before."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedOnceCollected(CompressedManifestStaticFilesStorage):
    """Without a manifest (tests, a bare runserver) Django's own would answer every page with an error."""

    def stored_name(self, name: str) -> str:
        return super().stored_name(name) if self.hashed_files else name
