// What the page knows about itself, and small helpers. Parts of the script share one function.

const $ = (id) => document.getElementById(id);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

const data = JSON.parse($("data").textContent);
const facts = data.findings; // that of number n stands at n - 1
const numbers = new Map(facts.map((fact, place) => [fact.id, place + 1]));
const fact = (number) => facts[number - 1];

const fill = (text, values) =>
  text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? values[name] : place));
const told = (name, values = {}) => fill(data.words.triage[name], values);

// The same for a number of things, in the singular or the plural.
function counted(name, number, values = {}) {
  const forms = data.words.triage[name];
  const one = data.words.form.singular.includes(number);
  return fill(one ? forms.one : forms.other, { n: number, ...values });
}
