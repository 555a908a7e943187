"""What a reader makes of a file: its text, and whether offsets into it are offsets into the file."""

from dataclasses import dataclass

AS_GIVEN = ("txt", "md")


@dataclass(frozen=True)
class FileText:
    text: str
    format: str
    encoding: str  # "" for packed formats
    sha256: str  # of the text in UTF-8

    @property
    def is_as_given(self) -> bool:
        """Offsets point into the file itself, decoded with its line ends as they are."""
        return self.format in AS_GIVEN
