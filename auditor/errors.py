"""Errors that a user can mend.

Anything else that is raised is a bug of ours and keeps its traceback.
"""


class AuditorError(Exception):
    """Something that the user can put right: says what is wrong, then what to do."""


class NothingToAudit(AuditorError):  # noqa: N818  the interface speaks of "nothing to audit"
    """There is no text to compare, or the documents are not translations of one another."""


class UnknownLanguage(AuditorError):  # noqa: N818  what is wrong, as above
    """A document's language can't be told, or has no row; ``reason`` says it without the name."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
