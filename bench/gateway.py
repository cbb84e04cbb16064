"""How many requests does the gateway bring to components per CPU-second, beside nginx; and what is lost by a kill -9?

``wrk`` (Debian: wrk) with one thread and 64 connections asks three small servers of this bench through Harmony's front
door, with bearer tokens of 16 callers, access checks and limits on; and through nginx (Debian: nginx-light) with one
worker and kept connections, which checks nothing. Rounds are interleaved in one run; counted are the CPU-seconds of
Harmony's main process (everything it does beside) and of nginx's worker. Bar 0.15, aim 0.3.

Then one of the three servers is killed under the same load: no GET may fail.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from harmony.apps.runtime import run_file

ROUNDS, ROUND_SECONDS = (int(word) for word in sys.argv[1:3]) if len(sys.argv) == 3 else (5, 6)
"""Two arguments for a quick look."""
CONNECTIONS = 64
CALLERS = 16
OFFSET = 4_300
NGINX_PORT = 23_900
BACKEND_PORTS = (23_901, 23_902, 23_903)
START_LIMIT_SECONDS = 120
HARMONY = Path(sys.executable).with_name("harmony")
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
BODY = '{"entities":[{"id":"e-1","name":"Ada"}],"total":1,"page":1}'

BACKEND = """
import asyncio, sys
import uvloop
BODY = sys.argv[2].encode()
HEAD = b"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: "
ANSWER = HEAD + b"%d\\r\\n\\r\\n%b" % (len(BODY), BODY)
class Server(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.head = transport, b""
    def data_received(self, data):
        self.head += data
        while b"\\r\\n\\r\\n" in self.head:
            self.head = self.head.partition(b"\\r\\n\\r\\n")[2]
            self.transport.write(ANSWER)
async def main():
    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", int(sys.argv[1]))
    await server.serve_forever()
uvloop.run(main())
"""
NGINX = """
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream hub {{ {servers} keepalive 64; }}
    server {{
        listen 127.0.0.1:{port};
        keepalive_requests 1000000;
        location /bench-hub/ {{
            proxy_pass http://hub/;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Authorization "";
            proxy_set_header X-Forwarded-For $remote_addr;
        }}
    }}
}}
"""
LOAD = """
local tokens, n = {%s}, 0
local requests = {}
init = function()
   for i, token in ipairs(tokens) do
      requests[i] = wrk.format("GET", "/bench-hub/api/entities?page=1", {["Authorization"] = "Bearer " .. token})
   end
end
request = function()
   n = n %% #requests + 1
   return requests[n]
end
"""


@dataclass(frozen=True)
class Round:
    """Answers a second, answers per CPU-second of the proxy, answers that were no success, connections that broke."""

    per_second: float
    per_cpu_second: float
    refused: int
    broken: int


def main() -> None:
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None or shutil.which("wrk") is None:
        print("not measured: nginx or wrk is not on the path (Debian packages nginx-light and wrk)")
        return
    with tempfile.TemporaryDirectory(prefix="harmony-bench-", dir="/tmp") as folder, ExitStack() as stack:
        base = Path(folder)
        base.chmod(0o711)
        backends = [stack.enter_context(_backend(port)) for port in BACKEND_PORTS]
        process, tokens = stack.enter_context(_harmony(base / "data"))
        worker = stack.enter_context(_nginx(nginx, base))
        load = base / "load.lua"
        load.write_text(LOAD % ", ".join(f'"{token}"' for token in tokens))
        print(f"load average before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; wrk, 1 thread", flush=True)
        _compare(load, process, worker)
        _kill_one(load, process, backends[0])
        print(f"load average after: {os.getloadavg()[0]:.1f}")


def _compare(load: Path, process: int, worker: int) -> None:
    ours, theirs, ratios = [], [], []
    for number in range(ROUNDS + 1):  # the first warms both up
        a = _wrk(load, 9001 + OFFSET, process)
        b = _wrk(load, NGINX_PORT, worker)
        if number:
            ours.append(a)
            theirs.append(b)
            ratios.append(a.per_cpu_second / b.per_cpu_second)
            print(f"round {number}: harmony {_line(a)}   nginx {_line(b)}   ratio {ratios[-1]:.3f}", flush=True)
    ratios.sort()
    print(f"requests/CPU-second  harmony {statistics.median(one.per_cpu_second for one in ours):8.0f}")
    print(f"requests/CPU-second  nginx   {statistics.median(one.per_cpu_second for one in theirs):8.0f}")
    spread = f"from {ratios[0]:.3f} to {ratios[-1]:.3f}"
    print(f"ratio                median {statistics.median(ratios):.3f}, {spread}  (aim 0.3, bar 0.15)")


def _kill_one(load: Path, process: int, backend: subprocess.Popen[bytes]) -> None:
    killer = threading.Timer(ROUND_SECONDS / 2, backend.kill)
    killer.start()
    found = _wrk(load, 9001 + OFFSET, process)
    killer.join()
    verdict = "none" if not found.refused + found.broken else f"{found.refused} refused, {found.broken} broken"
    print(f"one of three killed under load: {_line(found)}; failed: {verdict}  (bar: none)")


def _line(one: Round) -> str:
    refused = f" ({one.refused} refused, {one.broken} broken)" if one.refused or one.broken else ""
    return f"{one.per_second:6.0f}/s, {one.per_cpu_second:6.0f} per CPU-second{refused}"


def _wrk(load: Path, port: int, process: int) -> Round:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{ROUND_SECONDS}s", "-s", str(load), f"http://127.0.0.1:{port}"]
    before = _cpu_seconds(process)
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    spent = _cpu_seconds(process) - before
    count = re.search(r"(\d+) requests in ([\d.]+)s", output)
    assert count, output
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", output)
    return Round(
        int(count[1]) / float(count[2]),
        int(count[1]) / spent,
        int(refused[1]) if refused else 0,
        sum(int(broken[number]) for number in range(1, 5)) if broken else 0,
    )


def _cpu_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND


@contextmanager
def _backend(port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", BACKEND, str(port), BODY])
    try:
        _until(f"http://127.0.0.1:{port}/")
        yield process
    finally:
        process.kill()
        process.wait(30)


@contextmanager
def _harmony(data: Path) -> Iterator[tuple[int, list[str]]]:
    """A Harmony with three instances of one component; its main process and the tokens of its callers."""
    arguments = ["up", "conductor", "global-nexus", "--data", str(data), "--port-offset", str(OFFSET)]
    process = subprocess.Popen([str(HARMONY), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _until(f"http://127.0.0.1:{8888 + OFFSET}/health")
        run = run_file.read(data)
        assert run is not None
        headers = {"Authorization": f"Bearer {run.operator_token}"}
        with httpx.Client(base_url=run.front_door, headers=headers, trust_env=False) as client:
            tokens = [_token(client, f"component-caller-{number}") for number in range(CALLERS)]
            client.headers["Authorization"] = f"Bearer {_token(client, 'component-bench-hub')}"
            for port in BACKEND_PORTS:
                told = {"component": "bench-hub", "version": "1.0", "port": port, "heartbeat_interval": 30}
                client.post("/conductor/register", json=told).raise_for_status()
        yield process.pid, tokens
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _token(client: httpx.Client, principal: str) -> str:
    told = {"kind": "component", "name": principal, "roles": ["component"], "id": principal}
    client.post("/auth/principals", json=told).raise_for_status()
    asked = {"label": "bench", "principal_id": principal, "days": 1}
    answer = client.post("/auth/tokens", json=asked)
    answer.raise_for_status()
    return str(answer.json()["token"])


@contextmanager
def _nginx(program: str, base: Path) -> Iterator[int]:
    """nginx before the same servers; its worker's process."""
    servers = " ".join(f"server 127.0.0.1:{port};" for port in BACKEND_PORTS)
    configuration = base / "nginx.conf"
    configuration.write_text(NGINX.format(folder=base, servers=servers, port=NGINX_PORT))
    process = subprocess.Popen([program, "-c", str(configuration), "-p", str(base)])
    try:
        _until(f"http://127.0.0.1:{NGINX_PORT}/bench-hub/")
        yield int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])
    finally:
        process.terminate()
        process.wait(30)


def _until(url: str) -> None:
    ends = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < ends:
        try:
            if httpx.get(url, trust_env=False, timeout=5).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise SystemExit(f"{url} does not answer")


if __name__ == "__main__":
    main()
