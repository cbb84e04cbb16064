"""How long from an accepted sample to the web hook, beside Prometheus with Alertmanager at one second?

Each round lets one alert of each side fire, one after the other in the same run: Harmony gets a beat with the number,
Prometheus finds it at its next scrape (scrape and rules every second, Alertmanager with a group wait of nought: its
quickest). Timed is from the answer to the beat, or from the number standing in the scraped text, until the web hook
has been asked. Then a thousand alerts of one rule at once: how many messages are they? Aim: median at most 0.25 s,
p99 at most 1.1 s; one message a group. The load generator is this program; authentication is as it is shipped.

Peers are found on the path: ``prometheus``, ``prometheus-alertmanager`` (Debian packages of these names); without them
Harmony is measured alone.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from harmony.apps.runtime import run_file

ROUNDS = int(sys.argv[1]) if len(sys.argv) == 2 else 40
"""An argument for a quick look."""
BURST = 1_000
OFFSET = 3_300
PROMETHEUS_PORT, ALERTMANAGER_PORT = 29_090, 29_093
START_LIMIT_SECONDS = 120
TOLD_LIMIT_SECONDS = 30
QUIET_SECONDS = 4.0
HARMONY = Path(sys.executable).with_name("harmony")
PEERS = ("prometheus", "prometheus-alertmanager")

RULES = """
groups:
  - name: bench
    interval: 1s
    rules:
      - {alert: single, expr: bench > 0}
      - {alert: burst, expr: burst > 0}
"""
SCRAPES = """
global: {scrape_interval: 1s, evaluation_interval: 1s}
rule_files: [rules.yml]
alerting: {alertmanagers: [{static_configs: [{targets: ["127.0.0.1:%d"]}]}]}
scrape_configs: [{job_name: bench, static_configs: [{targets: ["127.0.0.1:%d"]}]}]
"""
ROUTES = """
route:
  receiver: hook
  group_by: [alertname, n]
  group_wait: 0s
  group_interval: 1s
  routes:
    - {matchers: ['alertname="burst"'], group_by: [alertname], group_wait: 1s, group_interval: 30s}
receivers: [{name: hook, webhook_configs: [{url: "http://127.0.0.1:%d/theirs", send_resolved: false}]}]
"""


class Here:
    """The web hook of both sides, and what Prometheus scrapes."""

    def __init__(self) -> None:
        self.arrived: list[tuple[float, str, str]] = []
        self.text = ""
        here = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                here.arrived.append((time.perf_counter(), self.path, body))
                self.send_response(200)
                self.end_headers()

            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/plain; version=0.0.4")
                self.end_headers()
                self.wfile.write(here.text.encode())

            def log_message(self, *_: Any) -> None:
                return None

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def waited(self, path: str, word: str, begun: float) -> float:
        """Seconds from ``begun`` until a message with ``word`` came to ``path``."""
        ends = time.perf_counter() + TOLD_LIMIT_SECONDS
        while time.perf_counter() < ends:
            for at, to, body in self.arrived:
                if to == path and word in body and at >= begun:
                    return at - begun
            time.sleep(0.001)
        raise SystemExit(f"{path} was not told of {word} within {TOLD_LIMIT_SECONDS} s")

    def messages(self, path: str, word: str) -> int:
        """How many messages with ``word`` came to ``path``, once it has been quiet for a while."""
        self.waited(path, word, 0.0)
        while time.perf_counter() - max(at for at, to, body in self.arrived if to == path) < QUIET_SECONDS:
            time.sleep(0.1)
        return sum(to == path and word in body for _, to, body in self.arrived)


def main() -> None:
    here = Here()
    missing = [name for name in PEERS if shutil.which(name) is None]
    if missing:
        print(f"Harmony alone: {', '.join(missing)} is not on the path (Debian packages of these names)")
    with tempfile.TemporaryDirectory(prefix="harmony-bench-", dir="/tmp") as folder:
        base = Path(folder)
        base.chmod(0o711)
        with _harmony(base / "data", here), nullcontext() if missing else _prometheus(base, here):
            print(f"load average before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; rounds {ROUNDS}")
            ours, theirs = [], []
            ids = [_register("bench", number + 1) for number in range(ROUNDS)]
            for number, component_id in enumerate(ids):
                time.sleep(0.37)  # so that rounds do not keep step with a scrape of one second
                ours.append(_our_round(here, component_id))
                if not missing:
                    theirs.append(_their_round(here, number))
            _told("harmony", ours, "aim: median 0.25 s, p99 1.1 s")
            if theirs:
                _told("prometheus with alertmanager", theirs, "scrape and rules every second")
                ratios = sorted(a / b for a, b in zip(ours, theirs, strict=True))
                print(f"ratio         median {statistics.median(ratios):.2f}, from {ratios[0]:.2f} to {ratios[-1]:.2f}")
            _bursts(here, alone=bool(missing))
            print(f"load average after: {os.getloadavg()[0]:.1f}")


def _our_round(here: Here, component_id: str) -> float:
    _post("conductor", "/heartbeat", {"component_id": component_id, "metrics": {"bench": 1}})
    return here.waited("/ours", component_id, time.perf_counter())


def _their_round(here: Here, number: int) -> float:
    here.text += f'bench{{n="n{number:04}"}} 1\n'
    return here.waited("/theirs", f"n{number:04}", time.perf_counter())


def _bursts(here: Here, *, alone: bool) -> None:
    ids = [_register("burst", number + 1) for number in range(BURST)]
    beats = [{"component_id": one, "metrics": {"burst": 1}} for one in ids]
    begun = time.perf_counter()
    _post("conductor", "/heartbeat/batch", {"heartbeats": beats})
    seconds = here.waited("/ours", "burst", begun)
    print(f"{BURST} at once: harmony {here.messages('/ours', 'burst:')} message(s), the first after {seconds:.2f} s")
    if not alone:
        here.text += "".join(f'burst{{n="b{number}"}} 1\n' for number in range(BURST))
        begun = time.perf_counter()
        seconds = here.waited("/theirs", '"alertname":"burst"', begun)
        many = here.messages("/theirs", '"alertname":"burst"')
        print(f"{BURST} at once: prometheus {many} message(s), the first after {seconds:.2f} s")


def _told(name: str, seconds: list[float], aim: str) -> None:
    ordered = sorted(seconds)
    p99 = ordered[min(len(ordered) - 1, round(0.99 * (len(ordered) - 1)))]
    shown = f"median {statistics.median(ordered):.3f} s, p99 {p99:.3f} s, from {ordered[0]:.3f} to {ordered[-1]:.3f}"
    print(f"{name}: {shown}  ({aim})")


@contextmanager
def _harmony(data: Path, here: Here) -> Iterator[None]:
    components = ["conductor", "global-nexus", "global-cortex"]
    arguments = ["up", *components, "--data", str(data), "--port-offset", str(OFFSET)]
    process = subprocess.Popen([str(HARMONY), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _until(f"http://127.0.0.1:{8888 + OFFSET}/health")
        run = run_file.read(data)
        assert run is not None
        hook = {"kind": "webhook", "url": f"http://127.0.0.1:{here.port}/ours"}
        _post("cortex", "/channels/hook", hook, token=run.operator_token, method="PUT")
        for name, group_by in (("bench", ["component_id"]), ("burst", ["alert_name"])):
            alert = {"alert_name": name, "condition": f"{name} > 0", "notification_channels": ["hook"]}
            _post("cortex", "/alerts/configure", {**alert, "group_by": group_by})
        time.sleep(2)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


@contextmanager
def _prometheus(base: Path, here: Here) -> Iterator[None]:
    (base / "rules.yml").write_text(RULES)
    (base / "prometheus.yml").write_text(SCRAPES % (ALERTMANAGER_PORT, here.port))
    (base / "alertmanager.yml").write_text(ROUTES % here.port)
    commands = [
        ["prometheus-alertmanager", f"--config.file={base}/alertmanager.yml", f"--storage.path={base}/alertmanager"],
        ["prometheus", f"--config.file={base}/prometheus.yml", f"--storage.tsdb.path={base}/prometheus"],
    ]
    commands[0] += [f"--web.listen-address=127.0.0.1:{ALERTMANAGER_PORT}", "--cluster.listen-address="]
    commands[1] += [f"--web.listen-address=127.0.0.1:{PROMETHEUS_PORT}"]
    processes = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for command in commands
    ]
    try:
        for port in (ALERTMANAGER_PORT, PROMETHEUS_PORT):
            _until(f"http://127.0.0.1:{port}/-/ready")
        yield
    finally:
        for process in processes:
            process.terminate()
            process.wait(30)


def _register(name: str, port: int) -> str:
    body = {"component": f"{name}-member", "version": "1.0.0", "port": port, "capabilities": []}
    return str(_post("conductor", "/register", body)["component_id"])


def _post(
    component: str, path: str, body: dict[str, Any], *, token: str | None = None, method: str = "POST"
) -> dict[str, Any]:
    port = OFFSET + {"conductor": 8888, "cortex": 9002}[component]
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    url = f"http://127.0.0.1:{port}{path}"
    request = urllib.request.Request(url, json.dumps(body).encode(), headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        found: dict[str, Any] = json.loads(answer.read() or b"{}")
        return found


def _until(url: str) -> None:
    ends = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < ends:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{url} does not answer")


if __name__ == "__main__":
    main()
