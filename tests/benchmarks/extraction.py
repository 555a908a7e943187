"""How fast texts become candidates: `python -m tests.benchmarks.extraction`. Processor time of this process.

Megabytes per second of the labelled texts, the slowest of a thousand mutated ones, and the slowest of those that
repeat one piece 60,000 characters long.
"""

import random
import sys

from commitments.extraction.extract import extract
from tests.extraction.labelled import NAMES, text_of
from tests.extraction.test_hostile import LENGTH, REPEATED, mutated, seconds


def main() -> None:
    text = "\n".join(text_of(name) for name in NAMES) * 6
    extract(text[:2000])  # what is loaded at the first use does not count
    speed = len(text.encode()) / seconds(text) / 1e6
    chance = random.Random(1)
    mutant = max(seconds(mutated(chance)) for _ in range(1000))
    slowest, piece = max((seconds(piece * (LENGTH // len(piece))), piece) for piece in REPEATED)
    sys.stdout.write(f"labelled texts {speed:.2f} MB/s; slowest of 1,000 mutated texts {mutant:.2f} s; ")
    sys.stdout.write(f"slowest of the repeated pieces {slowest:.2f} s, {piece!r}\n")


if __name__ == "__main__":
    main()
