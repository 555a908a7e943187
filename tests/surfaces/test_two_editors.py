"""Two people at one commitment, in every order: the later one is told, sees both texts, overwrites nothing unseen."""

import random
import sys
from collections.abc import Callable
from html import unescape
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from commitments.actions.versions import take_turn as TAKE_TURN
from commitments.models import Assessment, Check, Commitment, Evidence, EvidenceLink, Exclusion, Note
from commitments.rules.review import Role
from tests import people
from tests.actions.tables_in import csv_of
from tests.admin.pages import change_url, desk, list_url, posted, step_data
from tests.factories import (
    make_assessment,
    make_commitment,
    make_document,
    make_evidence,
    make_link,
    make_note,
    make_party,
    make_publisher,
    make_theme,
    make_user,
)

pytestmark = pytest.mark.django_db
INTERLEAVINGS = 200
BATCHES = 10


class World(NamedTuple):
    commitment: Commitment
    link: EvidenceLink
    note: Note
    draft: Assessment


def make_world() -> World:
    commitment = make_commitment(title_zh="原题", publication="draft")
    link = make_link(commitment, make_evidence(title="原题", publication="draft"))
    draft = make_assessment(commitment, [link.evidence], rationale_zh="原来的依据。", author=people.analyst())
    return World(commitment, link, make_note(commitment, text_zh="原来的备注", visibility="internal"), draft)


class Opened(NamedTuple):
    """A page as it was opened: what it sends, and the text that its person typed into it ("" for a button)."""

    url: str
    data: dict[str, Any]
    typed: str = ""


def commitment_form(client: Any, world: World, words: str) -> Opened:
    url = change_url(world.commitment)
    return Opened(url, posted(client, url, title_zh=words), words)


def note_in_commitment(client: Any, world: World, words: str) -> Opened:
    url = change_url(world.commitment)
    return Opened(url, posted(client, url, **{"notes-0-text_zh": words}), words)


def link_in_commitment(client: Any, world: World, words: str) -> Opened:
    url = change_url(world.commitment)
    return Opened(url, posted(client, url, **{"evidence_links-0-bears": _bearing(words)}))


def link_in_evidence(client: Any, world: World, words: str) -> Opened:
    url = change_url(world.link.evidence)
    return Opened(url, posted(client, url, **{"links-0-bears": _bearing(words)}))


def _bearing(words: str) -> str:
    return "stall" if "甲" in words else "completion"


def evidence_form(client: Any, world: World, words: str) -> Opened:
    url = change_url(world.link.evidence)
    return Opened(url, posted(client, url, title=words), words)


def note_form(client: Any, world: World, words: str) -> Opened:
    return Opened(change_url(world.note), posted(client, change_url(world.note), text_zh=words), words)


def new_status(client: Any, world: World, words: str) -> Opened:
    return Opened(change_url(world.commitment, "assess"), step_data(world.commitment, rationale_zh=words), words)


def draft_form(client: Any, world: World, words: str) -> Opened:
    data = step_data(world.commitment, rationale_zh=words, evidence=[world.link.evidence_id])
    return Opened(change_url(world.draft, "edit"), data, words)


def step(client: Any, world: World, words: str) -> Opened:
    world.commitment.refresh_from_db()
    data = {"rows": f"{world.draft.pk}:{world.commitment.version}", "to": "in_review"}
    return Opened(reverse("admin:commitments_assessment_steps"), data)


def queue_check(client: Any, world: World, words: str) -> Opened:
    world.commitment.refresh_from_db()
    data = {"rows": f"{world.commitment.pk}:{world.commitment.version}", "searched_zh": words}
    return Opened(reverse("admin:queue_check"), data, words)


def publish_in_list(client: Any, world: World, words: str) -> Opened:
    world.commitment.refresh_from_db()
    seen = {f"version-{world.commitment.pk}": world.commitment.version}
    data = {"action": "publish_selected", "_selected_action": world.commitment.pk, **seen}
    return Opened(list_url(Commitment), data)


def publish_evidence(client: Any, world: World, words: str) -> Opened:
    row = Evidence.objects.get(pk=world.link.evidence_id)
    return Opened(change_url(row, "publish"), {f"version-{row.pk}": row.version})


def table_in(client: Any, world: World, words: str) -> Opened:
    """Opened: the dry run was looked at."""
    url, content = reverse("admin:tables_in"), csv_of({"id": world.commitment.natural_id, "title_zh": words})
    shown = client.post(url, {"file": SimpleUploadedFile("a.csv", content)})
    return Opened(url, {"token": shown.context["token"]}, words)


DOORS = (
    *(commitment_form, note_in_commitment, link_in_commitment, link_in_evidence, evidence_form, note_form),
    *(new_status, draft_form, step, queue_check, publish_in_list, publish_evidence, table_in),
)
TEXTS = ((Commitment, "title_zh"), (Evidence, "title"), (Note, "text_zh"), (Assessment, "rationale_zh"))


def cells() -> dict[tuple[str, int], str]:
    """Every text that someone typed, and how each link bears."""
    found = {}
    for model, field in (*TEXTS, (EvidenceLink, "bears")):
        found.update({(model.__name__, pk): text for pk, text in model.objects.values_list("pk", field)})
    return found


class Sent(NamedTuple):
    overwritten: list[tuple[str, int]]  # that the sender had not seen as it was
    forgotten: list[str]  # typed, not stored, and not in the answer either


def send(client: Any, page: Opened, seen: dict) -> Sent:
    before, searched = cells(), Check.objects.count()
    response = client.post(page.url, page.data, follow=True)
    after = cells()
    overwritten = [cell for cell in before if after.get(cell) != before[cell] and seen.get(cell) != before[cell]]
    is_stored = after != before or Check.objects.count() > searched
    is_shown = page.typed in unescape(response.content.decode())
    return Sent(overwritten, [] if is_stored or is_shown else [page.typed])


def interleaved(seed: int) -> list[Sent]:
    """Each of two people opens two pages and sends them, in an order that the seed draws."""
    dice = random.Random(seed)
    clients = [desk(people.one_for_all()), desk(second())]
    world, found = make_world(), []
    opened: list[list[tuple[Opened, dict]]] = [[], []]
    left = [["open", "send"] * 2, ["open", "send"] * 2]
    while any(left):
        who = dice.choice([each for each in (0, 1) if left[each]])
        if left[who].pop(0) == "open":
            words = f"{'甲乙'[who]}写的{len(left[who])}"
            opened[who].append((dice.choice(DOORS)(clients[who], world, words), cells()))
        else:
            found.append(send(clients[who], *opened[who].pop(0)))
    return found


def second() -> Any:
    return User.objects.filter(username="otto").first() or make_user("otto", *Role)


def outcomes(seeds: range) -> tuple[int, int]:
    """How many texts were overwritten unseen, and how many typed texts were lost."""
    overwritten = forgotten = 0
    for seed in seeds:
        with transaction.atomic():
            for sent in interleaved(seed):
                overwritten, forgotten = overwritten + len(sent.overwritten), forgotten + len(sent.forgotten)
            transaction.set_rollback(True)
    return overwritten, forgotten


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(BATCHES))
def test_two_hundred_interleavings_lose_nothing(batch: int):
    size = INTERLEAVINGS // BATCHES
    assert outcomes(range(batch * size, (batch + 1) * size)) == (0, 0)


@pytest.fixture
def _unchecked(monkeypatch):
    """Whatever version a page carries, it is taken for the present one."""
    for name, module in list(sys.modules.items()):
        if name.startswith("commitments.") and hasattr(module, "take_turn"):
            monkeypatch.setattr(module, "take_turn", lambda row, _expected: TAKE_TURN(row, None))
        if name.startswith("commitments.") and hasattr(module, "check_seen"):
            monkeypatch.setattr(module, "check_seen", lambda row, _expected: None)


@pytest.mark.usefixtures("_unchecked")
@pytest.mark.slow
def test_without_the_check_the_same_interleavings_lose_texts():
    """The control."""
    overwritten, _forgotten = outcomes(range(20))
    assert overwritten > 0


# --- What the later one sees, at each form -----------------------------------------------------------------------

FIRST = {  # the form -> where the other one changes the same text
    commitment_form: commitment_form,
    note_in_commitment: note_form,
    evidence_form: evidence_form,
    note_form: note_in_commitment,
    draft_form: draft_form,
    link_in_commitment: link_in_evidence,
    link_in_evidence: link_in_commitment,
}


@pytest.mark.parametrize("door", FIRST, ids=lambda door: door.__name__)
def test_the_later_one_sees_both_texts_and_may_save_then(door: Callable):
    olga, otto, world = desk(people.one_for_all()), desk(second()), make_world()
    mine = door(olga, world, "乙写的")
    theirs = FIRST[door](otto, world, "甲写的")
    otto.post(theirs.url, theirs.data)
    stored = cells()
    response = olga.post(mine.url, mine.data)
    page = unescape(response.content.decode())
    assert cells() == stored
    assert (theirs.typed or "停滞") in page.partition('id="stored"')[2].partition("</dl>")[0]
    assert mine.typed in page
    form = response.context["adminform"].form if "adminform" in response.context else response.context["form"]
    again = olga.post(mine.url, {**mine.data, "version": form["version"].value()})
    assert again.status_code == 302
    assert cells() != stored


def test_a_table_that_comes_too_late_shows_both_texts_and_may_be_applied_then():
    olga, otto, world = desk(people.one_for_all()), desk(second()), make_world()
    mine, theirs = table_in(olga, world, "乙写的"), commitment_form(otto, world, "甲写的")
    otto.post(theirs.url, theirs.data)
    stored = cells()
    response = olga.post(mine.url, mine.data)
    page = unescape(response.content.decode())
    assert cells() == stored
    assert "甲写的" in page and "乙写的" in page
    assert olga.post(mine.url, {"token": response.context["token"]}).status_code == 302
    assert Commitment.objects.get().title_zh == "乙写的"


def pages_without_a_number() -> list[tuple[Any, str]]:
    exclusion = Exclusion.objects.create(document=make_document(), start=0, end=2, quote="一是", reason_zh="原文")
    return [(make_publisher(name="原文"), "name"), (make_party("KZ"), "name_zh"), (make_theme(), "name_zh")] + [
        (exclusion, "reason_zh")
    ]


@pytest.mark.parametrize("place", range(4), ids=["publisher", "party", "theme", "exclusion"])
def test_rows_without_a_number_are_compared_by_their_history(place: int):
    row, field = pages_without_a_number()[place]
    olga, otto = desk(people.one_for_all()), desk(second())
    mine = posted(olga, change_url(row), **{field: "乙写的"})
    otto.post(change_url(row), posted(otto, change_url(row), **{field: "甲写的"}))
    response = olga.post(change_url(row), mine)
    row.refresh_from_db()
    assert getattr(row, field) == "甲写的"
    page = response.content.decode()
    assert "甲写的" in page and "乙写的" in page
    again = {**mine, "version": response.context["adminform"].form["version"].value()}
    assert olga.post(change_url(row), again).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == "乙写的"


def test_a_row_that_was_removed_meanwhile_is_said_and_the_rest_is_kept():
    olga, world = desk(people.one_for_all()), make_world()
    mine = note_in_commitment(olga, world, "乙写的")
    Note.objects.filter(pk=world.note.pk).delete()
    response = olga.post(mine.url, mine.data)
    assert response.status_code == 200
    assert "乙写的" in response.content.decode()


def test_a_reason_survives_a_step_that_came_too_late():
    rui, world = desk(people.reviewer()), make_world()
    Assessment.objects.filter(pk=world.draft.pk).update(review_state="in_review")
    url, rows = reverse("admin:commitments_assessment_steps"), f"{world.draft.pk}:{world.commitment.version}"
    Commitment.objects.filter(pk=world.commitment.pk).update(version=9)
    response = rui.post(url, {"to": "returned", "rows": rows, "reason_zh": "请补充来源。"})
    page = response.content.decode()
    assert "请补充来源。" in page and f'value="{world.draft.pk}:9"' in page
    assert Assessment.objects.get().review_state == "in_review"
    rui.post(url, {"to": "returned", "rows": f"{world.draft.pk}:9", "reason_zh": "请补充来源。"})
    assert Assessment.objects.get().review_state == "returned"


def test_a_withdrawal_that_came_too_late_can_be_sent_again():
    petra, row = desk(people.publisher()), make_evidence()
    data = {"reason_zh": "网页失实。", f"version-{row.pk}": row.version}
    Evidence.objects.update(version=9)
    page = petra.post(change_url(row, "withdraw"), data).content.decode()
    assert "网页失实。" in page and f'name="version-{row.pk}" value="9"' in page
    assert Evidence.objects.get().publication == "published"


def test_a_place_that_was_searched_survives_a_row_that_changed():
    anna, row = desk(people.analyst()), make_commitment()
    data = {"rows": f"{row.pk}:{row.version}", "searched_zh": "只输入过一次的地方"}
    Commitment.objects.update(version=9)
    page = anna.post(reverse("admin:queue_check"), data).content.decode()
    assert "只输入过一次的地方" in page and f'value="{row.pk}:9"' in page
    assert not Check.objects.exists()


def test_an_act_on_all_rows_of_a_list_reaches_those_of_its_other_pages():
    rui = desk(people.reviewer())
    rows = [make_assessment(make_commitment(), review_state="in_review") for _ in range(3)]
    data = {"action": "to_approved", "select_across": "1", "_selected_action": rows[0].pk, "rows": f"{rows[0].pk}:1"}
    rui.post(list_url(Assessment), data)
    assert set(Assessment.objects.values_list("review_state", flat=True)) == {"approved"}
