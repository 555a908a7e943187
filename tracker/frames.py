"""A header for the static files of our cards: pages that isolate themselves frame nothing that does not carry it."""

from pathlib import Path
from wsgiref.headers import Headers

LOADED = ("embed.", "icon.")  # by commitments/templates/commitments/embed/base.html, hashed or not


def allow_in_frames(headers: Headers, path: str, url: str) -> None:
    if Path(path).name.startswith(LOADED):
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
