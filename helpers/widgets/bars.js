// The bars of a prediction: one column a class, everything about class k below bar k. What the hand
// does is told to `hand`: hold(), set(k, value), release(), aim(k).

const STEPS = {
  ArrowUp: 0.01,
  ArrowRight: 0.01,
  ArrowDown: -0.01,
  ArrowLeft: -0.01,
  PageUp: 0.1,
  PageDown: -0.1,
  Home: -2,
  End: 2,
};

/** A bar that can be dragged, and moved by keys. */
class Bar {
  #fill = element("div", { class: "fill" });
  #value = element("div", { class: "value" });
  #height;

  constructor(k, hand) {
    const role = { role: "slider", tabindex: 0, "aria-label": `y[${k}]`, "aria-orientation": "vertical" };
    const range = { "aria-valuemin": 0, "aria-valuemax": 1 };
    this.node = element("div", { class: "bar", ...role, ...range }, this.#fill, this.#value);
    this.#listen((value) => hand.set(k, clamp(Math.round(value * 100) / 100)), hand);
  }

  show(height, isTrue) {
    this.#height = height;
    const text = number(height, 2);
    this.#fill.style.height = this.#value.style.bottom = `${height * 100}%`;
    this.#value.textContent = text;
    this.node.setAttribute("aria-valuenow", height);
    this.node.setAttribute("aria-valuetext", text);
    this.node.classList.toggle("true", isTrue);
  }

  #listen(set, hand) {
    const bar = this.node;
    const follow = ({ clientY }) => set((bar.getBoundingClientRect().bottom - clientY) / bar.clientHeight);
    let held = false;
    bar.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      bar.setPointerCapture(event.pointerId);
      bar.focus();
      held = true;
      hand.hold();
      follow(event);
      event.preventDefault();
    });
    bar.addEventListener("pointermove", (event) => held && bar.hasPointerCapture(event.pointerId) && follow(event));
    bar.addEventListener("lostpointercapture", () => {
      held = false;
      hand.release();
    });
    bar.addEventListener("keydown", (event) => {
      if (!(event.key in STEPS)) return;
      event.preventDefault();
      event.stopPropagation();
      set(this.#height + STEPS[event.key]);
    });
  }
}

/** The grid of bars, classes, targets and, where they are asked for, the squares and the terms t · log y. */
class Grid {
  constructor(classes, { squared, entropy }, hand) {
    const columns = `grid-template-columns: 4.2em repeat(${classes}, 1fr)`;
    this.node = element("div", { class: "grid", style: columns });
    this.bars = Array.from({ length: classes }, (_, k) => new Bar(k, hand));
    this.#row("", this.bars.map(({ node }) => node));
    this.#row("k", this.bars.map((_, k) => element("div", { class: "class" }, k)));
    const group = unique();
    this.targets = this.#row("t", this.bars.map((_, k) => this.#target(k, group, hand)));
    if (squared) this.squares = this.#row("(y − t)²", this.bars.map(() => this.#square()));
    if (entropy) this.terms = this.#row("t · log y", this.bars.map(() => element("div", { class: "term" })));
  }

  show(y, t, { squares, terms }) {
    y.forEach((height, k) => {
      const isTrue = k === t;
      this.bars[k].show(height, isTrue);
      this.targets[k].firstChild.checked = isTrue;
      this.targets[k].lastChild.textContent = isTrue ? 1 : 0;
      if (this.squares) {
        this.squares[k].firstChild.style.width = `${Math.abs(height - (isTrue ? 1 : 0)) * 100}%`;
        this.squares[k].lastChild.textContent = number(squares[k], 3);
      }
      if (this.terms) {
        this.terms[k].textContent = isTrue ? number(terms[k], 3) : "0";
        this.terms[k].classList.toggle("true", isTrue);
      }
    });
  }

  #row(heading, cells) {
    this.node.append(element("div", { class: "heading" }, heading), ...cells);
    return cells;
  }

  #target(k, name, hand) {
    const input = element("input", { type: "radio", name, "aria-label": `t = ${k}` });
    input.addEventListener("change", () => hand.aim(k));
    return element("label", { class: "target" }, input, element("span"));
  }

  #square() {
    return element("div", { class: "area" }, element("i"), element("span"));
  }
}

