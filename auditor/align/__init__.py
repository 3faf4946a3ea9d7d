"""Sentence alignment: which segments of two documents translate one another."""

from auditor.align.align import Lines, align
from auditor.align.comparability import Comparability, comparability

__all__ = ["Comparability", "Lines", "align", "comparability"]
