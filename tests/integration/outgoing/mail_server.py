"""A mail server of a few lines on a real port, and a port where none listens."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Received:
    """What came over the wire: envelope and text."""

    sender: str = ""
    recipients: list[str] = field(default_factory=list)
    text: str = ""


class Handler(socketserver.StreamRequestHandler):
    """Says yes to everything, or refuses each recipient."""

    def handle(self) -> None:
        server: MailServer = self.server  # type: ignore[assignment]
        server.connections += 1
        self.say("220 here")
        mail = Received()
        while line := self.rfile.readline().decode().strip():
            verb = line.upper()
            if verb.startswith("MAIL FROM"):
                mail.sender = line.partition("<")[2].partition(">")[0]
            if verb.startswith("RCPT TO"):
                if server.refuses:
                    self.say("550 no such person")
                    continue
                mail.recipients.append(line.partition("<")[2].partition(">")[0])
            if verb == "DATA":
                self.say("354 go on")
                lines = []
                while (text := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                    lines.append(text)
                mail.text = "\n".join(lines)
                server.received.append(mail)
                mail = Received()
            self.say("221 bye" if verb == "QUIT" else "250 yes")
            if verb == "QUIT":
                return

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.received: list[Received] = []
        self.connections = 0
        self.refuses = False

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """One that answers, until the block ends."""
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield server
        server.shutdown()


def dead_port() -> int:
    """A port that refuses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
