"""Mail over SMTP, in a thread: TLS from the first byte or by STARTTLS, to an address that was checked."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Literal

from harmony.adapters.channels.reach import Reach, Unreached

Security = Literal["starttls", "tls", "none"]
TIMEOUT_SECONDS = 10.0
WHOLE_TIMEOUT_SECONDS = 45.0
PERMANENT_FROM = 500


@dataclass(frozen=True, slots=True)
class MailServer:
    """``none`` is for loopback, and for private networks where they are allowed."""

    host: str
    port: int
    security: Security
    username: str | None = None
    password: str | None = field(default=None, repr=False)


class _Pinned(smtplib.SMTP):
    """Connects to one address and yet speaks to the name, as TLS wants it."""

    def __init__(self, address: str, server: MailServer) -> None:
        self._address = address
        super().__init__(server.host, server.port, timeout=TIMEOUT_SECONDS)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return socket.create_connection((self._address, port), timeout)


class _PinnedTls(smtplib.SMTP_SSL, _Pinned):
    """The same with TLS from the first byte."""

    def __init__(self, address: str, server: MailServer, context: ssl.SSLContext) -> None:
        self._address = address
        smtplib.SMTP_SSL.__init__(self, server.host, server.port, timeout=TIMEOUT_SECONDS, context=context)


class Mailer:
    """Sends mail. One a process."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach

    async def send(self, server: MailServer, sender: str, to: tuple[str, ...], message: EmailMessage) -> None:
        """Hand ``message`` to the server; raises ``Unreached``."""
        encrypted = server.security != "none"
        address = await self.reach.address_of(server.host, server.port, encrypted=encrypted)
        try:
            async with asyncio.timeout(WHOLE_TIMEOUT_SECONDS):
                await asyncio.to_thread(_sent, server, str(address), sender, to, message)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise _refused(min(codes, default=0)) from error
        except smtplib.SMTPResponseException as error:
            raise _refused(error.smtp_code) from error
        except (smtplib.SMTPException, ssl.SSLError, OSError) as error:
            raise Unreached(f"the mail server could not be asked: {type(error).__name__}") from error


def _sent(server: MailServer, address: str, sender: str, to: tuple[str, ...], message: EmailMessage) -> None:
    context = ssl.create_default_context()
    tls = server.security == "tls"
    with _PinnedTls(address, server, context) if tls else _Pinned(address, server) as smtp:
        if server.security == "starttls":
            smtp.starttls(context=context)
        if server.username is not None and server.password is not None:
            smtp.login(server.username, server.password)
        smtp.send_message(message, sender, list(to))


def _refused(code: int) -> Unreached:
    return Unreached(f"the mail server answered {code}", lasting=code >= PERMANENT_FROM)
