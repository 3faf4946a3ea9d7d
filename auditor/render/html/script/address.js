// The controls are the state; the address keeps it, with the finding or bead that the reader is at.

const boxes = all('input[name="severity"]');
const CHOICES = ["rule", "category", "suspect", "document"];
const FIGURES = ["confidence", "sort"];
const SWITCHES = [
  ["unjudged", "only", true],
  ["gather", "off", false],
  ["boilerplate", "hidden", true],
  ["keys", "off", false],
]; // control, the word in the address, and the state that it stands for

let current = null; // id of the finding or bead that the reader is at

const unchecked = () => boxes.filter((box) => !box.checked).map((box) => box.value);

function settings() {
  const state = new URLSearchParams();
  if ($("search")?.value) state.set("q", $("search").value);
  if (unchecked().length) state.set("without", unchecked().join("."));
  for (const name of CHOICES) if ($(name)?.value) state.set(name, $(name).value.slice(1));
  for (const name of FIGURES) if ($(name)?.value) state.set(name, $(name).value);
  for (const [name, word, set] of SWITCHES) if ($(name)?.checked === set) state.set(name, word);
  return state;
}

function remember() {
  const state = settings();
  const bare = ![...state].length;
  if (!bare && current) state.set("at", current);
  const hash = bare ? (current ? `#${encodeURIComponent(current)}` : "") : `#${state}`;
  try {
    history.replaceState(null, "", hash || location.pathname + location.search);
  } catch {
    // Some viewers forbid it for local files; the page then works without an address.
  }
}

function choose(select, value) {
  if (!select) return;
  select.value = value;
  if (select.selectedIndex === -1) select.value = "";
}

function readAddress() {
  const hash = location.hash.slice(1);
  if (!hash.includes("=")) {
    current = decode(hash) || null;
    return;
  }
  const state = new URLSearchParams(hash);
  const without = (state.get("without") || "").split(".");
  for (const box of boxes) box.checked = !without.includes(box.value);
  if ($("search")) $("search").value = state.get("q") || "";
  for (const name of CHOICES) choose($(name), state.has(name) ? `=${state.get(name)}` : "");
  for (const name of FIGURES) choose($(name), state.get(name) || "");
  for (const [name, word, set] of SWITCHES) {
    if ($(name)) $(name).checked = state.get(name) === word ? set : !set;
  }
  current = state.get("at");
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
