// Words that answer to one another light up together. The links of a bead are pairs of word
// numbers, "0-0 1-2"; they are drawn as highlights over the text, which stays as it is.

const lighting = typeof Highlight === "function" && CSS.highlights ? new Highlight() : null;
const wordsOfBead = new WeakMap();

// The words of one side in their order, as ranges. What the page adds to the text is left out.
function wordsOf(side) {
  const walker = document.createTreeWalker(side, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("sup, .tag") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const pieces = [];
  let text = "";
  let block = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const own = node.parentElement.closest(".block");
    if (own !== block) text += " ";
    block = own;
    pieces.push({ node, start: text.length });
    text += node.data;
  }
  const at = (offset) => pieces.findLast((piece) => piece.start <= offset);
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => {
    const range = new Range();
    const [first, last] = [at(match.index), at(match.index + match[0].length - 1)];
    range.setStart(first.node, match.index - first.start);
    range.setEnd(last.node, match.index + match[0].length - last.start);
    return range;
  });
}

function linksOf(bead) {
  if (!wordsOfBead.has(bead)) {
    const pairs = bead.dataset.links.split(" ").map((pair) => pair.split("-").map(Number));
    wordsOfBead.set(bead, { sides: all(":scope > .side", bead).map(wordsOf), pairs });
  }
  return wordsOfBead.get(bead);
}

function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret && [caret.offsetNode, caret.offset];
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range && [range.startContainer, range.startOffset];
}

// The ranges of the word under the pointer and of those that answer to it.
function answering(bead, x, y) {
  const caret = caretAt(x, y);
  if (!caret) return [];
  const { sides, pairs } = linksOf(bead);
  for (const [side, words] of sides.entries()) {
    const own = words.findIndex((range) => range.isPointInRange(...caret));
    if (own < 0) continue;
    const linked = pairs.filter((pair) => pair[side] === own).map((pair) => sides[1 - side][pair[1 - side]]);
    return linked.length ? [words[own], ...linked].filter(Boolean) : [];
  }
  return [];
}

function light(event) {
  const bead = event.target.closest?.(".bead[data-links]");
  lighting.clear();
  if (bead) for (const range of answering(bead, event.clientX, event.clientY)) lighting.add(range);
}

if (lighting && document.querySelector("[data-links], noscript.later")) {
  CSS.highlights.set("answering", lighting);
  for (const hint of all(".hint")) hint.hidden = false;
  let waiting = null;
  for (const text of all(".bitext")) {
    for (const kind of ["pointermove", "click"]) {
      text.addEventListener(kind, (event) => {
        if (!waiting) requestAnimationFrame(() => [light(waiting), (waiting = null)]);
        waiting = event;
      });
    }
    text.addEventListener("pointerleave", () => lighting.clear());
  }
}
