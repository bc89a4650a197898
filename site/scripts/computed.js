// A prediction without a kernel.

/** A Prediction whose losses are computed here, by `losses(y, t)` of losses.js. */
class Answers extends Model {
  constructor(state, losses) {
    super(state);
    this.losses = losses;
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
    const now = this.losses(y, t);
    const results = asked.map((name) => ({ value: name in now ? String(now[name]) : "…", error: "" }));
    this.state.answers = { ...answers, y, t, results };
  }
}
