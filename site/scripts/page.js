// The page: its theme, its contents, copying code, the way to the same place in the other language.

const UP = document.body.dataset.up;
const WORDS = JSON.parse(document.getElementById("words").textContent);

/** What the browser keeps under a key; with a value, keeps it. Some browsers keep nothing for a file. */
function storage(key, value) {
  try {
    if (value !== undefined) localStorage.setItem(key, value);
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** A function that computes its value for a key once. */
function once(make) {
  const known = new Map();
  return (key) => {
    if (!known.has(key)) known.set(key, make(key));
    return known.get(key);
  };
}

document.getElementById("theme").addEventListener("click", () => {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  storage("theme", root.dataset.theme);
});

for (const copy of document.querySelectorAll(".copy")) {
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(copy.previousElementSibling.textContent);
    copy.dataset.done = "";
    setTimeout(() => delete copy.dataset.done, 1500);
  });
}

// Both editions have the same cells, so the place is the cell at the top of the window.
const other = document.getElementById("other");
const HEADER = 80;
other.addEventListener("click", () => {
  const cells = [...document.querySelectorAll(".cell")];
  const here = cells.find((cell) => cell.getBoundingClientRect().bottom > HEADER);
  if (here && scrollY > 100) other.hash = here.id;
});

// The contents follow what is read.
const contents = [...document.querySelectorAll("#pages ol ol a")];
const headings = contents.map((link) => document.getElementById(link.getAttribute("href").slice(1)));
function follow() {
  const passed = headings.filter((heading) => heading?.getBoundingClientRect().top < 2 * HEADER).length;
  contents.forEach((link, i) => link.classList.toggle("now", i === passed - 1));
}
addEventListener("scroll", () => requestAnimationFrame(follow), { passive: true });
follow();

// On a phone the menu closes when a place was chosen.
const menu = document.querySelector(".menu");
document.getElementById("pages").addEventListener("click", ({ target }) => target.closest("a") && (menu.open = false));

// Python comes on a click, and with it the scripts that start it.
for (const starter of document.querySelectorAll(".start-python")) {
  const verdict = starter.nextElementSibling;
  starter.addEventListener("click", async () => {
    verdict.textContent = "";
    try {
      await (await import("./python/session.js")).start(verdict);
    } catch (error) {
      verdict.textContent = error.sentence ?? WORDS.unreachable;
    }
  });
}
