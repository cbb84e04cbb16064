"""How many messages are accepted durably over HTTP, beside etcd's put over its HTTP gateway?

256 connections each, the load of ``wrk`` (Debian: wrk) with one thread, rounds interleaved in one run; a bearer token
is checked, each send carries a new idempotency key and stands in the journal, each put writes a new key. Both write to
the same disk and wait for it. Aim: 1.5 times etcd's puts, at least as many; p99 no worse.

Peers are found on the path: ``wrk``, ``etcd`` (Debian: etcd-server). Without them the bench says so and ends.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from harmony.apps.runtime import run_file

ROUNDS, ROUND_SECONDS = (int(word) for word in sys.argv[1:3]) if len(sys.argv) == 3 else (5, 6)
"""Two arguments for a quick look."""
CONNECTIONS = 256
OFFSET = 3_200
ETCD_PORT = 23_790
START_LIMIT_SECONDS = 120
HARMONY = Path(sys.executable).with_name("harmony")

SEND = """
local n, salt = 0, "%s"
request = function()
   n = n + 1
   local body = '{"from":"sherlock-hub","to":"bench-' .. salt ..
                '","message_type":"note","payload":{"number":' .. n .. '}}'
   local headers = {["Content-Type"] = "application/json", ["Authorization"] = "Bearer %s",
                    ["Idempotency-Key"] = salt .. "-" .. n}
   return wrk.format("POST", "/queue/send", headers, body)
end
"""
PUT = """
local n, salt, letters = 0, "%s", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
local value = "%s"
local encode = function(text)
   local out = {}
   for i = 1, #text, 3 do
      local a, b, c = text:byte(i, i + 2)
      local bits = a * 65536 + (b or 0) * 256 + (c or 0)
      for k = 3, 0, -1 do
         local place = math.floor(bits / 64 ^ k) %% 64
         out[#out + 1] = (k < (b and (c and 0 or 1) or 2)) and "=" or letters:sub(place + 1, place + 1)
      end
   end
   return table.concat(out)
end
request = function()
   n = n + 1
   local headers = {["Content-Type"] = "application/json", ["Authorization"] = "%s"}
   local body = '{"key":"' .. encode(salt .. "-" .. n) .. '","value":"' .. value .. '"}'
   return wrk.format("POST", "/v3/kv/put", headers, body)
end
"""


@dataclass(frozen=True)
class Round:
    """What wrk printed: answers a second, the 99th percentile in milliseconds, answers that were no success."""

    per_second: float
    p99_milliseconds: float
    refused: int


def main() -> None:
    missing = [name for name in ("wrk", "etcd") if shutil.which(name) is None]
    if missing:
        print(f"not measured: {', '.join(missing)} is not on the path (Debian packages wrk and etcd-server)")
        return
    with tempfile.TemporaryDirectory(prefix="harmony-bench-", dir="/tmp") as folder:
        base = Path(folder)
        base.chmod(0o711)
        with _harmony(base / "data") as token, _etcd(base / "etcd") as etcd_token:
            print(f"load average before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; wrk, 1 thread")
            ours, theirs = [], []
            for number in range(ROUNDS + 1):  # the first warms both up
                a = _wrk(base, f"http://127.0.0.1:{8888 + OFFSET}", SEND % (f"r{number}", token))
                b = _wrk(base, f"http://127.0.0.1:{ETCD_PORT}", PUT % (f"r{number}", _value(), etcd_token))
                if number:
                    ours.append(a)
                    theirs.append(b)
                    ratio = a.per_second / b.per_second
                    print(f"round {number}: harmony {_line(a)}   etcd {_line(b)}   ratio {ratio:.2f}", flush=True)
            _told(ours, theirs)


def _told(ours: list[Round], theirs: list[Round]) -> None:
    ratios = sorted(a.per_second / b.per_second for a, b in zip(ours, theirs, strict=True))
    print(f"sends/s       harmony {statistics.median(a.per_second for a in ours):8.0f}")
    print(f"puts/s        etcd    {statistics.median(b.per_second for b in theirs):8.0f}")
    spread = f"from {ratios[0]:.2f} to {ratios[-1]:.2f}"
    print(f"ratio         median {statistics.median(ratios):.2f}, {spread}  (aim 1.5, bar 1.0)")
    p99 = [statistics.median(one.p99_milliseconds for one in side) for side in (ours, theirs)]
    print(f"p99           harmony {p99[0]:.0f} ms, etcd {p99[1]:.0f} ms  (bar: no worse)")


def _line(one: Round) -> str:
    refused = f" ({one.refused} refused)" if one.refused else ""
    return f"{one.per_second:7.0f}/s p99 {one.p99_milliseconds:5.0f} ms{refused}"


def _wrk(base: Path, url: str, script: str) -> Round:
    path = base / "load.lua"
    path.write_text(script)
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{ROUND_SECONDS}s", "--latency", "-s", str(path), url]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", output)
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", output)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    assert rate and p99, output
    scale = {"us": 0.001, "ms": 1.0, "s": 1000.0}[p99[2]]
    return Round(float(rate[1]), float(p99[1]) * scale, int(refused[1]) if refused else 0)


@contextmanager
def _harmony(data: Path) -> Iterator[str]:
    """A Harmony with a conductor; the bearer token of a component."""
    arguments = ["up", "conductor", "global-nexus", "--data", str(data), "--port-offset", str(OFFSET)]
    process = subprocess.Popen([str(HARMONY), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _until(f"http://127.0.0.1:{8888 + OFFSET}/health")
        run = run_file.read(data)
        assert run is not None
        principal = {
            "kind": "component",
            "name": "sherlock-hub",
            "roles": ["component"],
            "id": "component-sherlock-hub",
        }
        _post(f"{run.front_door}/auth/principals", principal, run.operator_token)
        asked = {"label": "bench", "principal_id": "component-sherlock-hub", "days": 1}
        yield str(_post(f"{run.front_door}/auth/tokens", asked, run.operator_token)["token"])
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


@contextmanager
def _etcd(data: Path) -> Iterator[str]:
    """An etcd with authentication on; a token."""
    url = f"http://127.0.0.1:{ETCD_PORT}"
    command = ["etcd", "--data-dir", str(data), "--listen-client-urls", url, "--advertise-client-urls", url]
    command += ["--listen-peer-urls", f"http://127.0.0.1:{ETCD_PORT + 1}", "--log-level", "error"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _until(f"{url}/health")
        _post(f"{url}/v3/auth/user/add", {"name": "root", "password": "bench"})
        _post(f"{url}/v3/auth/role/add", {"name": "root"})
        _post(f"{url}/v3/auth/user/grant", {"user": "root", "role": "root"})
        _post(f"{url}/v3/auth/enable", {})
        yield str(_post(f"{url}/v3/auth/authenticate", {"name": "root", "password": "bench"})["token"])
    finally:
        process.terminate()
        process.wait(30)


def _value() -> str:
    message = {"from": "sherlock-hub", "to": "bench", "message_type": "note", "payload": {"number": 1000}}
    return base64.b64encode(json.dumps(message).encode()).decode()


def _post(url: str, body: dict[str, object], token: str | None = None) -> dict[str, object]:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers, method="POST")
    with urllib.request.urlopen(request, timeout=30) as answer:
        found: dict[str, object] = json.loads(answer.read() or b"{}")
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
