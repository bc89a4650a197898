// The prediction you can drag. Everything that moves is computed and drawn here; the kernel is
// told ten times a second at most, and once more when the hand lets go.

const DELTA = 1e-7; // as in helpers/losses.py
const HEIGHT = 170; // pixels of a bar of 1
const SVG = "http://www.w3.org/2000/svg";

const draw = (tag, attributes = {}, text = "") => {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.textContent = text;
  return node;
};
const number = (value, digits = 4) => value.toFixed(digits).replace(/^-(0\.0*)$/, "$1").replace("-", "−");
// A loss may be tiny and not 0: a perfect prediction scores −1e-7 in cross-entropy. Rounding noise is 0.
const small = (value) => Math.abs(value) > 1e-12 && Math.abs(value) < 0.00005;
const exact = (value) => (small(value) ? value.toExponential(0).replaceAll("-", "−") : number(value));
const sum = (numbers) => numbers.reduce((total, value) => total + value, 0);
const clamp = (value) => Math.min(1, Math.max(0, value));

/** All numbers of the panel, from the prediction y (numbers 0 to 1) and the true class t. */
export function losses(y, t) {
  const squares = y.map((value, k) => (value - (k === t ? 1 : 0)) ** 2);
  const terms = y.map((value, k) => (k === t ? Math.log(value + DELTA) : 0));
  return {
    squares,
    terms,
    total: sum(y),
    squared_sum: sum(squares),
    mean_squared_error: sum(squares) / 2,
    squared_mean: sum(squares) / y.length,
    cross_entropy_error: -sum(terms),
  };
}

/** y with y_k set to value; where they must sum to 1 the others share the rest as they did before. */
export function moved(y, k, value, normalise) {
  if (!normalise) return y.map((old, j) => (j === k ? value : old));
  const others = sum(y) - y[k];
  return y.map((old, j) => {
    if (j === k) return value;
    return others > 1e-12 ? (old * (1 - value)) / others : (1 - value) / (y.length - 1);
  });
}

/** −log y from y = 0 to 1, with the true class's point on it. */
function curve() {
  const width = 240;
  const [left, right, top, bottom, most] = [30, 232, 12, 176, 5];
  const x = (p) => left + (right - left) * p;
  const y = (loss) => bottom - ((bottom - top) * Math.min(loss, most)) / most;
  const points = Array.from({ length: 200 }, (_, i) => Math.exp(-most * (1 - i / 199)));
  const path = points.map((p, i) => `${i ? "L" : "M"}${x(p)} ${y(-Math.log(p))}`).join("");
  const svg = draw("svg", { width, height: 216, role: "img", "aria-label": "−log y" });
  for (const tick of [0, 1, 2, 3, 4, 5]) {
    svg.append(draw("line", { x1: left, x2: right, y1: y(tick), y2: y(tick), stroke: "#e4e4e4" }));
    svg.append(draw("text", { x: left - 7, y: y(tick) + 4, "text-anchor": "end", "font-size": 12, fill: "#444" }, tick));
  }
  for (const tick of [0, 0.5, 1]) {
    svg.append(draw("text", { x: x(tick), y: bottom + 17, "text-anchor": "middle", "font-size": 12, fill: "#444" }, tick));
  }
  const title = draw("text", { x: (left + right) / 2, y: bottom + 35, "text-anchor": "middle", "font-size": 13, fill: "#222" });
  const drop = draw("line", { y2: bottom, stroke: "#00755a", "stroke-width": 2, "stroke-dasharray": "4 3" });
  const point = draw("circle", { r: 6, fill: "#b84a00", stroke: "#fff", "stroke-width": 1.5 });
  svg.append(draw("path", { d: path, fill: "none", stroke: "#b84a00", "stroke-width": 2 }), drop, point, title);
  const show = (p, t) => {
    const loss = -Math.log(p + DELTA);
    for (const [name, value] of [["x1", x(p)], ["x2", x(p)], ["y1", y(loss)]]) drop.setAttribute(name, value);
    point.setAttribute("cx", x(p));
    point.setAttribute("cy", y(loss));
    title.textContent = `y[${t}] = ${number(p, 2)},  −log y[${t}] = ${exact(loss)}${loss > most ? " ↑" : ""}`;
  };
  return { node: svg, show };
}

function render({ model, el }) {
  const name = unique();
  const asked = model.get("losses");
  const squared = asked.includes("mean_squared_error");
  const entropy = asked.includes("cross_entropy_error");
  let y = [...model.get("_y")];
  let t = model.get("_t");
  let dragging = false;
  const K = y.length;
  const root = element("div", { class: "lesson-panel prediction" });
  root.append(element("style", {}, STYLE));

  // Telling the kernel
  let timer;
  const tell = () => {
    clearTimeout(timer);
    timer = undefined;
    const told = { _y: [...y], _t: t }; // a copy: the first set makes this view look what the model has
    for (const [name, value] of Object.entries(told)) model.set(name, value);
    model.save_changes();
  };
  const changed = () => {
    show();
    timer ??= setTimeout(tell, 100);
  };

  // The bars: one column a class, everything about class k below bar k
  const grid = element("div", { class: "grid", style: `grid-template-columns: 4.2em repeat(${K}, 1fr)` });
  const heading = (text) => grid.append(element("div", { class: "heading" }, text));
  const row = (text, make) => {
    heading(text);
    const cells = y.map((_, k) => make(k));
    grid.append(...cells);
    return cells;
  };
  const normalise = element("input", { type: "checkbox" });
  const bars = row("", (k) => {
    const bar = element(
      "div",
      { class: "bar", role: "slider", tabindex: 0, "aria-label": `y[${k}]`, "aria-valuemin": 0, "aria-valuemax": 1, "aria-orientation": "vertical" },
      element("div", { class: "fill" }),
      element("div", { class: "value" }),
    );
    const set = (value) => {
      y = moved(y, k, clamp(Math.round(value * 100) / 100), normalise.checked);
      changed();
    };
    const follow = (event) => set((bar.getBoundingClientRect().bottom - event.clientY) / HEIGHT);
    bar.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      bar.setPointerCapture(event.pointerId);
      bar.focus();
      dragging = true;
      follow(event);
      event.preventDefault();
    });
    bar.addEventListener("pointermove", (event) => dragging && bar.hasPointerCapture(event.pointerId) && follow(event));
    bar.addEventListener("lostpointercapture", () => {
      dragging = false;
      tell();
    });
    const steps = { ArrowUp: 0.01, ArrowRight: 0.01, ArrowDown: -0.01, ArrowLeft: -0.01, PageUp: 0.1, PageDown: -0.1, Home: -2, End: 2 };
    bar.addEventListener("keydown", (event) => {
      if (!(event.key in steps)) return;
      event.preventDefault();
      event.stopPropagation();
      set(y[k] + steps[event.key]);
    });
    return bar;
  });
  row("k", (k) => element("div", { class: "class" }, k));
  const targets = row("t", (k) => {
    const input = element("input", { type: "radio", name, "aria-label": `t = ${k}` });
    input.addEventListener("change", () => {
      t = k;
      changed();
    });
    return element("label", { class: "target" }, input, element("span"));
  });
  const squares = squared ? row("(y − t)²", () => element("div", { class: "area" }, element("i"), element("span"))) : [];
  const terms = entropy ? row("t · log y", () => element("div", { class: "term" })) : [];

  // The numbers
  const results = element("table");
  const value = {};
  const line = (key, label, cell = "") => {
    value[key] = element("data", { "data-name": key });
    results.append(element("tr", {}, element("th", { scope: "row" }, label), element("td", {}, value[key]), element("td", { class: "kernel" }, cell)));
  };
  const kernel = Object.fromEntries(asked.map((loss) => [loss, element("span", { "data-answer": loss })]));
  line("total", "Σ y");
  if (squared) {
    line("squared_sum", "Σ (y − t)²");
    line("mean_squared_error", "½ Σ (y − t)²", kernel.mean_squared_error);
    line("squared_mean", "⅒ Σ (y − t)²".replace("⅒", K === 10 ? "⅒" : `1/${K}`));
  }
  if (entropy) line("cross_entropy_error", "−Σ t · log y", kernel.cross_entropy_error);
  for (const loss of asked) {
    if (kernel[loss].parentNode) continue;
    results.append(element("tr", {}, element("th", { scope: "row" }, loss), element("td"), element("td", { class: "kernel" }, kernel[loss])));
  }
  const minusLog = entropy ? curve() : null;
  const message = element("div", { class: "message" });
  const announcement = new Announcement();

  // Presets and the sum
  const controls = element("div", { class: "row" });
  for (const [label, preset] of model.get("presets")) {
    const button = element("button", { type: "button" }, label);
    button.addEventListener("click", () => {
      y = [...preset];
      changed();
    });
    controls.append(button);
  }
  normalise.addEventListener("change", () => {
    const total = sum(y);
    if (normalise.checked) y = total > 0 ? y.map((v) => v / total) : y.map(() => 1 / K);
    changed();
  });
  controls.append(element("label", {}, normalise, "Σ y = 1"));

  // Until the kernel has answered for what is shown now, its old answers are pale.
  function dimOldAnswers() {
    const { y: ran, t: target } = model.get("answers");
    const old = target !== t || ran.some((value, k) => value !== y[k]);
    for (const node of Object.values(kernel)) node.parentNode.classList.toggle("old", old);
  }

  function show() {
    const now = losses(y, t);
    y.forEach((height, k) => {
      const text = number(height, 2);
      const bar = bars[k];
      bar.firstChild.style.height = `${height * HEIGHT}px`;
      bar.lastChild.style.bottom = `${height * HEIGHT}px`;
      bar.lastChild.textContent = text;
      bar.setAttribute("aria-valuenow", height);
      bar.setAttribute("aria-valuetext", text);
      bar.classList.toggle("true", k === t);
      targets[k].firstChild.checked = k === t;
      targets[k].lastChild.textContent = k === t ? 1 : 0;
      if (squared) {
        const side = `${Math.abs(height - (k === t ? 1 : 0)) * 100}%`;
        squares[k].firstChild.style.width = side;
        squares[k].lastChild.textContent = number(now.squares[k], 3);
      }
      if (entropy) {
        terms[k].textContent = k === t ? number(now.terms[k], 3) : "0";
        terms[k].classList.toggle("true", k === t);
      }
    });
    for (const [key, node] of Object.entries(value)) {
      node.value = now[key];
      node.textContent = exact(now[key]);
    }
    minusLog?.show(y[t], t);
    dimOldAnswers();
    const off = Math.abs(now.total - 1) > 1e-9;
    message.textContent = off ? `Σ y = ${number(now.total, 2)} ≠ 1: these are not probabilities. 这些数不是概率。` : "";
    const sentence = [`t = ${t}, y[${t}] = ${number(y[t], 2)}`]
      .concat(asked.filter((loss) => loss in now).map((loss) => `${loss} = ${exact(now[loss])}`))
      .concat(message.textContent || [])
      .join("; ");
    announcement.set(sentence);
  }

  const showAnswers = () => {
    const { y: ran, t: target, results } = model.get("answers"); // the y and t that the functions saw
    const now = losses(ran, target);
    results.forEach(({ value: text, error }, i) => {
      const node = kernel[asked[i]];
      const own = Number(text === "nan" ? NaN : text.replace("inf", "Infinity"));
      const agrees = Math.abs(own - now[asked[i]]) <= 1e-9 * Math.max(1, Math.abs(own));
      const known = asked[i] in now;
      const mark = error ? "✗" : !known ? "" : agrees ? "✓" : "✗";
      node.className = mark === "✗" ? "differs" : "";
      node.textContent = `${asked[i]}(y, t) → ${error || (Number.isFinite(own) ? exact(own) : text)} ${mark}`;
    });
    dimOldAnswers();
  };
  const fromKernel = () => {
    if (dragging || timer !== undefined) return; // the hand is ahead of the echo
    y = [...model.get("_y")];
    t = model.get("_t");
    show();
  };

  root.append(
    controls,
    element("div", { class: "row stage" }, grid, ...(minusLog ? [minusLog.node] : [])),
    element("div", { class: "row stage" }, results),
    message,
    announcement.node,
  );
  show();
  showAnswers();
  const giveKeysBack = ownKeys(root);
  model.on("change:_y change:_t", fromKernel);
  model.on("change:answers", showAnswers);
  el.append(root);
  return () => {
    giveKeysBack();
    model.off("change:_y change:_t", fromKernel);
    model.off("change:answers", showAnswers);
    clearTimeout(timer);
    announcement.stop();
  };
}

const STYLE = `
.prediction .grid { display: grid; flex: 1 1 480px; max-width: 560px; gap: 2px 4px; align-items: center; }
.prediction .heading { padding-right: 8px; text-align: right; white-space: nowrap; }
.prediction .bar { position: relative; height: ${HEIGHT}px; margin: 22px 0 4px; border-bottom: 2px solid #6b6b6b; background: #f3f3f3; cursor: ns-resize; touch-action: none; }
.prediction .bar.true { box-shadow: inset 0 0 0 2px #00755a; }
.prediction .fill { position: absolute; bottom: 0; width: 100%; background: #0067a5; pointer-events: none; }
.prediction .value { position: absolute; width: 100%; text-align: center; font-size: 12px; pointer-events: none; }
.prediction .class, .prediction .target, .prediction .term { text-align: center; justify-content: center; }
.prediction .target { position: relative; cursor: pointer; border: 1px solid #c8c8c8; border-radius: 11px; }
.prediction .target:hover { background: #e4f1ec; }
.prediction .target input { position: absolute; inset: 0; opacity: 0; cursor: pointer; margin: 0; }
.prediction .target:has(:checked) { background: #00755a; color: #fff; font-weight: 600; }
.prediction .target:has(:focus-visible) { outline: 3px solid #b84a00; outline-offset: 1px; }
.prediction .area { display: flex; flex-direction: column; justify-content: flex-end; align-items: center; height: 62px; font-size: 12px; }
.prediction .area i { aspect-ratio: 1; background: #b84a00; }
.prediction .term { font-size: 12px; color: #555; }
.prediction .term.true { color: #b84a00; font-weight: 600; }
.prediction .kernel { color: #444; text-align: left; min-width: 20em; }
.prediction .kernel.old { opacity: 0.35; }
.prediction .kernel .differs { color: #a33a00; font-weight: 600; }
`;

export default { render };
