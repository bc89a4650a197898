// What the losses say of a prediction: the curve of −log y, and the table of numbers.

const draw = (tag, attributes = {}, text = "") => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.textContent = text;
  return node;
};

// The box of the curve in pixels, and the highest loss in it.
const [LEFT, RIGHT, TOP, BOTTOM, MOST] = [30, 232, 12, 176, 5];
const across = (p) => LEFT + (RIGHT - LEFT) * p;
const up = (loss) => BOTTOM - ((BOTTOM - TOP) * Math.min(loss, MOST)) / MOST;

/** −log y from y = 0 to 1, with the true class's point on it. */
class Curve {
  node = draw("svg", { class: "curve", width: 240, height: 216, role: "img", "aria-label": "−log y" });
  #drop = draw("line", { class: "drop", y2: BOTTOM });
  #point = draw("circle", { r: 6 });
  #title = draw("text", { class: "title", x: across(0.5), y: BOTTOM + 35 });

  constructor() {
    for (const tick of [0, 1, 2, 3, 4, 5]) {
      this.node.append(draw("line", { x1: LEFT, x2: RIGHT, y1: up(tick), y2: up(tick) }));
      this.node.append(draw("text", { class: "height", x: LEFT - 7, y: up(tick) + 4 }, tick));
    }
    for (const tick of [0, 0.5, 1]) this.node.append(draw("text", { x: across(tick), y: BOTTOM + 17 }, tick));
    const points = Array.from({ length: 200 }, (_, i) => Math.exp(-MOST * (1 - i / 199)));
    const path = points.map((p, i) => `${i ? "L" : "M"}${across(p)} ${up(-Math.log(p))}`).join("");
    this.node.append(draw("path", { d: path }), this.#drop, this.#point, this.#title);
  }

  show(p, t) {
    const loss = -Math.log(p + DELTA);
    for (const end of ["x1", "x2"]) this.#drop.setAttribute(end, across(p));
    this.#drop.setAttribute("y1", up(loss));
    this.#point.setAttribute("cx", across(p));
    this.#point.setAttribute("cy", up(loss));
    this.#title.textContent = `y[${t}] = ${number(p, 2)},  −log y[${t}] = ${exact(loss)}${loss > MOST ? " ↑" : ""}`;
  }
}

/** The browser's numbers, and beside them what the learner's own functions gave in the kernel. */
class Results {
  node = element("table");
  #values = {};
  #answers = {};

  constructor(classes, { asked, squared, entropy }) {
    for (const loss of asked) this.#answers[loss] = element("span", { "data-answer": loss });
    this.#line("total", "Σ y");
    if (squared) {
      this.#line("squared_sum", "Σ (y − t)²");
      this.#line("mean_squared_error", "½ Σ (y − t)²");
      this.#line("squared_mean", `${classes === 10 ? "⅒" : `1/${classes}`} Σ (y − t)²`);
    }
    if (entropy) this.#line("cross_entropy_error", "−Σ t · log y");
    for (const loss of asked) if (!(loss in this.#values)) this.#row(loss, "", this.#answers[loss]);
  }

  show(now) {
    for (const [key, node] of Object.entries(this.#values)) {
      node.value = now[key];
      node.textContent = exact(now[key]);
    }
  }

  /** The kernel's answers for a y and t, beside what the browser computes for them. */
  answer({ y, t, results }) {
    const now = losses(y, t);
    Object.entries(this.#answers).forEach(([loss, node], i) => {
      const { value, error } = results[i];
      const own = Number(value === "nan" ? NaN : value.replace("inf", "Infinity"));
      const agrees = Math.abs(own - now[loss]) <= 1e-9 * Math.max(1, Math.abs(own));
      const mark = error || (loss in now && !agrees) ? "✗" : agrees ? "✓" : "";
      node.className = mark === "✗" ? "differs" : "";
      node.textContent = `${loss}(y, t) → ${error || (Number.isFinite(own) ? exact(own) : value)} ${mark}`;
    });
  }

  /** Pale are answers for another y or t than those shown now. */
  dim(old) {
    for (const node of Object.values(this.#answers)) node.parentNode.classList.toggle("old", old);
  }

  #line(key, label) {
    this.#values[key] = element("data", { "data-name": key });
    this.#row(label, this.#values[key], this.#answers[key] ?? "");
  }

  #row(label, value, answer) {
    const cells = [element("td", {}, value), element("td", { class: "kernel" }, answer)];
    this.node.append(element("tr", {}, element("th", { scope: "row" }, label), ...cells));
  }
}

