"""The HTML report: one self-contained page, safe to open wherever it came from.

Article text goes into the page as escaped text alone. The page's own style and script are
allowed by their hashes, and nothing else may load or run: see the policy in ``report.html.j2``.
Without script everything can be read; the script filters, judges, moves and copies. In a long
report what stands far down lies in ``noscript`` elements: browsers that run scripts take that for
plain text, which costs next to nothing until the script unfolds it (``script/chunks.js``).
"""

from auditor.render.html.page import render

__all__ = ["render"]
