// Answers to questions: judged here as helpers/checks.py judges them, and kept in this browser.

const QUESTIONS = JSON.parse(document.getElementById("questions").textContent);
const TYPED = 5e-3; // relative: a number typed by hand may be rounded to three digits
const FUNCTIONS = { log: Math.log, log10: Math.log10, log2: Math.log2, exp: Math.exp, sqrt: Math.sqrt };
const NAMES = { ...FUNCTIONS, inf: Infinity, nan: NaN, e: Math.E, pi: Math.PI };

const numberOf = (value) => (value in { inf: 1, nan: 1 } ? NAMES[value] : value === "-inf" ? -Infinity : Number(value));
const isText = (value) => typeof value === "string" && !["inf", "-inf", "nan"].includes(value);
const told = (sentence, details) => sentence.replace(/\{(\w+)\}/g, (_, name) => details[name]);

/** A number as Python types it: 0.69, 1/3, 2e-7, log(2), np.inf; undefined where it is none. */
function typedNumber(text) {
  const plain = text.toLowerCase().replace(/[−–]/g, "-").replace(/\b(np|numpy|math|float)\./g, "").replace(/^(-?\d+),(\d+)$/, "$1.$2");
  const words = plain.replace(/\d[\d.]*(e[-+]?\d+)?/g, " ").match(/[a-z_]\w*/g) ?? [];
  if (!/^[-+*/().\w\s]+$/.test(plain) || !words.every((word) => Object.hasOwn(NAMES, word))) return undefined;
  try {
    const value = Function(...Object.keys(NAMES), `"use strict"; return (${plain});`)(...Object.values(NAMES));
    return typeof value === "number" ? value : undefined;
  } catch {
    return undefined;
  }
}

/** As Python's f"{value:.6g}". */
function sixDigits(value) {
  if (!isFinite(value)) return String(value).replace("Infinity", "inf");
  if (value === 0) return "0";
  const [digits, exponent] = value.toExponential(5).split("e");
  if (exponent >= -4 && exponent < 6) return String(Number(value.toPrecision(6)));
  return `${Number(digits)}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}

function close(a, b) {
  if (typeof a === "string" || typeof b === "string") return a === b;
  if (a === b || (isNaN(a) && isNaN(b))) return true;
  return isFinite(a) && isFinite(b) && Math.abs(a - b) <= Math.max(TYPED * Math.max(Math.abs(a), Math.abs(b)), 1e-9);
}

/** [mark, sentence] for what was typed; question {right, why, hint, mistakes: [[value, sentence], …]}. */
function judge({ right, why, hint, mistakes }, typed) {
  const said = WORDS.said;
  const [text, wantsText] = [typed.trim(), isText(right)];
  if (!text || text === "None") return ["○", said.none];
  const number = typedNumber(text.replace(/^["'“”‘’](.*)["'“”‘’]$/, "$1"));
  const word = text.replace(/^["'“”‘’]+|["'“”‘’]+$/g, "").trim().toLowerCase();
  if (wantsText && number !== undefined && word !== "e") return ["✗", said.text];
  if (!wantsText && number === undefined) return ["✗", WORDS.unread];
  const value = wantsText ? word : number;
  const known = [["✓", right, why], ...mistakes.map(([each, sentence]) => ["✗", each, sentence])];
  const distance = (each) => Math.abs(each - value);
  const near = known
    .map(([mark, each, sentence]) => [mark, isText(each) ? each.toLowerCase() : numberOf(each), sentence])
    .filter(([, each]) => close(value, each));
  if (!wantsText && isFinite(value)) near.sort((a, b) => distance(a[1]) - distance(b[1]));
  if (near.length) return [near[0][0], near[0][2]];
  if (!wantsText && isNaN(value)) return ["✗", said.nan];
  return ["✗", told(said.other, { answer: wantsText ? `"${value}"` : sixDigits(value), hint })];
}

/** The answers that are kept: {question: {page, typed, mark}}. */
const kept = {
  read: () => JSON.parse(storage("answers") ?? "{}"),
  write: (name, answer) => storage("answers", JSON.stringify({ ...kept.read(), [name]: answer })),
  forget: () => storage("answers", "{}"),
};

const rightOn = (page) => Object.values(kept.read()).filter((answer) => answer.page === page && answer.mark === "✓").length;
const PAGE = document.getElementById("main").dataset.page;

function showProgress() {
  const all = Object.keys(QUESTIONS).length;
  for (const node of document.querySelectorAll(".answered")) {
    node.textContent = told(WORDS.answered, { right: rightOn(PAGE), all });
  }
  for (const node of document.querySelectorAll("[data-answered]")) {
    const right = rightOn(node.dataset.answered);
    node.textContent = right ? ` · ${told(WORDS.answered, { right, all: node.dataset.all })}` : "";
  }
}

for (const form of document.querySelectorAll(".check")) {
  const [input, verdict, name] = [form.querySelector("input"), form.querySelector("output"), form.dataset.name];
  const show = ([mark, sentence]) => {
    verdict.replaceChildren(element("b", {}, mark), ` ${sentence}`);
    form.dataset.mark = mark;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const judged = judge(QUESTIONS[name], input.value);
    show(judged);
    kept.write(name, { page: PAGE, typed: input.value, mark: judged[0] });
    showProgress();
  });
  input.value = kept.read()[name]?.typed ?? "";
  if (input.value) show(judge(QUESTIONS[name], input.value));
}

document.getElementById("forget")?.addEventListener("click", () => {
  kept.forget();
  for (const form of document.querySelectorAll(".check")) {
    form.reset();
    form.querySelector("output").replaceChildren();
    delete form.dataset.mark;
  }
  showProgress();
});
showProgress();
