"""Alerts of a run: every new event that a query returns reaches its channel, also over failures and kills."""

import json
import mailbox
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from projects import Project

QUERY = 'name = "moves"\nquery = "latest-events"\nparams = { since = "2000-01-01", type = "delivery" }\n'
MATCHES = (
    "select distinct events.key from events join articles on articles.id = article_id"
    " where type = 'delivery' and same_text_as is null order by 1"
)


class Receiver(ThreadingHTTPServer):
    """A webhook on loopback that keeps what it gets; `react` says what it answers."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[tuple[str, dict[str, object]]] = []
        self.react: Callable[[int], int] = lambda number: 204
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def keys(self) -> list[str]:
        return [str(body["event"]) for _, body in self.got]


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.got.append((self.headers["Idempotency-Key"], body))
        self.send_response(self.server.react(len(self.server.got)))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        yield server
        server.shutdown()


def configure(project: Project, channel: str) -> None:
    config = project.folder / "rigwire.toml"
    text = config.read_text(encoding="utf-8").split("[[alerts]]")[0]
    config.write_text(f"{text}[[alerts]]\n{QUERY}{channel}\n", encoding="utf-8")


def webhook(receiver: Receiver) -> str:
    return f'webhook = "http://127.0.0.1:{receiver.server_port}/hook"'


def forget_alert(project: Project, known: int = 0) -> None:
    """Let the alert begin before its events came: all but the `known` first are news."""
    connection = sqlite3.connect(project.db)
    connection.execute("delete from alert_outbox where id not in (select id from alert_outbox limit ?)", [known])
    connection.execute("update alert_outbox set next_attempt = '2000-01-01T00:00:00Z'")
    connection.commit()
    connection.close()


def expected(project: Project) -> list[str]:
    return [key for (key,) in project.rows(MATCHES)]


def test_first_run_sends_every_event_once_and_the_next_none(project: Project, receiver: Receiver) -> None:
    configure(project, webhook(receiver))
    done = project.rigwire("run")
    assert sorted(receiver.keys) == expected(project)
    assert f"alerts: {len(receiver.got)} sent" in done.stdout, done.stderr
    identity, body = receiver.got[0]
    assert identity == f"moves-{body['event']}"
    assert body["alert"] == "moves"
    assert {"type", "quote", "url"} <= set(body["rows"][0])  # type: ignore[index]
    assert project.rigwire("reextract").returncode == 0
    project.rigwire("run", "--force")
    assert sorted(receiver.keys) == expected(project)


def test_alert_on_an_old_database_sends_only_what_is_new(stored: Project, receiver: Receiver) -> None:
    configure(stored, webhook(receiver))
    assert "alerts" not in stored.rigwire("run").stdout
    assert receiver.got == []
    forget_alert(stored, known=2)
    stored.rigwire("run")
    assert len(receiver.got) == len(expected(stored)) - 2


def test_what_is_refused_waits_and_is_sent_with_the_same_key(stored: Project, receiver: Receiver) -> None:
    configure(stored, webhook(receiver))
    stored.rigwire("run", "-q")
    forget_alert(stored)
    receiver.react = lambda number: 503 if number == 2 else 200
    done = stored.rigwire("run")
    wanted = expected(stored)
    assert (done.returncode, f"1 sent, {len(wanted) - 1} wait" in done.stdout) == (1, True)
    assert "HTTP 503" in done.stderr
    refused = receiver.got[1][0]
    connection = sqlite3.connect(stored.db)
    connection.execute("update alert_outbox set next_attempt = '2000-01-01T00:00:00Z'")
    connection.commit()
    connection.close()
    assert stored.rigwire("run").returncode == 0
    identities = [identity for identity, _ in receiver.got]
    assert identities.count(refused) == 2
    assert sorted(set(receiver.keys)) == wanted


def test_kill_between_delivery_and_its_record_repeats_that_one_alone(stored: Project, receiver: Receiver) -> None:
    configure(stored, webhook(receiver))
    stored.rigwire("run", "-q")
    forget_alert(stored)
    command = [sys.executable, "-m", "rigwire", "run", "-q"]
    with subprocess.Popen(command, cwd=stored.folder, env=stored.environment) as process:

        def kill_at_the_second(number: int) -> int:
            if number == 2:
                os.kill(process.pid, signal.SIGKILL)
            return 204

        receiver.react = kill_at_the_second
        process.wait()
    assert process.returncode == -signal.SIGKILL
    assert stored.rows("select count(*) from alert_outbox where state = 'sent'") == [(1,)]
    assert stored.rigwire("run").returncode == 0
    identities = [identity for identity, _ in receiver.got]
    assert sorted(set(receiver.keys)) == expected(stored)
    assert [identity for identity in set(identities) if identities.count(identity) > 1] == [identities[1]]


def test_command_gets_the_event_on_its_input(stored: Project) -> None:
    program = "import pathlib, sys; pathlib.Path('got').open('a').write(sys.stdin.read() + '\\n')"
    configure(stored, f"command = {json.dumps([sys.executable, '-c', program])}")
    stored.rigwire("run", "-q")
    forget_alert(stored)
    assert stored.rigwire("run").returncode == 0
    lines = (stored.folder / "got").read_text(encoding="utf-8").splitlines()
    assert sorted(json.loads(line)["event"] for line in lines) == expected(stored)


def test_command_that_fails_is_named_with_its_last_words(stored: Project) -> None:
    program = "raise SystemExit('no room')"
    configure(stored, f"command = {json.dumps([sys.executable, '-c', program])}")
    stored.rigwire("run", "-q")
    forget_alert(stored)
    done = stored.rigwire("run")
    assert done.returncode == 1
    assert "ended with exit code 1: no room" in done.stderr


def test_mail_file_has_one_message_an_event(stored: Project) -> None:
    configure(stored, 'mbox = "alerts.mbox"')
    stored.rigwire("run", "-q")
    forget_alert(stored)
    assert stored.rigwire("run").returncode == 0
    box = mailbox.mbox(stored.folder / "alerts.mbox")
    assert sorted(str(message["Message-ID"]) for message in box) == [
        f"<moves-{key}@rigwire>" for key in expected(stored)
    ]
    assert all("type: delivery" in message.get_payload(decode=True).decode() for message in box)


@pytest.mark.parametrize(
    ("channel", "reason"),
    [
        ("", "needs one of webhook, command, mbox"),
        ('webhook = "ftp://x"', "must be an http:// or https:// URL"),
        ("command = []", "must be a list of words"),
        ('mbox = "a"\ncolour = "red"', "an alert has no 'colour'"),
        ('mbox = "a"\n[[alerts]]\nname = "moves"\nquery = "deals"\nmbox = "b"', "two alerts have the same name"),
        ('mbox = "a"\n[[alerts]]\nname = "b"\nquery = "largest-fleets"\nmbox = "b"', "does not name events"),
        ('mbox = "a"\n[[alerts]]\nname = "b"\nquery = "nothing"\nmbox = "b"', "no query named nothing"),
    ],
)
def test_wrong_alert_is_one_line_and_exit_2(stored: Project, channel: str, reason: str) -> None:
    configure(stored, channel)
    done = stored.rigwire("run", "-q")
    assert (done.returncode, reason in done.stderr, done.stderr.count("\n")) == (2, True, 1)
