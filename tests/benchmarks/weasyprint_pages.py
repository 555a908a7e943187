"""A report as HTML on stdin -> what WeasyPrint takes for it, in the fonts of the folder named.

Run by tests/benchmarks/report.py in a virtual environment of its own; WeasyPrint is no dependency of ours.
"""

import resource
import sys
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

FACES = (("NotoSansSC-Regular", 400), ("NotoSansSC-Bold", 700))

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    source = "@font-face {{ font-family: Ours; font-weight: {1}; src: url({2}) }}"
    faces = [source.format(name, weight, (folder / f"{name}.ttf").as_uri()) for name, weight in FACES]
    fonts = FontConfiguration()
    css = CSS(string="\n".join([*faces, "* { font-family: Ours !important }"]), font_config=fonts)
    document = HTML(string=sys.stdin.read()).render(stylesheets=[css], font_config=fonts)
    size = len(document.write_pdf())
    used = resource.getrusage(resource.RUSAGE_SELF)
    peak = used.ru_maxrss / 1024
    print(used.ru_utime + used.ru_stime, len(document.pages), peak, size)  # noqa: T201
