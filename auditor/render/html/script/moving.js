// From finding to finding, from bead to bead, and between the two.

function highlight(node) {
  for (const old of all(".current")) old.classList.remove("current");
  node.classList.add("current");
}

// Brings a finding or a bead into view, whatever hides it.
function go(id) {
  const node = id && (numbers.has(id) ? shownItem(numbers.get(id)) : beadOf(id));
  if (!node) return;
  if (node.matches(".boilerplate") && $("boilerplate")?.checked) {
    $("boilerplate").checked = false;
    update();
  }
  current = id;
  highlight(node);
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: node.matches(".finding") ? "start" : "center" });
}

// The element of a finding, which is put into the list in spite of filter and gathering.
function shownItem(number) {
  const outside = !passing.has(number);
  if (outside || !visible.includes(number)) {
    pinned = number;
    update();
    if (outside) announce(told("pinned"));
  }
  reach(visible.indexOf(number));
  return itemOf(number);
}

function step(by) {
  if (!visible.length) return;
  const place = visible.indexOf(numbers.get(current));
  const next = place < 0 ? nearest(by) : place + by;
  go(fact(visible[Math.max(0, Math.min(visible.length - 1, next))]).id);
  remember();
}

// From a finding that is not in the list, its neighbour; from a bead, the finding that belongs to
// it; from anywhere else, the first.
function nearest(by) {
  const own = numbers.get(current);
  if (!own) return Math.max(0, visible.findIndex((number) => fact(number).bead === current));
  const after = visible.findIndex((number) => number > own);
  return (after < 0 ? visible.length : after) - (by < 0 ? 1 : 0);
}

function stepBead(by) {
  const id = numbers.has(current) ? fact(numbers.get(current)).bead : current;
  const place = /^bead-(\d+)-(\d+)$/.exec(id || "");
  const bitext = place ? Number(place[1]) : 1;
  const last = data.beads[bitext - 1];
  if (!last) return;
  // From a finding the first step leads to its own bead.
  const start = place ? Number(place[2]) + (id === current ? by : 0) : 1;
  let number = Math.max(1, Math.min(last, start));
  const hidden = (bead) => bead?.matches(".boilerplate") && $("boilerplate")?.checked;
  while (hidden(beadOf(`bead-${bitext}-${number}`)) && number + by >= 1 && number + by <= last) {
    number += by;
  }
  go(`bead-${bitext}-${number}`);
  remember();
}

function swap() {
  const own = numbers.get(current);
  if (own) {
    go(fact(own).bead);
  } else {
    const back = visible.find((number) => fact(number).bead === current);
    if (back) go(fact(back).id);
  }
  remember();
}
