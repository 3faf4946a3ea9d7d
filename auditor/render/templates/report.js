"use strict";
// Filter, keys and the address. The page is complete without this script: it only hides and moves.
(() => {
  const $ = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  const findings = all(".finding");
  const boxes = all('input[name="severity"]');
  const marks = all("[data-findings]").map((node) => [node, node.dataset.findings.split(" ")]);
  const keys = $("keys");
  const help = $("help");
  let current = null; // id of the finding or bead that the reader is at

  // State and the address -------------------------------------------------------------------

  const unchecked = () => boxes.filter((box) => !box.checked).map((box) => box.value);

  function address() {
    const state = new URLSearchParams();
    if (unchecked().length) state.set("without", unchecked().join("."));
    if ($("rule")?.value) state.set("rule", $("rule").value);
    if ($("boilerplate")?.checked) state.set("boilerplate", "hidden");
    if (!keys.checked) state.set("keys", "off");
    if (![...state].length) return current ? `#${encodeURIComponent(current)}` : " ";
    if (current && !$(current)?.hidden) state.set("at", current);
    return `#${state}`;
  }

  function remember() {
    const hash = address();
    const bare = location.pathname + location.search;
    try {
      history.replaceState(null, "", hash === " " ? bare : hash);
    } catch {
      // Some viewers forbid it for local files; the page then works without an address.
    }
  }

  function read() {
    const hash = location.hash.slice(1);
    if (!hash.includes("=")) {
      current = decode(hash) || null;
      return;
    }
    const state = new URLSearchParams(hash);
    const without = (state.get("without") || "").split(".");
    for (const box of boxes) box.checked = !without.includes(box.value);
    if ($("rule")) $("rule").value = state.get("rule") || "";
    if ($("rule")?.selectedIndex === -1) $("rule").value = "";
    if ($("boilerplate")) $("boilerplate").checked = state.get("boilerplate") === "hidden";
    keys.checked = state.get("keys") !== "off";
    current = state.get("at");
  }

  function decode(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  // Filter ----------------------------------------------------------------------------------

  function apply() {
    document.body.classList.toggle("hide-boilerplate", Boolean($("boilerplate")?.checked));
    if (!findings.length) return;
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const rule = $("rule").value;
    const shown = new Set();
    for (const finding of findings) {
      const { number, severity, rule: own } = finding.dataset;
      finding.hidden = !severities.has(severity) || Boolean(rule && own !== rule);
      if (!finding.hidden) shown.add(number);
    }
    for (const [node, numbers] of marks) {
      node.classList.toggle("off", !numbers.some((number) => shown.has(number)));
    }
    $("none").hidden = shown.size > 0;
    $("shown").textContent =
      shown.size === findings.length ? "" : `${shown.size} of ${findings.length} shown`;
  }

  function change() {
    apply();
    remember();
  }

  function showAll() {
    for (const box of boxes) box.checked = true;
    $("rule").value = "";
    change();
  }

  // Moving ----------------------------------------------------------------------------------

  const visible = () => findings.filter((finding) => !finding.hidden);

  function highlight(node) {
    for (const old of all(".current")) old.classList.remove("current");
    node.classList.add("current");
  }

  // Brings a finding or a bead into view, whatever hides it.
  function go(id) {
    const node = id && $(id);
    if (!node || !node.matches(".finding, .bead")) return;
    if (node.hidden) showAll();
    if (node.matches(".boilerplate") && $("boilerplate")?.checked) {
      $("boilerplate").checked = false;
      apply();
    }
    current = id;
    highlight(node);
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block: node.matches(".finding") ? "start" : "center" });
  }

  function step(by) {
    const list = visible();
    if (!list.length) return;
    const place = list.findIndex((finding) => finding.id === current);
    const next = place < 0 ? nearest(list, by) : place + by;
    go(list[Math.max(0, Math.min(list.length - 1, next))].id);
    remember();
  }

  // From a finding that the filter hides, its neighbour; from a bead, the finding that belongs
  // to it; from anywhere else, the first.
  function nearest(list, by) {
    const node = current && $(current);
    if (!node?.matches(".finding")) {
      return Math.max(0, list.findIndex((finding) => finding.dataset.bead === `#${current}`));
    }
    const own = Number(node.dataset.number);
    const after = list.findIndex((finding) => Number(finding.dataset.number) > own);
    return (after < 0 ? list.length : after) - (by < 0 ? 1 : 0);
  }

  function swap() {
    const node = current && $(current);
    if (!node) return;
    const bead = node.dataset.bead;
    const back = visible().find((finding) => finding.dataset.bead === `#${current}`);
    go(bead ? bead.slice(1) : back?.id);
    remember();
  }

  // Keys ------------------------------------------------------------------------------------

  const actions = {
    j: () => step(1),
    k: () => step(-1),
    t: swap,
    b: () => $("boilerplate")?.click(),
    "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("select, textarea, dialog");
    if (!keys.checked || busy || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = Object.hasOwn(actions, event.key) && actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  // One stop for the tab key in each chart; the arrow keys go on from there.
  for (const chart of all(".chart")) {
    const bars = all("a", chart);
    bars.forEach((bar, place) => bar.setAttribute("tabindex", place ? "-1" : "0"));
    chart.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const next = by && bars[bars.indexOf(event.target) + by];
      if (!next) return;
      event.preventDefault();
      event.target.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  }

  // Start -----------------------------------------------------------------------------------

  for (const box of [...boxes, $("rule"), $("boilerplate"), keys]) {
    box?.addEventListener("change", change);
  }
  $("reset")?.addEventListener("click", showAll);
  $("next")?.addEventListener("click", () => step(1));
  $("previous")?.addEventListener("click", () => step(-1));
  $("open-help")?.addEventListener("click", () => help.showModal());
  $("close-help").addEventListener("click", () => help.close());
  help.addEventListener("click", (event) => {
    if (event.target === help) help.close();
  });
  window.addEventListener("hashchange", () => {
    const plain = !location.hash.includes("=");
    read();
    apply();
    go(current);
    if (plain) remember();
  });
  for (const controls of all(".controls")) controls.hidden = false;
  read();
  apply();
  go(current);
})();
