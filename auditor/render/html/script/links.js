// Words that answer to one another light up together, in a bead and in a finding that quotes it. The
// links of a bead are pairs of word numbers, "0-0 1-2"; they are drawn as highlights over the text,
// which stays as it is.

const lighting = typeof Highlight === "function" && CSS.highlights ? new Highlight() : null;
const read = new WeakMap(); // of a bead or finding: the words of its sides, and their links

// The words of one side in their order, as ranges. What the page adds to the text is left out.
function wordsOf(side) {
  const walker = document.createTreeWalker(side, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("sup, .tag, .gap") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const pieces = [];
  let text = "";
  let block = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const own = node.parentElement.closest(".block, blockquote");
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

const NOTHING = { sides: [], pairs: [] };

function linksOf(place) {
  if (!read.has(place)) read.set(place, place.matches(".bead") ? ofBead(place) : ofFinding(place));
  return read.get(place);
}

function ofBead(bead) {
  const pairs = bead.dataset.links?.split(" ").map((pair) => pair.split("-").map(Number));
  return pairs ? { sides: all(":scope > .side", bead).map(wordsOf), pairs } : NOTHING;
}

// A finding quotes both sides of its bead, but may leave out much of a long one.
function ofFinding(item) {
  const bead = beadOf(fact(Number(item.dataset.number)).bead);
  const { sides, pairs } = bead ? linksOf(bead) : NOTHING;
  const quoted = all("blockquote", item).slice(0, 2).map(wordsOf);
  const whole = sides.length === 2 && sides.every((words, side) => words.length === quoted[side]?.length);
  return whole ? { sides: quoted, pairs } : NOTHING;
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
function answering(place, x, y) {
  const caret = caretAt(x, y);
  if (!caret) return [];
  const { sides, pairs } = linksOf(place);
  for (const [side, words] of sides.entries()) {
    const own = words.findIndex((range) => range.isPointInRange(...caret));
    if (own < 0) continue;
    const linked = pairs.filter((pair) => pair[side] === own).map((pair) => sides[1 - side][pair[1 - side]]);
    return linked.length ? [words[own], ...linked].filter(Boolean) : [];
  }
  return [];
}

function light(event) {
  const place = event.target.closest?.(".side, blockquote")?.closest(".bead, .finding");
  lighting.clear();
  if (!place) return;
  for (const range of answering(place, event.clientX, event.clientY)) lighting.add(range);
}

if (lighting && document.querySelector("[data-links], noscript.later")) {
  CSS.highlights.set("answering", lighting);
  for (const hint of all(".hint")) hint.hidden = false;
  let waiting = null;
  for (const text of all(".bitext, #list")) {
    for (const kind of ["pointermove", "click"]) {
      text.addEventListener(kind, (event) => {
        if (!waiting) requestAnimationFrame(() => [light(waiting), (waiting = null)]);
        waiting = event;
      });
    }
    text.addEventListener("pointerleave", () => lighting.clear());
  }
}
