// The list of findings: which pass the filter, in which order, gathered or not. Only the first
// hundred are put into the page; more follow as the reader comes near the end.

const STEP = 100;

const list = $("list");
const shownList = document.createElement("ol");
const end = document.createElement("div");
const opened = new Set(); // leaders of alike findings that are all shown
let visible = []; // numbers, in their order
let passing = new Set();
let pinned = 0; // the finding that a link leads to, whatever the filter
let limit = STEP;

const ORDERS = {
  text: (one, other) => fact(one).place - fact(other).place,
  confidence: (one, other) => fact(other).confidence - fact(one).confidence,
  rule: (one, other) => (fact(one).rule < fact(other).rule ? -1 : fact(one).rule > fact(other).rule ? 1 : 0),
};

// Letters without their accents and case, so that "ete" finds "Été".
const plain = (text) =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’ʼ]/g, "'").replace(/\s+/g, " ").toLowerCase();

const chosen = (name) => $(name)?.value.slice(1);
const filtered = (name) => Boolean($(name)?.value);

// Words, and phrases between quotation marks.
const soughtIn = (text) =>
  (plain(text).match(/"[^"]+"|[^\s"]+/g) || []).map((word) => word.replaceAll('"', ""));

function test() {
  const without = new Set(unchecked());
  const sought = soughtIn($("search").value);
  const least = Number($("confidence").value || 0);
  const unjudged = $("unjudged").checked;
  return (one, number) => {
    if (without.has(one.severity) || one.confidence < least) return false;
    if (unjudged && judgementOf(number)?.status) return false;
    if (filtered("rule") && one.rule !== chosen("rule")) return false;
    if (filtered("category") && one.category !== chosen("category")) return false;
    if (filtered("suspect") && one.suspect !== chosen("suspect")) return false;
    if (filtered("document") && !one.documents.includes(chosen("document"))) return false;
    if (!sought.length) return true;
    one.plain ??= plain(`${one.search} ${one.rule}`);
    return sought.every((word) => one.plain.includes(word));
  };
}

function sorted() {
  const order = facts.map((_, place) => place + 1);
  const by = ORDERS[$("sort").value];
  return by ? order.sort(by) : order;
}

// Alike findings stand under the first of them that passes.
function gathered(order) {
  if (!$("gather").checked) return order;
  const groups = new Map();
  for (const number of order) {
    const key = fact(number).leader || -number;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(number);
  }
  const kept = [];
  for (const [key, group] of groups) {
    fact(group[0]).followers = group.length - 1;
    const whole = opened.has(key) || group.includes(pinned, 1);
    kept.push(...(whole ? group : group.slice(0, 1)));
    for (const number of group.slice(1)) fact(number).followers = 0;
  }
  return kept;
}

function update() {
  document.body.classList.toggle("hide-boilerplate", Boolean($("boilerplate")?.checked));
  if (!facts.length) return;
  const passes = test();
  const order = sorted();
  passing = new Set(order.filter((number) => passes(fact(number), number)));
  const wanted = order.filter((number) => passing.has(number) || number === pinned);
  if (!$("gather").checked) for (const one of facts) one.followers = 0;
  visible = gathered(wanted);
  draw();
  dress(document);
  tell(wanted.length);
}

function tell(count) {
  $("none").hidden = count > 0;
  $("shown").textContent =
    count === facts.length ? "" : told("shown", { shown: count, all: facts.length });
  const set = [...CHOICES, ...FIGURES].filter((name) => filtered(name)).length;
  $("filters-on").textContent = set ? `(${set})` : "";
}

function draw() {
  const wanted = visible.slice(0, limit).map(prepared).filter(Boolean);
  const same =
    wanted.length === shownList.children.length &&
    wanted.every((item, place) => item === shownList.children[place]);
  if (!same) shownList.replaceChildren(...wanted);
}

// An element of the list with its buttons, in its present state.
function prepared(number) {
  const item = itemOf(number);
  if (!item) return null; // saved by a browser when not all of the list was in the page
  if (!item.querySelector(".triage")) {
    item.querySelector(".body").append($("triage").content.cloneNode(true));
    item.querySelector("textarea").setAttribute("aria-label", told("note_of", { number }));
    item.querySelector('[data-do="copy"]').setAttribute("aria-label", told("copy_of", { number }));
  }
  paint(number);
  return item;
}

// Puts one more hundred into the page, or as many as lead to a place in the list.
function reach(place) {
  if (place < limit) return;
  limit = place + STEP;
  draw();
}

const ending = new IntersectionObserver(
  (entries) => {
    if (entries.some((entry) => entry.isIntersecting) && limit < visible.length) {
      reach(limit);
    }
  },
  { rootMargin: "1500px" },
);

function replaceList() {
  readList();
  shownList.className = "list";
  list.replaceChildren(shownList, end);
  ending.observe(end);
}

// Marks of findings that are not shown are taken off the text; judged ones are told.
function dress(root) {
  for (const node of all("[data-findings]", root)) dressNode(node);
}

// The same for the marks of one finding alone.
function dressFinding(number) {
  for (const node of all(`[data-findings~="${number}"]`)) dressNode(node);
}

const marksOf = new WeakMap(); // of a node: the numbers of its findings

function dressNode(node) {
  if (!marksOf.has(node)) marksOf.set(node, node.dataset.findings.split(" ").map(Number));
  const own = marksOf.get(node);
  node.classList.toggle("off", !own.some((number) => passing.has(number) || number === pinned));
  if (node.classList.contains("chip")) {
    node.classList.toggle("judged", own.every((number) => judgementOf(number)?.status));
  }
}

function showAll() {
  for (const box of boxes) box.checked = true;
  for (const name of ["search", ...CHOICES, ...FIGURES]) if ($(name)) $(name).value = "";
  $("unjudged").checked = false;
  change();
}

function change() {
  pinned = 0;
  limit = STEP;
  update();
  remember();
}
