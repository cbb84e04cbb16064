"""Refusals of mirrors."""

from __future__ import annotations

from harmony.kernel.errors import Conflict, Invalid, NotFound, Refusal, Unavailable


class RepositoryUnknown(NotFound):
    code = "mirrors.repository_unknown"
    hint = "GET /repositories lists what is kept alike; POST /repositories adds one."


class RemoteUnknown(NotFound):
    code = "mirrors.remote_unknown"
    hint = "GET /sync-status lists the remotes of a repository."


class RequestUnknown(NotFound):
    code = "mirrors.request_unknown"
    hint = "Ask for get-sync-status; a sync is asked for with a sync-request message or POST /repositories/{name}/sync."


class RemoteExists(Conflict):
    code = "mirrors.remote_exists"
    hint = "Remove the remote of this name first, or choose another name."


class TooMany(Conflict):
    code = "mirrors.too_many"
    hint = "Remove one that is no longer needed; the limit is in the message."


class AddressRefused(Invalid):
    code = "mirrors.address_refused"
    hint = (
        "Write https://host/path, ssh://git@host/path, or file:///path below the folder that HARMONY_MIRROR_FOLDER "
        "names. Credentials belong into ssh keys, never into an address."
    )


class ForceRefused(Refusal):
    code = "mirrors.force_refused"
    status = 409
    hint = (
        "Nothing is ever overwritten here. Ask without force; if that finds a divergence, merge both sides on a "
        "machine of yours, push the result to one remote, and ask again."
    )


class RequestUnfit(Invalid):
    code = "mirrors.request_unfit"
    hint = 'Send message_type sync-request with the payload {"repository": NAME, "force": false}.'


class SyncBusy(Conflict):
    code = "mirrors.sync_busy"
    hint = "This repository is being compared right now; GET /sync-status tells when it is done."


class GitMissing(Unavailable):
    code = "mirrors.git_missing"
    hint = "Install git (apt-get install git) and ask again."
