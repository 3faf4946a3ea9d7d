"""Sentence alignment: which segments of two documents translate one another."""

from auditor.align.align import align
from auditor.align.comparability import Comparability, comparability
from auditor.align.lines import Lines

__all__ = ["Comparability", "Lines", "align", "comparability"]
