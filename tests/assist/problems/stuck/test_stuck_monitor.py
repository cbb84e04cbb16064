from __future__ import annotations

import pytest
from tests.assist.problems.stuck.runs import after, does, gets, joined, named, says, standing, step, told, user

from harmony.assist.problems.stuck.model import Kind, Level, Privacy, Remedy
from harmony.assist.problems.stuck.monitor import ALARMS_KEPT, Monitor

LIST = step("ls", "notes.txt")
FAILING = step("make moon", "make: *** no rule to make target 'moon'", True)


def test_the_same_action_with_the_same_result_is_a_nudge_at_the_third_time_and_an_alarm_at_the_fourth() -> None:
    three, four = after(LIST * 3), after(LIST * 4)
    assert (three.stuck, three.nudge, three.alarm_at) == (False, True, None)
    assert (four.stuck, four.nudge, four.alarm_at) == (True, False, 7)
    assert standing(LIST * 4).kind is Kind.SAME_ACTION


def test_an_action_that_fails_again_is_stuck_even_when_its_errors_differ() -> None:
    run = joined(*(step("connect", f"error: {why}", True) for why in ("refused", "reset", "timed out", "no route")))
    assert standing(run[:6]).level is Level.NUDGE
    assert standing(run).kind is Kind.REPEATED_ERROR
    assert after(run).alarm_at == 7


def test_new_reasons_for_the_same_action_earn_one_more_round() -> None:
    reasons = ("perhaps it settles", "a typo of mine", "now with patience", "once more, for the log", "last of all")
    run = joined(*(step("submit answer", "wrong answer", why=why) for why in reasons))
    assert not after(run[:8]).stuck
    assert after(run).stuck


def test_the_user_who_speaks_begins_a_new_chapter() -> None:
    assert after([*LIST * 4, user("try something else")]).stuck is False
    assert after([*LIST * 3, user("again please"), *LIST * 3]).alarm_at is None
    assert after([*LIST * 4, user("try something else")]).alarm_at == 7


def test_a_stuck_run_that_goes_on_is_no_longer_stuck() -> None:
    verdict = after([*LIST * 4, *step("cat notes.txt", "buy milk")])
    assert (verdict.stuck, verdict.alarm_at) == (False, 7)


@pytest.mark.parametrize("length", range(2, 9))
def test_a_cycle_is_seen_when_its_third_round_ends(length: int) -> None:
    turn = joined(*(step(f"look into {name}", f"{name} is empty") for name in "abcdefgh"[:length]))
    assert after(turn * 3).alarm_at == 6 * length - 1
    assert standing(turn * 3).kind is Kind.CYCLE
    assert after((turn * 3)[:-1]).alarm_at is None


@pytest.mark.parametrize(
    "args", ["curl localhost/health #{n}", "curl localhost/health --attempt={n}", "curl 'localhost/health'{blank}"]
)
def test_drift_changes_the_letters_of_an_action_and_not_what_it_does(args: str) -> None:
    run = joined(
        *(
            step(args.format(n=n, blank=" " * n), f"[09:00:{10 + n}] the service says maintenance, took {n}.5 ms")
            for n in range(4)
        )
    )
    assert standing(run).kind is Kind.DRIFT
    assert after(run).alarm_at == 7


def test_fruitless_searches_that_hardly_differ_are_drift() -> None:
    words = ("timeout", "timeouts", "deadline", "limit", "duration", "period")
    run = joined(*(step(f"search issues of the parser project for {word}", "no results") for word in words))
    assert standing(run[:8]).level is Level.NUDGE
    assert standing(run).kind is Kind.DRIFT
    assert standing(run).level is Level.ALARM


def test_many_small_jobs_that_succeed_alike_are_work() -> None:
    for job in ("close ticket {n} of the parser project", "close #{n}", "touch part{n}"):
        assert told(joined(*(step(job.format(n=n), "ok") for n in range(30)))) == []


def test_one_error_met_by_ever_new_actions_is_a_repeated_error() -> None:
    run = joined(
        *(
            step(way, "error: database is locked", True)
            for way in ("migrate", "vacuum", "dump", "load", "count", "check")
        )
    )
    assert standing(run).kind is Kind.REPEATED_ERROR
    assert standing(run).level is Level.ALARM


def test_edit_and_run_with_the_same_failure_each_time_is_no_progress() -> None:
    rounds = [
        joined(
            step(f"edit parser.py line {n} with try {'abcdefgh'[n]}", "saved"),
            step("pytest", f"parser.py:{40 + n}: ValueError: bad token", True),
        )
        for n in range(5)
    ]
    assert standing(joined(*rounds[:3])).kind is Kind.EDIT_RUN_FAIL
    assert after(joined(*rounds[:4])).alarm_at is None
    assert standing(joined(*rounds)).level is Level.ALARM


def test_fewer_failed_tests_after_each_edit_is_progress() -> None:
    rounds = [
        joined(
            step(f"edit parser.py with try {'abcdefgh'[n]}", "saved"),
            step("pytest", f"{8 - n} failed, {n} passed", True),
        )
        for n in range(7)
    ]
    assert all(found.kind is not Kind.EDIT_RUN_FAIL for found in told(joined(*rounds)))


def test_a_run_that_fails_less_and_less_is_progress_even_where_edits_are_not_seen() -> None:
    assert told(joined(*(step("pytest", f"{9 - n} failed, {n} passed", True) for n in range(9)))) == []


def test_attempts_that_fail_and_are_taken_back_are_abandoned() -> None:
    rounds = [
        joined(step(f"use library {name}", f"error: {name} lacks it", True), step("git checkout -- .", f"reset {name}"))
        for name in ("anemone", "bluebell", "crocus")
    ]
    assert standing(joined(*rounds[:2])).level is Level.NUDGE
    assert standing(joined(*rounds)).kind is Kind.ABANDONED
    assert standing(joined(*rounds)).level is Level.ALARM


def test_talk_without_action_alarms_at_the_third_echo_or_the_fourth_message() -> None:
    echoes = [says(f"Let me think about this … {n}") for n in range(3)]
    assert after([user("go"), *echoes]).alarm_at == 3
    different = [says(word) for word in ("first plans", "second thoughts", "third opinion", "fourth wall")]
    assert (after(different[:3]).nudge, after(different).alarm_at) == (True, 3)


def test_talk_of_several_agents_is_a_conversation() -> None:
    run = [says("What do you think?", name) for name in ("Ada Example", "Ben Example")] * 5
    assert after(run).alarm_at is None


def test_an_action_ends_a_monologue() -> None:
    echoes = [says("hm")] * 3
    assert after([*echoes, does("ls")]).stuck is False
    assert after([*echoes[:2], *LIST, *echoes[:2]]).alarm_at is None


@pytest.mark.parametrize(
    "request_",
    [
        "Check the job every minute until it is done.",
        "please poll the build until it finishes",
        "wait for the deployment to complete",
        "Keep watching the queue till it is empty",
    ],
)
def test_polling_that_the_user_asked_for_is_no_loop(request_: str) -> None:
    assert told([user(request_), *step("job status", "still running") * 30]) == []


def test_polling_that_only_fails_is_worth_a_nudge() -> None:
    found = told([user("check the server every minute"), *step("ping", "error: unreachable", True) * 9])
    assert {one.level for one in found} == {Level.NUDGE}


def test_an_instruction_to_wait_ends_with_the_next_word_of_the_user() -> None:
    assert after([user("poll it every minute"), *LIST * 9, user("thanks, now fix it"), *LIST * 4]).stuck


def test_an_instruction_to_wait_does_not_excuse_talk() -> None:
    assert after([user("check it every minute"), *[says("Let me think.")] * 3]).stuck


def test_waiting_that_nobody_asked_for_gets_more_patience() -> None:
    run = step("sleep 30; gh run view", "status: in progress")
    assert after(run * 5).alarm_at is None
    assert after(run * 12).stuck


@pytest.mark.parametrize("words", ["I'm stuck.", "we are really stuck here", "I have tried everything", "I give up"])
def test_an_explicit_ask_is_an_alarm_at_once(words: str) -> None:
    found = standing([user(words)])
    assert (found.kind, found.level, found.remedy) == (Kind.ASK, Level.ALARM, Remedy.KNOWN_SOLUTIONS)


def test_an_ask_stands_until_the_user_speaks_again() -> None:
    assert after([user("I'm stuck"), *step("ls", "x"), *step("cat x", "y")]).stuck
    assert after([user("I'm stuck"), *LIST * 3]).stuck
    assert not after([user("I'm stuck"), user("solved it")]).stuck


def test_a_request_is_not_an_ask_for_help_and_a_wish_for_a_person_is_a_nudge() -> None:
    assert told([user("Can you help me with my booking? My suitcase is lost.")]) == []
    assert [one.level for one in told([user("can I talk to a human?")])] == [Level.NUDGE]


def test_frustration_alone_raises_nothing_and_makes_an_alarm_a_little_surer() -> None:
    assert told([user("argh, this is ridiculous!!!")]) == []
    calm, angry = standing([user("go on"), *LIST * 4]), standing([user("argh, go on!!!"), *LIST * 4])
    assert calm.confidence < angry.confidence
    assert angry.hints == ("the user sounds frustrated",)


def test_results_out_of_order_find_their_actions() -> None:
    one = [does("all", "build"), does("all", "lint"), named("lint", "clean"), named("build", "built")]
    other = [does("all", "build"), does("all", "lint"), named("build", "built"), named("lint", "clean")]
    assert after([*one, *one, *one]).alarm_at == 11
    assert standing(other * 3).lines[0].text == "build all → built"


def test_actions_without_results_are_steps_too() -> None:
    assert after([does("ls")] * 5).alarm_at == 4
    assert after([does("a"), does("b"), does("c")] * 4).alarm_at == 9


def test_results_without_actions_are_steps_too() -> None:
    assert after([gets("error: disk is full", True)] * 4).alarm_at == 3


def test_each_finding_is_told_once_and_again_when_it_is_time_for_a_person() -> None:
    found = told(LIST * 20)
    assert [(one.level, one.remedy) for one in found] == [
        (Level.NUDGE, Remedy.NUDGE),
        (Level.ALARM, Remedy.KNOWN_SOLUTIONS),
        (Level.ALARM, Remedy.PERSON),
    ]


def test_a_finding_that_comes_and_goes_is_told_once_at_each_level() -> None:
    rounds = [
        joined(step(f"edit parser.py, try {n}", "saved"), step("pytest", "ValueError: bad token", True))
        for n in range(8)
    ]
    found = told(joined(*rounds))
    assert len({(one.kind, one.level, one.remedy) for one in found}) == len(found)
    assert len(after(joined(*rounds)).alarms) <= len({one.kind for one in found})


def test_the_alarms_that_are_kept_are_bounded() -> None:
    monitor = Monitor()
    for _ in range(ALARMS_KEPT + 1):
        for event in [*LIST * 4, user("next")]:
            monitor.observe(event)
    assert len(monitor.verdict().alarms) == ALARMS_KEPT


def test_high_privacy_sees_equality_and_no_words() -> None:
    run = [user("I'm stuck"), *step("open vault", "error: wrong combination 1234", True) * 4]
    assert told(run, Privacy.HIGH)[0].kind is Kind.REPEATED_ERROR
    shown = " ".join(line.text for line in standing(run, Privacy.HIGH).lines)
    assert not any(word in shown for word in ("vault", "combination", "1234"))
    assert after(run, Privacy.HIGH).outlook is None


def test_standard_privacy_hears_the_user_and_does_not_quote() -> None:
    words = "I'm stuck with the Heron project"
    assert "Heron" not in standing([user(words)]).lines[0].text
    assert "Heron" in standing([user(words)], Privacy.OPEN).lines[0].text
