// Wiring and the first view.

const later = (work, wait) => {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, wait);
  };
};

for (const name of [...CHOICES, ...FIGURES, ...SWITCHES.map(([control]) => control)]) {
  $(name)?.addEventListener("change", change);
}
for (const box of boxes) box.addEventListener("change", change);
$("search")?.addEventListener("input", later(change, 120));
$("reset")?.addEventListener("click", showAll);
$("next")?.addEventListener("click", () => step(1));
$("previous")?.addEventListener("click", () => step(-1));
$("open-help")?.addEventListener("click", () => help.showModal());
$("close-help").addEventListener("click", () => help.close());
$("close-rule").addEventListener("click", () => ruleDialog.close());
for (const dialog of [help, ruleDialog]) {
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}
$("export")?.addEventListener("click", exportBaseline);
$("import")?.addEventListener("click", () => $("import-file").click());
$("import-file")?.addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (file) await importBaseline(file);
  event.target.value = "";
});
$("forget")?.addEventListener("click", forget);

const doings = {
  note: (item) => (item.querySelector("textarea").hidden ? writeNote(item) : openNote(item, false)),
  copy: (item, number) => copy(markdown(number)),
  link: (item, number) => copy(permalink(fact(number).id)),
  same: (item, number) => judgeAlike(number),
  alike: (item, number) => {
    const { leader } = fact(number);
    if (!opened.delete(leader)) opened.add(leader);
    update();
  },
};

list?.addEventListener("click", (event) => {
  const item = event.target.closest(".finding");
  const button = event.target.closest("button");
  if (!item || !button) return;
  const number = Number(item.dataset.number);
  if (current !== item.id) {
    current = item.id;
    highlight(item);
    remember();
  }
  if (button.dataset.status) judge(number, button.dataset.status);
  else doings[button.dataset.do]?.(item, number);
});

list?.addEventListener("input", (event) => {
  const item = event.target.closest(".finding");
  if (!item || !event.target.matches("textarea")) return;
  note(Number(item.dataset.number), { note: event.target.value.trim() });
  save();
});

document.addEventListener("click", (event) => {
  const about = event.target.closest(".about");
  const page = about && $(decode(about.getAttribute("href").slice(1)));
  if (!page) return;
  event.preventDefault();
  showRule(page);
});

window.addEventListener("hashchange", () => {
  const bare = !location.hash.includes("=");
  readAddress();
  update();
  go(current);
  if (!bare && !current) $("findings").scrollIntoView();
  openRule();
  if (bare && (numbers.has(current) || /^bead-/.test(current))) remember();
});

window.addEventListener("storage", (event) => {
  if (event.key !== PLACE) return;
  load();
  for (const number of items.keys()) if (number) paint(number);
  update();
  progress();
});

// What is printed is what passes the filter, and the whole text.
window.addEventListener("beforeprint", () => {
  reach(visible.length);
  for (const chunk of waitingChunks) unfold(chunk);
});

// A link to a rule's page opens it.
function openRule() {
  const page = current && $(current);
  if (page?.matches("details.rule")) page.open = true;
}

// What is gone to must not lie under the controls, which stay in reach on wide screens.
const covering = new ResizeObserver(([entry]) => {
  const stuck = getComputedStyle(entry.target).position === "sticky";
  document.documentElement.style.scrollPaddingBlockStart = stuck ? `${entry.target.offsetHeight}px` : "";
});

if (list) replaceList();
for (const controls of all(".controls")) {
  controls.hidden = false;
  covering.observe(controls);
}
load();
progress();
readAddress();
update();
go(current);
openRule();
idle(unfoldInTime);
