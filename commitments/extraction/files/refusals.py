"""Why a file cannot be read, in one sentence that says what to do; and the limits that the sentences name."""

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 20 * MEBIBYTE
LARGEST_HTML = 5 * MEBIBYTE
LARGEST_UNPACKED = 64 * MEBIBYTE
LARGEST_XML = 16 * MEBIBYTE  # of a DOCX: what is parsed, pictures not counted
MOST_PARTS = 2000  # of a DOCX
MOST_PAGES = 1000  # of a PDF
LONGEST_TEXT = 2_000_000  # characters
MOST_SECONDS = 8.0  # of processor time for one file


class UnreadableFile(ValueError):
    """One sentence for whoever chose the file."""
