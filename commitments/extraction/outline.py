"""Flat text -> its outline: a tree of headings and list items, each with its span."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from commitments.extraction.labels import HEADINGS, Label, find_labels
from commitments.extraction.runs import runs_of
from commitments.extraction.words_en import ALSO_NOUNS
from commitments.extraction.words_en import VERBS as ENGLISH_VERBS
from commitments.text.unwrap import Flat

RANK = {
    **{
        "mark": 0,
        "chapter": 1,
        "english_goal": 1,
        "english_action": 4,
        "bold": 1,
        "heading": 1,
        "article": 2,
        "task": 2,
        "top": 2,
        "parenthesis": 3,
    },
    **{
        "ordinal": 3,
        "in_turn": 3,
        "english_ordinal": 3,
        "roman": 2,
        "decimal": 4,
        "decimal_deep": 5,
        "number": 4,
        "number_half": 5,
    },
    **{
        "number_parenthesis": 5,
        "letter": 5,
        "letter_dot": 5,
        "capital": 2,
        "circled": 6,
        "one_is": 6,
        "dash": 7,
        "bullet": 7,
    },
}
STOP = re.compile(r"[。！？!?；;]|\.(?=\s|$)")
TERMINAL = re.compile(r"[。！？；.;!?][”’」』）)*]*(?:\s(?:and|or))?$")
SENTENCE_END = re.compile(r"[。！？!?]")
# What a reporter, or the speaker in closing, says after the list.
AFTERWORD = re.compile(
    r"(?<=[。！？”])(?:(?!我们|中方|双方|各方|我)[^，。！？：；\n]{2,20}(?:指出|强调|表示|号召|要求|认为|说)[，：]"
    r"|(?:各位|女士们|朋友们|同志们|主席先生|让我们|谢谢|（新华社))"
)
CLOSING = re.compile(
    r"(?:各位|女士们|朋友们|同志们|主席先生|让我们|谢谢|（新华社|附件|附：|抄送|习近平最后"
    r"|[\u4e00-\u9fff]{2,6}(?:最后|还)(?:指出|强调|表示))"
)


@dataclass(eq=False)
class Node:
    label: Label | None
    run: int
    start: int
    end: int
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    sisters: list["Node"] = field(default_factory=list)  # the items of its list, itself among them
    is_last: bool = False
    is_title_only: bool = False  # a heading whose text stands in the paragraphs below
    paragraphs: list[tuple[int, int]] = field(default_factory=list)  # plain ones that it holds

    @property
    def family(self) -> str:
        return self.label.family if self.label else "root"

    def walk(self) -> Iterator["Node"]:
        pending = [self]
        while pending:
            node = pending.pop()
            yield node
            pending.extend(reversed(node.children))

    def ancestors(self) -> Iterator["Node"]:
        node = self.parent
        while node is not None and node.label is not None:
            yield node
            node = node.parent


def outline(flat: Flat) -> Node:
    return _Builder(flat).build()


class _Builder:
    def __init__(self, flat: Flat) -> None:
        self.flat, self.text = flat, flat.text
        labels = [*find_labels(flat)]
        labels += self._plain_headings({label.paragraph for label in labels if not label.is_inline})
        self.lines = Counter(self._line(label) for label in labels if label.family == "heading")
        labels.sort(key=lambda label: label.start)
        self.runs = runs_of(labels)
        self.last = {run: label for label, run in self.runs.items()}
        self.of_paragraph: dict[int, list[Label]] = {}
        for label in labels:
            if label in self.runs:
                self.of_paragraph.setdefault(label.paragraph, []).append(label)
        self.root = Node(None, -1, 0, len(self.text))
        self.stack = [self.root]
        self.nested: set[tuple[str, str]] = set()
        self.recurring: set[tuple[int, str]] = set()  # headings that every item of a list has: “How we will do this”
        self.of_run: defaultdict[int, list[Node]] = defaultdict(list)
        self.runs_with_text: set[int] = set()  # lists with plain paragraphs under an item
        self.closed: set[Label | None] = set()  # last items in mid-paragraph behind which something else was said
        self.most_paragraphs: Counter[int] = Counter()  # that an item of a list holds

    def _plain_headings(self, labelled: set[int]) -> Iterator[Label]:
        """Short lines without a stop, followed by text."""
        paragraphs = self.flat.paragraphs
        for index, paragraph in enumerate(paragraphs[:-1]):
            if index and index not in labelled and self._is_heading(index):
                yield Label("heading", 0, paragraph.start, paragraph.start, index)

    def _is_heading(self, index: int) -> bool:
        """Not one of several lines that each begin with an act: a list without marks."""
        here = self.flat.paragraphs[index]
        if not _is_heading(self.text, here.start, here.end):
            return False
        near = self.flat.paragraphs[index - 1 : index] + self.flat.paragraphs[index + 1 : index + 2]
        return not (_opens_with_act(self.text, here.start) and any(_opens_with_act(self.text, p.start) for p in near))

    def build(self) -> Node:
        for index, paragraph in enumerate(self.flat.paragraphs):
            labels = self.of_paragraph.get(index, [])
            begins = bool(labels) and labels[0].start <= paragraph.start + 4 and not labels[0].is_inline
            if not begins:
                self._plain(paragraph.start, labels[0].start if labels else paragraph.end, index)
            for number, label in enumerate(labels):
                if self._stands_between_items(label):
                    continue
                stop = labels[number + 1].start if number + 1 < len(labels) else paragraph.end
                self._item(label, self._item_end(label, stop, paragraph.end))
        return self.root

    def _stands_between_items(self, label: Label) -> bool:
        """A heading above the next item of a list that is open: it belongs to none of the list's items."""
        following = self.of_paragraph.get(label.paragraph + 1, []) if label.family == "heading" else []
        if not following or following[0].is_inline or self.lines[self._line(label)] > 1:
            return False
        before = self.flat.paragraphs[label.paragraph - 1]
        if not TERMINAL.search(self.text[max(before.start, before.end - 9) : before.end]):
            return False
        return any(node.run == self.runs[following[0]] and node.family in STRONG for node in self.stack)

    def _item_end(self, label: Label, stop: int, paragraph_end: int) -> int:
        """The last item of a list in mid-paragraph: before an afterword; with its sentence, as its sisters do."""
        is_last = label.is_inline and self.last[self.runs[label]] is label
        if is_last and (found := AFTERWORD.search(self.text, label.end, stop)):
            stop = found.start()
            self.closed.add(label)
        elif is_last and stop == paragraph_end:
            sisters = self.of_run[self.runs[label]]
            if sisters and all(not _inner_stops(self.text, node.start, node.end) for node in sisters):
                if found := SENTENCE_END.search(self.text, label.end, stop):
                    return found.end()
        while stop > label.end and self.text[stop - 1].isspace():
            stop -= 1
        return stop

    def _plain(self, start: int, end: int, index: int) -> None:
        if end <= start:
            return
        closes = bool(CLOSING.match(self.text, start, min(end, start + 40)))
        while len(self.stack) > 1 and self._ends_here(self.stack[-1], closes):
            self.stack.pop()
        top = self.stack[-1]
        top.paragraphs.append((start, end))
        self.most_paragraphs[top.run] = max(self.most_paragraphs[top.run], len(top.paragraphs))
        self.runs_with_text.add(top.run)
        self._stretch(end)

    def _ends_here(self, node: Node, closes: bool) -> bool:
        if node.family in HEADINGS:
            return False
        if node.is_title_only and not closes:
            return False
        if not closes and len(node.paragraphs) < self.most_paragraphs[node.run]:
            return False  # its sisters hold as many
        return node.is_last

    def _stretch(self, end: int) -> None:
        while end and self.text[end - 1].isspace():
            end -= 1
        for node in self.stack[1:]:
            node.end = max(node.end, end)

    def _item(self, label: Label, end: int) -> None:
        run = self.runs[label]
        self._make_room(label, run)
        parent = self.stack[-1]
        node = Node(label, run, label.start, end, parent)
        node.is_last = self.last[run] is label
        node.is_title_only = self._is_title_only(label, end)
        if parent.label:
            self.nested.add((parent.family, label.family))
            if label.family == "heading":
                self.recurring.add((parent.run, self._line(label)))
        parent.children.append(node)
        node.sisters = self.of_run[run]
        node.sisters.append(node)
        self.stack.append(node)
        self._stretch(end)

    def _line(self, label: Label) -> str:
        return self.text[label.start : self.flat.paragraphs[label.paragraph].end]

    def _make_room(self, label: Label, run: int) -> None:
        """Pop what the new item does not belong to."""
        if label.family == "heading":
            line = self._line(label)
            for depth in range(len(self.stack) - 1, 0, -1):
                node = self.stack[depth]
                comes_again = self.lines[line] > 1 and node.family in STRONG and not node.is_last
                if comes_again or (node.run, line) in self.recurring:
                    del self.stack[depth + 1 :]
                    return
        while self.stack[-1].label in self.closed:
            self.stack.pop()
        for depth in range(len(self.stack) - 1, 0, -1):
            node = self.stack[depth]
            if node.run == run or node.family == label.family and label.family != "mark":
                del self.stack[depth:]
                return
        while len(self.stack) > 1 and self._outranks(label, self.stack[-1]):
            self.stack.pop()

    def _outranks(self, label: Label, top: Node) -> bool:
        if label.family in HEADINGS:
            if label.family == "mark" and top.family == "mark" and top.label:
                return _depth(self.text, label) <= _depth(self.text, top.label)
            return top.family != "mark" and not (top.family in STRONG and not top.is_last)
        if (top.family, label.family) in self.nested or not top.is_last and top.family not in HEADINGS:
            return False
        if top.family in HEADINGS:
            return False
        return RANK[label.family] <= RANK[top.family]

    def _is_one_sentence(self, body: str) -> bool:
        return len(body) <= 45 and len(STOP.findall(body)) == 1

    def _is_title_only(self, label: Label, end: int) -> bool:
        if label.family in HEADINGS:
            return True
        if label.family in ("dash", "bullet") or label.is_inline:
            return False
        paragraph = self.flat.paragraphs[label.paragraph]
        body = self.text[label.end : paragraph.end].rstrip("* ")
        if not TERMINAL.search(body[-9:]) and not STOP.search(body):
            return len(body) <= 60 or body.isascii() and len(body) <= 120 or body.endswith(("：", ":"))
        if self._is_one_sentence(body) and self.runs[label] in self.runs_with_text:
            return True
        following = label.paragraph + 1
        sisters = self.of_run[self.runs[label]]
        if len(sisters) > 1 and not any(node.children or node.paragraphs for node in sisters):
            return False  # nor had the items before it anything beneath them
        is_short = len(body) <= 28 and len(STOP.findall(body)) == 1 and "，" not in body and end >= paragraph.end
        return is_short and following < len(self.flat.paragraphs) and following not in self.of_paragraph


def _opens_with_act(text: str, start: int) -> bool:
    word = FIRST_ENGLISH.match(text, start)
    return word is not None and word.group().lower() in ENGLISH_VERBS and word.group().lower() not in ALSO_NOUNS


COUNT = re.compile(r"\d+[万亿千百]?(?:余|多)?(?:个|所|座|条|家|名|处|公里|套|户|亩|场|台|辆|人次|平方米)")
FIRST_ENGLISH = re.compile(r"[A-Z][a-z]+")
STRONG = frozenset({"chapter", "top", "parenthesis", "number", "article", "task", "english_action"})
FIELD = re.compile(  # a line of a table: Lead agency: Ministry of Finance
    r"(?:Lead|Owner|Responsib|Timeline|Timeframe|Deadline|Budget|Status|Indicator|Partner|Start|End|Implement|Due|Cost"
    r"|Delivery|Department|Agency)[\w ]{0,30}:\s"
)


def _depth(text: str, label: Label) -> int:
    return text[label.start : label.end].count("#")


def _inner_stops(text: str, start: int, end: int) -> bool:
    return bool(re.search(r"[。！？!?]", text[start:end].rstrip("。！？!?；;")))


def _is_heading(text: str, start: int, end: int) -> bool:
    line = text[start:end]
    if not 2 <= len(line) <= 90 or TERMINAL.search(line[-6:]) or line[-1] in "：:，,、" or FIELD.match(line):
        return False
    if line.isascii() or sum(sign.isascii() for sign in line) > 0.8 * len(line):
        return line[0].isupper() and len(line.split()) <= 12 and "," not in line[-2:]
    if COUNT.search(line):
        return False
    return len(line) <= 30 and line.count("，") <= 1 and line[0] not in "（(《【" and not re.search(r"\d日电", line)
