// Search: each section's text is looked through as it is, so Chinese needs no words to be told apart.

const SHOWN = 20;
const dialog = document.getElementById("search");
const [field, list] = [dialog.querySelector("input"), dialog.querySelector("ol")];
let sections; // [[address, page, heading, text], …] once they have arrived

/** Called by the script of the index. */
function searchable(all) {
  sections = all;
  find();
}

/** The sections that hold every word; those that have it in their heading first. */
function found(words) {
  const inside = (text, word) => text.toLowerCase().includes(word);
  const hits = sections.filter(([, page, heading, text]) => words.every((word) => inside(`${page} ${heading} ${text}`, word)));
  const rank = ([, page, heading]) => (words.some((word) => inside(heading, word)) ? 0 : words.some((word) => inside(page, word)) ? 1 : 2);
  return hits.sort((a, b) => rank(a) - rank(b));
}

/** The text around the first word, which is marked. */
function excerpt(text, word) {
  const at = text.toLowerCase().indexOf(word);
  if (at < 0) return [text.slice(0, 120)];
  const start = Math.max(0, at - 40);
  const end = at + word.length;
  return [(start ? "…" : "") + text.slice(start, at), element("mark", {}, text.slice(at, end)), `${text.slice(end, end + 80)}…`];
}

function find() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  list.replaceChildren();
  if (!sections || !words.length) return;
  const hits = found(words);
  for (const [address, page, heading, text] of hits.slice(0, SHOWN)) {
    const title = element("b", {}, heading && heading !== page ? `${page} · ${heading}` : page);
    const link = element("a", { href: address }, title, ...excerpt(text, words[0]));
    link.addEventListener("click", () => dialog.close());
    list.append(element("li", {}, link));
  }
  if (!hits.length) list.append(element("li", { class: "nothing" }, WORDS.nothing));
}

function openSearch() {
  if (!sections) load(`static/search-${document.body.dataset.language}.js`);
  dialog.showModal();
  field.select();
}

field.addEventListener("input", find);
dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
dialog.querySelector("form").addEventListener("submit", (event) => {
  const first = list.querySelector("a");
  if (document.activeElement !== field || !first) return;
  event.preventDefault();
  first.click();
});
document.getElementById("search-open").addEventListener("click", openSearch);
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.target.closest("input, textarea, [role=slider]")) return;
  event.preventDefault();
  openSearch();
});
