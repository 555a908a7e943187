"""Parts of a report joined into one PDF: one tree of tags, bookmarks, links from part to part, page numbers.

    python -m commitments.reports.pdf_joined FOLDER PART...   reads PART.pdf, PART.places, numbers.pdf; writes whole.pdf

The first part brings the title, the language and the metadata. The same parts give the same bytes.
"""

import json
import sys
from functools import cached_property
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, String

Place = dict[
    str, Any
]  # page, counted from one; x and y from above; the name that links use; a heading's level and title


class Whole:
    def __init__(self, path: Path) -> None:
        self._pdf = Pdf.open(path.with_suffix(".pdf"))
        self._places = _places(path, 0)

    def append(self, path: Path) -> None:
        """Its pages, and below our tags its own; pages and tags find each other by numbers, which go on counting."""
        tree = self._pdf.Root.StructTreeRoot
        used = tree.ParentTree.Nums[-2] + 1
        self._places += _places(path, len(self._pdf.pages))
        with Pdf.open(path.with_suffix(".pdf")) as more:
            for page in more.pages:
                page.obj.StructParents += used
                for link in page.obj.get("/Annots", ()):
                    link.StructParent += used
            self._pdf.pages.extend(more.pages)
            tags = self._pdf.copy_foreign(more.Root.StructTreeRoot)
            for element in tags.K[0].K:
                element.P = tree.K[0]
            tree.K[0].K.extend(tags.K[0].K)
            numbers: Any = tags.ParentTree.Nums
            tree.ParentTree.Nums.extend(each if n % 2 else each + used for n, each in enumerate(numbers))

    def link(self) -> None:
        """A link to `#` and the name of a place now leads there."""
        named = {place["name"]: place for place in self._places if place["name"]}
        names = Array()
        for name in sorted(named, key=str.encode):
            names.extend([String(name), self._pdf.make_indirect(self._target(named[name]))])
        self._pdf.Root.Names = Dictionary(Dests=Dictionary(Names=names))
        for page in self._pages:
            for link in page.get("/Annots", ()):
                address = str(link.A.URI)
                if address.startswith("#"):
                    del link.A
                    link.Dest = link.Contents = String(address[1:])

    def list_bookmarks(self) -> None:
        with self._pdf.open_outline() as outline:
            outline.root.clear()
            above: list[OutlineItem] = []  # the last heading of each level
            for place in self._places:
                if not place.get("title"):
                    continue
                item = OutlineItem(place["title"], self._target(place))
                item.is_closed = True
                del above[place["level"] - 1 :]
                (above[-1].children if above else outline.root).append(item)
                above.append(item)

    def overlay(self, path: Path) -> None:
        """By hand, since the library's own overlay gives its pieces names by chance."""
        with Pdf.open(path) as sheets:
            for page, sheet in zip(self._pdf.pages, sheets.pages, strict=True):
                name = Name(f"/Number{sheet.index}")
                page.add_resource(self._pdf.copy_foreign(sheet.as_form_xobject()), Name.XObject, name)
                page.contents_add(b"q\n", prepend=True)
                page.contents_add(f"\nQ\n{name} Do".encode())

    def save(self, path: Path) -> None:
        self._pdf.save(path, deterministic_id=True)

    @cached_property
    def _pages(self) -> list[Object]:
        return [page.obj for page in self._pdf.pages]

    def _target(self, place: Place) -> Array:
        page = self._pages[place["page"]]
        return Array([page, Name.XYZ, place["x"], float(page.MediaBox[3]) - place["y"], None])


def _places(path: Path, before: int) -> list[Place]:
    """Their pages counted from nought in the whole."""
    found = json.loads(path.with_suffix(".places").read_text())["places"]
    return [{**place, "page": place["page"] - 1 + before} for place in found]


def main(folder: Path, first: str, *others: str) -> None:
    whole = Whole(folder / first)
    for name in others:
        whole.append(folder / name)
    whole.link()
    whole.list_bookmarks()
    whole.overlay(folder / "numbers.pdf")
    whole.save(folder / "whole.pdf")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
