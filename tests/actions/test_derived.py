"""What is derived follows in the writer's own transaction, or not at all."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from commitments.actions import derived
from commitments.actions.derived import ask_where_marked, refresh, writing
from commitments.actions.notes import save_note
from commitments.actions.roles import desk_review_user
from commitments.actions.working import run_here
from commitments.choices import JobKind, JobState
from commitments.models import Commitment, Job, Note, Stale
from commitments.models.guards import remove_guards
from commitments.rules.refusal import Refused
from tests.factories import make_commitment, make_note, make_user


@pytest.fixture
def told(monkeypatch) -> list[set[int]]:
    """Each time the followers were told, of which commitments."""
    times: list[set[int]] = []
    monkeypatch.setattr(derived, "FOLLOWERS", (times.append,))
    return times


@pytest.fixture
def commitment(told) -> Commitment:
    made = make_commitment()
    Stale.objects.all().delete()
    return made


def note_on(commitment: Commitment) -> Note:
    return Note(commitment=commitment, dated="2024-05-01", text_zh="备注")


@pytest.mark.django_db
class TestWriting:
    def test_an_action_leaves_no_mark(self, commitment, told):
        save_note(note_on(commitment), by=make_user("ana", "analyst"))
        assert told == [{commitment.pk}]
        assert not Stale.objects.exists()

    def test_what_stands_within_another_is_followed_once_at_the_end(self, commitment, told):
        with writing():
            with writing():
                make_note(commitment)
            assert told == []
        assert told == [{commitment.pk}]

    def test_what_is_refused_is_not_followed(self, commitment, told):
        with pytest.raises(Refused), writing():
            make_note(commitment)
            raise Refused("no")
        assert told == []
        assert not Stale.objects.exists()

    def test_what_is_rolled_back_is_not_followed(self, commitment, told):
        with writing():
            make_note(commitment)
            transaction.set_rollback(True)
        assert told == []

    def test_a_refusal_within_leaves_the_rest_to_be_followed(self, commitment, told):
        with writing():
            make_note(commitment)
            with pytest.raises(Refused), writing():
                raise Refused("no")
        assert told == [{commitment.pk}]

    def test_where_what_is_derived_cannot_follow_nothing_is_written(self, commitment, monkeypatch):
        def broken(ids):
            raise ValueError(ids)

        monkeypatch.setattr(derived, "FOLLOWERS", (broken,))
        with pytest.raises(ValueError):
            save_note(note_on(commitment), by=make_user("ana", "analyst"))
        assert not Note.objects.exists()
        monkeypatch.setattr(derived, "FOLLOWERS", ())
        with writing():
            make_note(commitment)
        assert not Stale.objects.exists()


@pytest.mark.django_db
class TestRefresh:
    def test_the_newest_marks_come_first_and_the_rest_waits(self, told):
        made = [make_commitment(code=f"{number}", position=number) for number in (1, 2, 3)]
        assert refresh(most=2) == 2
        assert told == [{made[1].pk, made[2].pk}]
        assert {*Stale.objects.values_list("commitment_id", flat=True)} == {made[0].pk}

    def test_without_marks_nobody_is_told(self, commitment, told):
        assert refresh() == 0
        assert told == []

    def test_what_was_written_past_the_actions_becomes_one_job(self, commitment, told):
        make_note(commitment)
        ask_where_marked()
        ask_where_marked()
        assert Job.objects.filter(kind=JobKind.CATCH_UP).count() == 1

    def test_no_mark_no_job(self, commitment):
        ask_where_marked()
        assert not Job.objects.exists()

    def test_the_job_leaves_no_mark(self, commitment, told):
        make_note(commitment)
        job = run_here(JobKind.CATCH_UP)
        assert (job.state, job.result) == (JobState.DONE, {"commitments": 1})
        assert not Stale.objects.exists()


@pytest.fixture
def committed(transactional_db) -> Iterator[None]:
    """Rows stay until the tables are emptied, which guards would refuse; the emptying ends by installing them."""
    yield
    remove_guards()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_of_two_writers_at_once_the_second_sees_what_the_first_wrote(committed, monkeypatch):
    commitment = make_commitment()
    Stale.objects.all().delete()
    seen: list[int] = []
    both = threading.Barrier(2)

    def count_notes(ids: set[int]) -> None:
        seen.append(Note.objects.filter(commitment=commitment).count())

    monkeypatch.setattr(derived, "FOLLOWERS", (count_notes,))

    def write() -> None:
        with writing():
            make_note(commitment)
            both.wait()
        connection.close()

    desk_review_user()  # made once: neither waits for the other's
    threads = [threading.Thread(target=write) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert max(seen) == 2
