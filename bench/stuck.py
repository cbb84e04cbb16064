"""Does the detector notice that a run is stuck, soon, and leave the others in peace? What does the outlook know?

Reads the labelled runs in ``HARMONY_BENCH_DATA``, or in ``../shared/data`` beside the repository, and says so when
there is none. Loops are put into runs that went well, from a seed: the same action, the same error, ping-pong, drift,
monologue, and polling that the user asked for. Beside each figure stands that of the naive rule (the same action and
result four times, an error four times, three messages, an alternation of six; for the outlook the most frequent
action's count) and a bootstrap interval, over runs or, for the outlook, over tasks.

``--train`` writes ``weights.json`` anew: the outlook's weights, shrunk hard because a hundred runs of 25 tasks carry
few, its calibration by scores that never saw their task, and how often each finding was right.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from harmony.assist.problems.stuck import weights
from harmony.assist.problems.stuck.events import read_event
from harmony.assist.problems.stuck.model import Finding, Verdict
from harmony.assist.problems.stuck.monitor import Monitor
from harmony.assist.problems.stuck.outlook import DEVIATIONS_LIMIT, OUTLOOK_EVENTS, Outlook

Row = dict[str, Any]
Detector = Callable[[Sequence[Row]], "int | None"]

KINDS = ("same", "error", "ping-pong", "drift", "monologue")
LOOPS_A_KIND, POLLINGS = 100, 50
LEAD_EVENTS = 20
BOOTSTRAP_ROUNDS = 1_000
START_ROUNDS = 15
FOLDS, FOLD_ROUNDS = 5, 20
RULE_OF_THREE = 3.0
RIDGE = 100.0
SPEED_EVENTS = 50_000


def data_folder() -> Path | None:
    """Where the labelled data is, if anywhere."""
    named = os.environ.get("HARMONY_BENCH_DATA")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"
    return folder / "stuck" if (folder / "stuck").is_dir() else None


def rows(path: Path) -> list[Row]:
    text = (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


# --- the two detectors ---------------------------------------------------------------------------------------------


def judged(events: Iterable[Row]) -> Verdict:
    monitor = Monitor()
    for event in events:
        monitor.observe(read_event(event))
    return monitor.verdict()


def ours(events: Sequence[Row]) -> int | None:
    return judged(events).alarm_at


def naive(events: Sequence[Row]) -> int | None:
    return next((at for at in range(len(events)) if naively_stuck(events[: at + 1])), None)


def naively_stuck(events: Sequence[Row]) -> bool:
    spoken = max((at for at, event in enumerate(events) if event["role"] == "user"), default=-1)
    last = events[spoken + 1 :][-LEAD_EVENTS:]
    pairs = [
        ((one["tool"], one.get("args")), two["text"], bool(two.get("error")))
        for one, two in itertools.pairwise(last)
        if one.get("tool") and two["role"] == "tool"
    ]
    four = pairs[-4:]
    if len(four) == 4 and (len(set(four)) == 1 or (len({pair[0] for pair in four}) == 1 and all(p[2] for p in four))):
        return True
    if len(pairs) >= 6 and pairs[-2:] == pairs[-4:-2] == pairs[-6:-4] and pairs[-1] != pairs[-2]:
        return True
    return len(last) >= 3 and all(event["role"] == "agent" and not event.get("tool") for event in last[-3:])


# --- loops put into runs that went well ----------------------------------------------------------------------------


def looped(run: Sequence[Row], kind: str, chance: random.Random) -> tuple[list[Row], int, int] | None:
    """``run`` up to some action and from there a loop; where the loop begins and where its third round ends."""
    places = [at for at in range(1, len(run) - 1) if run[at].get("tool") and run[at + 1]["role"] == "tool"]
    if not places:
        return None
    at = chance.choice(places)
    turns = _rounds(run[at], run[at + 1], kind, chance)
    if kind == "polling":
        at_most = [*run[:at], *(event for turn in turns for event in turn), *run[at + 2 :]]
        return at_most, at, at
    return [*run[:at], *(event for turn in turns for event in turn)], at, at + sum(map(len, turns[:3])) - 1


def _rounds(act: Row, came: Row, kind: str, chance: random.Random) -> list[list[Row]]:
    args = act.get("args") or ""
    if kind == "same":
        return [[act, came]] * 7
    if kind == "error":
        said = chance.choice(["invalid argument", "not found", "permission denied", "connection refused"])
        return [[act, {"role": "tool", "name": came.get("name"), "text": f"Error: {said}", "error": True}]] * 6
    if kind == "ping-pong":
        return [[act, came, {**act, "args": args + " --other"}, {**came, "text": came["text"][::-1][:200]}]] * 5
    if kind == "drift":
        return [
            [{**act, "args": f"{args} #{n}"}, {**came, "text": f"[12:00:{10 + n}] {came['text']}"}] for n in range(7)
        ]
    if kind == "monologue":
        return [[{"role": "agent", "text": "Let me think about this again."}]] * 7
    asked: list[list[Row]] = [[{"role": "user", "text": "Check the job every minute until it is done."}]]
    return asked + [[act, {**came, "text": f"job 17: running, {n * 12} % done"}] for n in range(7)]


def all_looped(good: Sequence[Row], kind: str, count: int, seed: int) -> Iterator[tuple[list[Row], int, int]]:
    chance = random.Random(f"{kind} {seed}")
    made = 0
    while made < count:
        found = looped(chance.choice(good)["events"], kind, chance)
        if found is not None:
            made += 1
            yield found


# --- figures -------------------------------------------------------------------------------------------------------


def interval(values: Sequence[float]) -> str:
    """A 95 % bootstrap interval of the mean; where all values are equal, the bound that as many trials allow."""
    if len(set(values)) == 1 and values[0] in (0.0, 1.0):
        doubt = min(1.0, RULE_OF_THREE / len(values))
        low, high = (0.0, doubt) if values[0] == 0.0 else (1.0 - doubt, 1.0)
        return f"[{low:.3f}, {high:.3f}]"
    chance = random.Random(7)
    means = sorted(statistics.fmean(chance.choices(values, k=len(values))) for _ in range(BOOTSTRAP_ROUNDS))
    return f"[{means[int(len(means) * 0.025)]:.3f}, {means[int(len(means) * 0.975)]:.3f}]"


def show(name: str, aim: str, values: Sequence[float], plain: Sequence[float]) -> None:
    figure = f"{statistics.fmean(values):.3f} {interval(values)}"
    beside = f"naive {statistics.fmean(plain):.3f} {interval(plain)}" if plain else ""
    print(f"{name:42s} {figure:24s} aim {aim:8s} {beside} n={len(values)}")


def late(at: int | None, third: int) -> float | None:
    return None if at is None else float(max(0, at - third))


def loops(good: Sequence[Row], seed: int) -> None:
    """Recall by kind, and how late, of alarms that were not raised before the loop began."""
    delays: list[float] = []
    for kind in KINDS:
        made = list(all_looped(good, kind, LOOPS_A_KIND, seed))
        hits: dict[Detector, list[float]] = {ours: [], naive: []}
        for events, begun, third in made:
            for detector, found in hits.items():
                at = detector(events)
                found.append(float(at is not None and at >= begun))
                if detector is ours and at is not None and at >= begun:
                    delays.append(float(max(0, at - third)))
        show(f"injected loops, {kind}: recall", ">= .95", hits[ours], hits[naive])
    ranked = sorted(delays)
    print(
        f"{'delay after the third round, events':42s} p50 {ranked[len(ranked) // 2]:.0f}, "
        f"p95 {ranked[int(len(ranked) * 0.95)]:.0f}{'':12s} aim p95 <= 3"
    )
    polled = [(events, at) for events, at, _ in all_looped(good, "polling", POLLINGS, seed)]
    wrong = {one: [float((one(events) or -1) >= at) for events, at in polled] for one in (ours, naive)}
    show("alarms on polling that was asked for", "0", wrong[ours], wrong[naive])


def auc(scores: Sequence[float], bad: Sequence[float]) -> float:
    """The likelihood that a run that failed has the higher score; ties count half."""
    one = [score for score, label in zip(scores, bad, strict=True) if label]
    other = [score for score, label in zip(scores, bad, strict=True) if not label]
    if not one or not other:
        return 0.5
    return statistics.fmean((a > b) + (a == b) / 2 for a in one for b in other)


def auc_interval(scores: Sequence[float], bad: Sequence[float], tasks: Sequence[str]) -> str:
    """A 95 % bootstrap interval over tasks: runs of one task are not independent."""
    chance, members = random.Random(7), defaultdict(list)
    for place, task in enumerate(tasks):
        members[task].append(place)
    drawn = []
    for _ in range(BOOTSTRAP_ROUNDS // 2):
        places = [place for task in chance.choices(list(members), k=len(members)) for place in members[task]]
        drawn.append(auc([scores[at] for at in places], [bad[at] for at in places]))
    drawn.sort()
    return f"[{drawn[int(len(drawn) * 0.025)]:.3f}, {drawn[int(len(drawn) * 0.975)]:.3f}]"


# --- the outlook ---------------------------------------------------------------------------------------------------


def table(runs: Sequence[Row]) -> tuple[list[str], np.ndarray, np.ndarray, list[str]]:
    """Names of the features, one row of them a run, whether it failed, and its task."""
    found = []
    for run in runs:
        outlook = Outlook()
        for event in run["events"][:OUTLOOK_EVENTS]:
            outlook.observe(read_event(event))
        found.append(outlook.features())
    names = list(found[0])
    values = np.array([[one[name] for name in names] for one in found])
    return names, values, np.array([float(not run["label"]["success"]) for run in runs]), [run["task"] for run in runs]


def logistic(values: np.ndarray, bad: np.ndarray, ridge: float, *, balanced: bool) -> np.ndarray:
    """Weights of a ridge logistic regression by Newton's steps, the intercept last and not shrunk."""
    design = np.hstack([values, np.ones((len(values), 1))])
    share = bad.mean()
    worth = np.where(bad > 0, 0.5 / share, 0.5 / (1 - share)) if balanced else np.ones(len(bad))
    penalty = np.diag([ridge] * values.shape[1] + [1e-9])
    found = np.zeros(design.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-np.clip(design @ found, -30, 30)))
        slope = design.T @ (worth * (likely - bad)) + penalty @ found
        bend = (design * (worth * likely * (1 - likely))[:, None]).T @ design + penalty
        found = found - np.linalg.solve(bend, slope)
    return found


def deviations(values: np.ndarray, mean: np.ndarray, scale: np.ndarray) -> np.ndarray:
    return np.asarray(np.clip((values - mean) / scale, -DEVIATIONS_LIMIT, DEVIATIONS_LIMIT))


def direction(values: np.ndarray, bad: np.ndarray) -> np.ndarray:
    """The weights of standardised features, of length one: a constant cannot rank and length is calibrated later."""
    found = logistic(values, bad, RIDGE, balanced=True)[:-1]
    return np.asarray(found / (np.linalg.norm(found) or 1.0))


def unseen_scores(values: np.ndarray, bad: np.ndarray, tasks: Sequence[str], seed: int) -> np.ndarray:
    """Each run's score by weights that never saw its task."""
    order = sorted(set(tasks))
    random.Random(seed).shuffle(order)
    fold = {task: place % FOLDS for place, task in enumerate(order)}
    of_run, scores = np.array([fold[task] for task in tasks]), np.zeros(len(bad))
    for number in range(FOLDS):
        seen = of_run != number
        mean, scale = values[seen].mean(0), values[seen].std(0) + 1e-9
        scores[~seen] = deviations(values[~seen], mean, scale) @ direction(
            deviations(values[seen], mean, scale), bad[seen]
        )
    return scores


def outlook(runs: Sequence[Row]) -> None:
    _, values, bad, tasks = table(runs)
    rounds = [unseen_scores(values, bad, tasks, seed) for seed in range(FOLD_ROUNDS)]
    figures = [auc(list(scores), list(bad)) for scores in rounds]
    middle = rounds[int(np.argsort(figures)[len(figures) // 2])]
    counts = [
        float(max(Counter((e["tool"], e.get("args")) for e in run["events"][:16] if e.get("tool")).values(), default=0))
        for run in runs
    ]
    print(
        f"{'outlook, task unseen: AUC for failure':42s} {statistics.fmean(figures):.3f} "
        f"{auc_interval(list(middle), list(bad), tasks)}     aim >= .70   naive {auc(counts, list(bad)):.3f} "
        f"{auc_interval(counts, list(bad), tasks)} n={len(runs)} runs, {len(set(tasks))} tasks"
    )
    shipped = [judged(run["events"][:OUTLOOK_EVENTS]).outlook or 0.0 for run in runs]
    brier = statistics.fmean((p - b) ** 2 for p, b in zip(shipped, bad, strict=True))
    constant = float(bad.mean() * (1 - bad.mean()))
    print(
        f"{'outlook as shipped, on what it was trained':42s} AUC {auc(shipped, list(bad)):.3f}, "
        f"Brier {brier:.3f} (a constant {constant:.3f})"
    )


# --- training ------------------------------------------------------------------------------------------------------


def train(folder: Path) -> None:
    runs = rows(folder / "tau.jsonl")
    names, values, bad, tasks = table(runs)
    mean, scale = values.mean(0), values.std(0) + 1e-9
    found = direction(deviations(values, mean, scale), bad)
    unseen = np.concatenate([unseen_scores(values, bad, tasks, seed) for seed in range(FOLD_ROUNDS)])
    slope, intercept = logistic(unseen[:, None], np.tile(bad, FOLD_ROUNDS), 1e-6, balanced=False)
    features = {
        name: [round(float(figure), 5) for figure in (mean[at], scale[at], slope * found[at])]
        for at, name in enumerate(names)
    }
    reliability = counted(folder, runs)
    figures = {
        "outlook": {"intercept": round(float(intercept), 5), "features": features},
        "reliability": reliability,
    }
    path = Path(weights.__file__).with_name("weights.json")
    path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(f"wrote {path.name}: {len(names)} features, {len(reliability)} findings")


def counted(folder: Path, tau: Sequence[Row]) -> dict[str, list[int]]:
    """How often each finding was right (in a loop) and wrong (in a run that went well), one of a kind counted a run."""
    good = rows(folder / "clean.jsonl") + [run for run in tau if run["label"]["success"]]
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for run in good:
        for name, _ in findings(run["events"]).items():
            found[name][1] += 1
    share = -(-len(good) // len(KINDS))
    for kind in KINDS:
        for events, begun, _ in all_looped(good, kind, share, seed=99):
            for name, finding in findings(events).items():
                found[name][0 if finding.at >= begun else 1] += 1
    return dict(sorted(found.items()))


def findings(events: Sequence[Row]) -> dict[str, Finding]:
    monitor = Monitor()
    found: dict[str, Finding] = {}
    for event in events:
        one = monitor.observe(read_event(event))
        if one is not None:
            found.setdefault(f"{one.kind}/{one.level.name.lower()}", one)
    return found


# --- speed ---------------------------------------------------------------------------------------------------------


def start_milliseconds() -> tuple[float, float]:
    """The median time of a bare interpreter and of the filter on no input, taken turn by turn."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(START_ROUNDS):
        for times, arguments in zip(taken, (["-c", "pass"], ["-m", "harmony.apps.cli", "stuck"]), strict=True):
            begun = time.perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, input=b"", stdout=subprocess.DEVNULL)
            times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken[0]), statistics.median(taken[1])


def speed() -> None:
    bare, whole = start_milliseconds()
    print(f"{'start over bare Python, ms':42s} {whole - bare:.1f}  (bare {bare:.1f}){'':10s} aim <= 60")
    monitor = Monitor()
    begun = time.process_time()
    for at in range(SPEED_EVENTS // 2):
        monitor.observe(read_event({"role": "agent", "tool": "shell", "args": f"make part-{at}", "text": "on it"}))
        monitor.observe(read_event({"role": "tool", "text": f"built part {at} in folder {at % 7}\n" * 8}))
    taken = time.process_time() - begun
    print(f"{'events a second, one core':42s} {SPEED_EVENTS / taken:,.0f}")
    tracemalloc.start()
    for at in range(SPEED_EVENTS // 10):
        monitor.observe(read_event({"role": "agent", "tool": "shell", "args": f"make {at}", "text": "x" * 5_000}))
    print(f"{'memory held by an endless stream, KB':42s} {tracemalloc.get_traced_memory()[0] / 1024:.0f}")
    tracemalloc.stop()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--train", action="store_true", help="write weights.json anew and measure nothing")
    options.add_argument("--seed", type=int, default=1, help="of the loops")
    given = options.parse_args()
    folder = data_folder()
    if folder is None:
        print("no labelled data: set HARMONY_BENCH_DATA, or lay it at ../shared/data beside the repository")
    elif given.train:
        train(folder)
        return
    else:
        measure(folder, given.seed)
    speed()


def measure(folder: Path, seed: int) -> None:
    tau = rows(folder / "tau.jsonl")
    good = rows(folder / "clean.jsonl") + [run for run in tau if run["label"]["success"]]
    scenarios = rows(folder / "scenarios.jsonl")
    right = [float(judged(one["events"]).stuck == one["label"]["stuck"]) for one in scenarios]
    plain = [float(naively_stuck(one["events"]) == one["label"]["stuck"]) for one in scenarios]
    show("scenarios right", "14 / 14", right, plain)
    nudged = [one for one in scenarios if one["label"]["nudge"] is not None]
    show("nudges right", "3 / 3", [float(judged(n["events"]).nudge == n["label"]["nudge"]) for n in nudged], [])
    wrong = [[float(detector(run["events"]) is not None) for run in good] for detector in (ours, naive)]
    show("false alarms, share of clean runs", "0", *wrong)
    loops(good, seed)
    outlook(tau)


if __name__ == "__main__":
    main()
