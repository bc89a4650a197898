// A prediction without a kernel.

/** A Prediction whose losses are computed here: by losses.js, or by a formula of what losses.js computes. */
class Answers extends Model {
  #formulas;

  constructor(state) {
    super(state);
    const made = ([name, text]) => [name, Function("now", `with (now) return ${text};`)];
    this.#formulas = Object.fromEntries(Object.entries(state.formulas).map(made));
    this.#answer();
  }

  save_changes() {
    this.#answer();
    this.tell("change:answers");
  }

  moveTo(y) {
    this.state._y = y;
    this.tell("change:_y");
    this.save_changes();
  }

  #answer() {
    const { _y: y, _t: t, losses: asked, answers } = this.state;
    const now = losses(y, t);
    const value = (name) => now[name] ?? this.#formulas[name]?.(now) ?? "…";
    const results = asked.map((name) => ({ value: String(value(name)), error: "" }));
    this.state.answers = { ...answers, y, t, results };
  }
}
