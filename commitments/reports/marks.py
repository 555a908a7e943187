"""The marks and colours of the site, for formats that draw them themselves: sprite and style sheet -> SVG and hex."""

import re
from functools import cache
from pathlib import Path

from commitments.choices import Momentum, Status

HOUSE = Path(__file__).resolve().parent.parent
SPRITE = HOUSE / "templates" / "commitments" / "components" / "sprite.html"
SHEET = HOUSE / "static" / "commitments" / "site.css"
SYMBOL = re.compile(r'<symbol id="([\w-]+)" viewBox="([\d ]+)">(.*?)</symbol>', re.DOTALL)
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6})")
STILL = (Momentum.STALLED, Momentum.REVERSING)


@cache
def _symbols() -> dict[str, tuple[str, str]]:
    return {name: (box, body) for name, box, body in SYMBOL.findall(SPRITE.read_text(encoding="utf-8"))}


@cache
def colours() -> dict[str, str]:
    """Of the light scheme, by the name of the token."""
    light = SHEET.read_text(encoding="utf-8").partition(":root {")[2].partition("}")[0]
    return dict(COLOUR.findall(light))


def svg(symbol: str, colour: str) -> str:
    box, body = _symbols()[symbol]
    # What is cut out of a solid mark shows the paper.
    body = body.replace('class="cut"', 'stroke="#ffffff"').replace('class="cut-fill"', 'fill="#ffffff"')
    body = body.replace("currentColor", colour)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="16" height="16">{body}</svg>'


def drawn() -> dict[str, str]:
    """Every status by its code, every movement as `momentum-<code>`."""
    found = {status.value: svg(f"status-{status}", colours()[status.value]) for status in Status}
    for momentum in Momentum:
        colour = colours()["not_started" if momentum in STILL else "ink-2"]
        found[f"momentum-{momentum}"] = svg(f"momentum-{momentum}", colour)
    return found


def spoken() -> dict[str, str]:
    """What stands for a mark where it cannot be seen."""
    return {status.value: status.label for status in Status} | {f"momentum-{each}": each.label for each in Momentum}
