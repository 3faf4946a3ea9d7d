// Single keys, which can be turned off, and the dialogs.

const help = $("help");
const ruleDialog = $("rule-dialog");

const withCurrent = (action) => () => {
  const number = numbers.get(current);
  if (number) action(number);
};

const actions = {
  j: () => step(1),
  k: () => step(-1),
  "[": () => stepBead(-1),
  "]": () => stepBead(1),
  t: swap,
  a: withCurrent((number) => judge(number, "accepted")),
  f: withCurrent((number) => judge(number, "false-alarm")),
  x: withCurrent((number) => judge(number, "fixed")),
  n: withCurrent((number) => writeNote(itemOf(number))),
  c: withCurrent((number) => copy(markdown(number))),
  b: () => $("boilerplate")?.click(),
  "/": () => $("search")?.focus(),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  const { target } = event;
  if (event.key === "Escape" && target.matches("#search, textarea")) target.blur();
  const typing = target.closest("select, textarea, dialog, input:not([type=checkbox])");
  // Many keyboards need AltGr, or Option, for a bracket.
  const bracket = "[]".includes(event.key) && (event.getModifierState("AltGraph") || !event.ctrlKey);
  const held = event.metaKey || ((event.ctrlKey || event.altKey) && !bracket);
  if (!$("keys").checked || typing || held) return;
  const action = Object.hasOwn(actions, event.key) && actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

function writeNote(item) {
  openNote(item, true);
  item.querySelector("textarea").focus();
}

// A rule's page beside its finding, instead of far down.
function showRule(page) {
  $("rule-dialog-title").textContent = page.querySelector("code").textContent;
  const copied = [page.querySelector(".rule-title"), ...all(":scope > :not(summary)", page)];
  $("rule-dialog-page").replaceChildren(...copied.map((node) => node.cloneNode(true)));
  ruleDialog.showModal();
  ruleDialog.scrollTop = 0;
}
