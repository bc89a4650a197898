// The prediction you can drag. Everything that moves is computed and drawn here; the kernel is
// told ten times a second at most, and once more when the hand lets go.

const EVERY = 100; // milliseconds between two words to the kernel

/** One view of a prediction: y and t as they are shown, what a hand does to them, and the kernel's answers. */
class PredictionView {
  #timer;
  #held = false;
  #normalise = element("input", { type: "checkbox" });
  #message = element("div", { class: "message" });
  #announcement = new Announcement();

  constructor(model) {
    const asked = model.get("losses");
    const squared = asked.includes("mean_squared_error");
    const entropy = asked.includes("cross_entropy_error");
    this.model = model;
    this.asked = asked;
    [this.y, this.t] = [[...model.get("_y")], model.get("_t")];
    this.grid = new Grid(this.y.length, { squared, entropy }, this);
    this.results = new Results(this.y.length, { asked, squared, entropy });
    this.curve = entropy ? new Curve() : null;
    const stage = element("div", { class: "row stage" }, this.grid.node, ...(this.curve ? [this.curve.node] : []));
    const numbers = element("div", { class: "row stage" }, this.results.node);
    const rest = [this.#message, this.#announcement.node];
    this.root = element("div", { class: "lesson-panel prediction" }, this.#controls(), stage, numbers, ...rest);
    this.show();
    this.answered();
  }

  // What a hand does

  hold() {
    this.#held = true;
  }

  set(k, value) {
    this.change(moved(this.y, k, value, this.#normalise.checked), this.t);
  }

  aim(k) {
    this.change(this.y, k);
  }

  release() {
    this.#held = false;
    this.tell();
  }

  change(y, t) {
    [this.y, this.t] = [y, t];
    this.show();
    this.#timer ??= setTimeout(() => this.tell(), EVERY);
  }

  // What the kernel is told, and what it tells

  tell() {
    this.#endTimer();
    const told = { _y: [...this.y], _t: this.t }; // a copy: the first set makes this view look what the model has
    for (const [name, value] of Object.entries(told)) this.model.set(name, value);
    this.model.save_changes();
  }

  stop() {
    this.#endTimer();
    this.#announcement.stop();
  }

  told = () => {
    if (this.#held || this.#timer !== undefined) return; // the hand is ahead of the echo
    [this.y, this.t] = [[...this.model.get("_y")], this.model.get("_t")];
    this.show();
  };

  answered = () => {
    this.results.answer(this.model.get("answers"));
    this.#dimOldAnswers();
  };

  #endTimer() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  // What is shown

  show() {
    const now = losses(this.y, this.t);
    this.grid.show(this.y, this.t, now);
    this.results.show(now);
    this.curve?.show(this.y[this.t], this.t);
    this.#dimOldAnswers();
    const off = Math.abs(now.total - 1) > 1e-9;
    const warning = `Σ y = ${number(now.total, 2)} ≠ 1: ${this.model.get("words").warning}`;
    this.#message.textContent = off ? warning : "";
    const told = this.asked.filter((loss) => loss in now).map((loss) => `${loss} = ${exact(now[loss])}`);
    const place = `t = ${this.t}, y[${this.t}] = ${number(this.y[this.t], 2)}`;
    this.#announcement.set([place, ...told, ...(off ? [warning] : [])].join("; "));
  }

  #dimOldAnswers() {
    const { y, t } = this.model.get("answers");
    this.results.dim(t !== this.t || y.some((value, k) => value !== this.y[k]));
  }

  #controls() {
    const row = element("div", { class: "row" });
    for (const [label, preset] of this.model.get("presets")) {
      row.append(button(label, () => this.change([...preset], this.t)));
    }
    this.#normalise.addEventListener("change", () => {
      const total = sum(this.y);
      const share = (value) => (total > 0 ? value / total : 1 / this.y.length);
      this.change(this.#normalise.checked ? this.y.map(share) : this.y, this.t);
    });
    row.append(element("label", {}, this.#normalise, "Σ y = 1"));
    return row;
  }
}

function render({ model, el }) {
  const view = new PredictionView(model);
  const events = { "change:_y": view.told, "change:_t": view.told, "change:answers": view.answered };
  for (const [event, listen] of Object.entries(events)) model.on(event, listen);
  const giveKeysBack = ownKeys(view.root);
  el.append(view.root);
  return () => {
    giveKeysBack();
    view.stop();
    for (const [event, listen] of Object.entries(events)) model.off(event, listen);
  };
}

export default { render };
