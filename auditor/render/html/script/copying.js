// A finding as Markdown, and links to it, on the clipboard.

// Article text must not become markup where it is pasted.
const literal = (text) =>
  text.replace(/\s+/g, " ").replace(/[\\`*_[\]#|~]/g, "\\$&").replace(/&/g, "&amp;").replace(/</g, "&lt;");

// Text in which marks stand bold.
function marked(node) {
  const parts = [...node.childNodes].map((child) => {
    if (child.nodeType === Node.TEXT_NODE) return literal(child.data);
    const inside = marked(child);
    return child.matches?.("mark:not(.secondary)") && inside ? `**${inside}**` : inside;
  });
  return parts.join("");
}

function markdown(number) {
  const item = itemOf(number);
  const one = fact(number);
  const severity = data.words.severity[one.severity];
  const lines = [
    `**${severity[0].toUpperCase()}${severity.slice(1)}: ${literal(item.querySelector("h3").textContent)}**`,
    "",
    all(".facts-line > li:not(.alike)", item)
      .map((entry) => literal((entry.querySelector("code") || entry).textContent.trim()))
      .join(", "),
  ];
  for (const figure of all("figure", item)) {
    const text = marked(figure.querySelector("blockquote, .nothing")).trim();
    lines.push("", `> ${text}`, `> – ${literal(figure.querySelector("figcaption").textContent.trim())}`);
  }
  const { status, note: words } = judgementOf(number) || {};
  if (status || words) {
    lines.push("", [status && told(status), words && literal(words)].filter(Boolean).join(": "));
  }
  return `${lines.join("\n")}\n`;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    announce(told("copied"));
  } catch {
    announce(copyByHand(text) ? told("copied") : told("not_copied"));
  }
}

// Where the page may not use the clipboard itself.
function copyByHand(text) {
  const field = document.createElement("textarea");
  const focused = document.activeElement;
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focused?.focus({ preventScroll: true });
  return done;
}

const permalink = (id) => `${location.href.split("#")[0]}#${encodeURIComponent(id)}`;
