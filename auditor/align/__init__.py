"""Sentence alignment: which segments of two documents translate one another."""

from auditor.align.align import Aligned, align
from auditor.align.comparability import Comparability, comparability
from auditor.align.lines import Lines
from auditor.align.moved import moved

__all__ = ["Aligned", "Comparability", "Lines", "align", "comparability", "moved"]
