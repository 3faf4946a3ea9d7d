// One stop for the tab key in each chart; the arrow keys go on from there.

for (const chart of all(".chart")) {
  const marks = all("a", chart);
  marks.forEach((mark, place) => mark.setAttribute("tabindex", place ? "-1" : "0"));
  chart.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = by && marks[marks.indexOf(event.target) + by];
    if (!next) return;
    event.preventDefault();
    event.target.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
}
