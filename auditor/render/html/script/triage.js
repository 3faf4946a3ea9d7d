// Judgements: kept in this browser under the names of the documents, exported as the baseline that
// `auditor check --baseline` reads, and imported from one. Entries about other documents are kept,
// so that a baseline comes back whole. A report may bring a baseline along; what is kept in the
// browser goes before it.

const SCHEMA = "auditor-baseline/1";
const STATUSES = ["accepted", "false-alarm", "fixed"];
const PLACE = `auditor-triage/1 ${data.documents.join(" + ")}`;

let judgements = new Map(); // by fingerprint: {status, note}
let others = []; // entries about other documents

const judgementOf = (number) => judgements.get(fact(number).id);

const known = data.known.map(entryOf).filter(Boolean);
const isOurs = (entry) => numbers.has(entry.fingerprint) && data.documents.includes(entry.path);
const brought = new Map(
  known.filter(isOurs).map(({ fingerprint, status, note: words }) => [fingerprint, { status, note: words }]),
);

function load() {
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem(PLACE) || "{}");
  } catch {
    // Nothing is kept, or what is kept is broken: then the page starts afresh.
  }
  const own = Object.entries(kept?.judgements || {});
  judgements = new Map([...brought, ...own.filter(([, each]) => typeof each?.note === "string")]);
  others = [];
  keepOthers(known.filter((entry) => !isOurs(entry)));
  keepOthers((Array.isArray(kept?.others) ? kept.others : []).map(entryOf).filter(Boolean));
}

function keepOthers(added) {
  others = [...new Map([...others, ...added].map((entry) => [JSON.stringify(entry), entry])).values()];
}

function save() {
  try {
    localStorage.setItem(
      PLACE,
      JSON.stringify({ judgements: Object.fromEntries(judgements), others }),
    );
  } catch {
    announce(told("not_kept"));
  }
  progress();
}

function announce(text) {
  $("told").textContent = text;
}

function isKept() {
  try {
    return localStorage.getItem(PLACE) !== null;
  } catch {
    return false;
  }
}

function progress() {
  if (!$("progress")) return;
  const judged = facts.filter((one) => judgements.get(one.id)?.status).length;
  $("progress").textContent = told("progress", { judged, all: facts.length });
  $("forget").disabled = !isKept();
}

function note(number, change) {
  const id = fact(number).id;
  const now = { status: "", note: "", ...judgements.get(id), ...change };
  // What the report brought along must not come back once it has been taken back.
  if (now.status || now.note || brought.has(id)) judgements.set(id, now);
  else judgements.delete(id);
}

// Judges a finding, or takes the same judgement back.
function judge(number, status) {
  const same = judgementOf(number)?.status === status;
  note(number, { status: same ? "" : status });
  save();
  paint(number);
  dressFinding(number);
  announce(same ? told("untaken") : told(status));
  if (!same && $("unjudged").checked) follow(number);
}

// Where only unjudged ones are shown, the next one comes up.
function follow(number) {
  const place = visible.indexOf(number);
  const next = visible[place + 1] || visible[place - 1];
  pinned = 0;
  update();
  if (next && passing.has(next)) go(fact(next).id);
  remember();
}

function judgeAlike(number) {
  const { status, note: words } = judgementOf(number) || {};
  if (!status) return;
  for (const other of alikeTo(number)) {
    note(other, { status, note: words });
    if (items[other]) paint(other);
  }
  save();
  update();
}

const alikeTo = (number) =>
  [...passing].filter((other) => other !== number && fact(other).leader === fact(number).leader);

// Shows the state of a finding on its element.
function paint(number) {
  const item = items[number];
  if (!item?.querySelector(".triage")) return;
  const { status = "", note: words = "" } = judgementOf(number) || {};
  for (const button of all("[data-status]", item)) {
    button.setAttribute("aria-pressed", String(button.dataset.status === status));
  }
  item.classList.toggle("judged", Boolean(status));
  tag(item, status);
  const field = item.querySelector("textarea");
  if (field.value !== words) field.value = words;
  if (words) openNote(item, true);
  paintAlike(item, number, status);
}

function tag(item, status) {
  let label = item.querySelector(".judgement");
  if (!label) {
    label = document.createElement("span");
    label.className = "judgement";
    item.querySelector(".head").append(label);
  }
  label.textContent = status ? told(status) : "";
}

function openNote(item, open) {
  item.querySelector("textarea").hidden = !open;
  item.querySelector('[data-do="note"]').setAttribute("aria-expanded", String(open));
}

function paintAlike(item, number, status) {
  const { followers = 0, leader } = fact(number);
  const [show, same] = ["alike", "same"].map((name) => item.querySelector(`[data-do="${name}"]`));
  show.hidden = !followers;
  same.hidden = !followers || !status;
  if (!followers) return;
  const open = opened.has(leader);
  show.textContent = counted(open ? "hide_alike" : "show_alike", followers);
  show.setAttribute("aria-expanded", String(open));
  same.textContent = counted("alike", followers);
}

// The baseline file ---------------------------------------------------------------------------

function entries() {
  const own = facts
    .filter((one) => one.path && judgements.get(one.id)?.status)
    .map((one) => ({
      fingerprint: one.id,
      rule: one.rule,
      path: one.path,
      ...judgements.get(one.id),
      text: one.text,
    }))
    .map(entryOf);
  const key = (entry) => [entry.path, entry.rule, entry.fingerprint, entry.text].join("\u0000");
  return [...own, ...others].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

// An entry with its fields in their order, or null where it is none.
function entryOf(values) {
  if (!values || typeof values !== "object") return null;
  const { fingerprint, rule, path, status = "accepted", note: words, text } = values;
  const named = [fingerprint, rule, path].every((each) => typeof each === "string" && each);
  if (!named || !STATUSES.includes(status)) return null;
  return { fingerprint, rule, path, status, note: String(words || ""), text: String(text || "") };
}

// The same bytes that `auditor baseline` writes: nothing in them steers a terminal or ends a page.
const STEERING =
  /[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

const harmless = (text) =>
  text
    .replaceAll("</", "<\\/")
    .replaceAll("<!--", "<\\u0021--")
    .replaceAll("##[", "#\\u0023[")
    .replace(STEERING, (char) =>
      [...Array(char.length).keys()]
        .map((place) => `\\u${char.charCodeAt(place).toString(16).padStart(4, "0")}`)
        .join(""),
    );

const line = (entry) =>
  `{${Object.entries(entry)
    .map((field) => field.map((each) => JSON.stringify(each)).join(": "))
    .join(", ")}}`;

function baseline() {
  const lines = entries().map((entry) => `  ${harmless(line(entry))}`);
  const inside = lines.length ? `\n${lines.join(",\n")}\n ` : "";
  return `{\n "schema": "${SCHEMA}",\n "entries": [${inside}]\n}\n`;
}

function exportBaseline() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([baseline()], { type: "application/json" }));
  link.download = "auditor-baseline.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function importBaseline(file) {
  const read = await readBaseline(file);
  if (!read) {
    announce(told("bad_file"));
    return;
  }
  const mine = read.filter(isOurs);
  for (const { fingerprint, status, note: words } of mine) {
    note(numbers.get(fingerprint), { status, note: words });
  }
  keepOthers(read.filter((entry) => !isOurs(entry)));
  save();
  for (const number of items.keys()) if (number) paint(number);
  update();
  announce(counted("imported", mine.length, { others: read.length - mine.length }));
}

// The entries of a file; null where any of them is none, for half an import helps nobody.
async function readBaseline(file) {
  try {
    const loaded = JSON.parse((await file.text()).replace(/^\uFEFF/, ""));
    if (loaded?.schema !== SCHEMA || !Array.isArray(loaded.entries)) return null;
    const read = loaded.entries.map(entryOf);
    return read.includes(null) ? null : read;
  } catch {
    return null;
  }
}

function forget() {
  if (!window.confirm(told("forget_sure"))) return;
  try {
    localStorage.removeItem(PLACE);
  } catch {
    // Nothing was kept.
  }
  load();
  progress();
  for (const number of items.keys()) if (number) paint(number);
  update();
}
