"""Errors that a user can mend.

Anything else that is raised is a bug of ours and keeps its traceback.
"""


class AuditorError(Exception):
    """Something that the user can put right: says what is wrong, then what to do."""


class NothingToAudit(AuditorError):  # noqa: N818  the interface speaks of "nothing to audit"
    """There is no text to compare, or the documents are not translations of one another."""
