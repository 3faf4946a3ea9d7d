// What stands far down in a long report waits as the text of a noscript element. Here it is
// unfolded: findings when the list comes to them, beads when the reader or an idle moment does.
// That text is the page's own markup, escaped when it was written; parsing it runs nothing.

const FINDINGS_IN_CHUNK = 50;
const BEADS_IN_CHUNK = 40;

const parser = new DOMParser();
const unfolded = (later) => parser.parseFromString(later.textContent, "text/html").body;

// Findings: items[n] is the element of number n, once it is there.

const items = [];
const waitingFindings = new Map(); // by number of the chunk

function gatherItems(root) {
  for (const item of all(".finding", root)) items[Number(item.dataset.number)] = item;
}

function readList() {
  gatherItems(document);
  for (const later of all("#list > noscript")) {
    waitingFindings.set(Math.floor((items.length - 1) / FINDINGS_IN_CHUNK) + waitingFindings.size, later);
  }
}

function itemOf(number) {
  const chunk = Math.floor((number - 1) / FINDINGS_IN_CHUNK);
  const later = items[number] ? null : waitingFindings.get(chunk);
  if (later) {
    gatherItems(unfolded(later));
    waitingFindings.delete(chunk);
  }
  return items[number];
}

// Text: chunks of beads, or of paragraphs where a document stands alone.

const waitingChunks = new Set(all(".chunk").filter((chunk) => chunk.querySelector(":scope > noscript")));

function unfold(chunk) {
  if (!waitingChunks.delete(chunk)) return;
  const later = chunk.querySelector(":scope > noscript");
  later.replaceWith(...unfolded(later).childNodes);
  chunk.classList.remove("waiting");
  nearing.unobserve(chunk);
  dress(chunk);
}

const nearing = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) if (entry.isIntersecting) unfold(entry.target);
  },
  { rootMargin: "1500px" },
);

for (const chunk of waitingChunks) {
  chunk.classList.add("waiting");
  nearing.observe(chunk);
}

const idle = window.requestIdleCallback
  ? (work) => window.requestIdleCallback(work)
  : (work) => setTimeout(() => work({ timeRemaining: () => 10 }), 60);

// So that the browser's own search finds everything after a while.
function unfoldInTime(deadline) {
  do {
    const [chunk] = waitingChunks;
    if (!chunk) return;
    unfold(chunk);
  } while (deadline.timeRemaining() > 8);
  idle(unfoldInTime);
}

function beadOf(id) {
  const place = /^bead-(\d+)-(\d+)$/.exec(id);
  if (!place) return null;
  const chunk = all(`#bitext-${place[1]} > .chunk`)[Math.floor((place[2] - 1) / BEADS_IN_CHUNK)];
  if (chunk) unfold(chunk);
  return $(id);
}
