// A recorded panel (tools/build_site/recording.py), played.

const nearest = (values, wanted) =>
  values.reduce((best, value, i) => (Math.abs(value - wanted) < Math.abs(values[best] - wanted) ? i : best), 0);

/** A slider over the values that are recorded: its input counts their places, so keys go from one to the next. */
kinds.Recorded = ({ name, label, values }, hand) => {
  const input = element("input", { type: "range", min: 0, max: values.length - 1, step: 1, "aria-label": label || name });
  const shown = element("span", { class: "number" });
  const show = (value) => {
    input.value = nearest(values, value);
    shown.textContent = typeset(String(Number(Number(value).toPrecision(6))));
    input.setAttribute("aria-valuetext", shown.textContent);
  };
  input.addEventListener("input", () => {
    const value = values[input.value];
    show(value);
    hand.moved(name, value);
  });
  stayWhenScrolled(input);
  return { node: element("label", {}, label || name, input, shown), show };
};

/** A recorded Panel: tables over its controls, of numbers as text and of drawing orders. */
class Recording extends Model {
  #tables;
  #seeds = {}; // presses of each button that draws anew

  /** onBars(cell, y): a prediction that this panel moves is moved. */
  constructor(state, tables, onBars) {
    const { grids } = tables;
    const recorded = (slider, values) => ({ ...slider, kind: "Recorded", values });
    const controls = state.controls.map((each, i) => (each.kind === "Slider" ? recorded(each, grids[i]) : each));
    super({ ...state, controls, prefetch: false, presses: [], done: {} });
    this.#tables = tables;
    this.onBars = onBars;
    this.#show();
  }

  save_changes() {
    for (const { view, count, name } of this.state.presses) {
      if (count <= (this.state.done[view] ?? 0)) continue;
      this.#seeds[name] = (this.#seeds[name] ?? 0) + 1;
      this.state.done = { ...this.state.done, [view]: count };
    }
    this.#show();
    this.tell("change:shown");
  }

  #show() {
    const { grids, drawn, text, bars, texts } = this.#tables;
    const places = this.state.controls.map((control, i) => this.#place(control, grids[i]));
    const sizes = grids.map((grid) => grid.length ?? grid);
    const entry = ({ on, table }) => table[on.reduce((at, axis) => at * sizes[axis] + places[axis], 0)];
    const values = { ...this.state.values };
    this.state.controls.forEach(({ name, kind }, i) => kind === "Recorded" && (values[name] = grids[i][places[i]]));
    const numbers = text.map((column, i) => [this.state.names[i], texts[entry(column)]]);
    const readout = Object.fromEntries(numbers.filter(([, written]) => written !== undefined));
    const picture = new Uint8Array(Uint32Array.from(drawn, entry).buffer);
    Object.assign(this.state, { values, picture, shown: { values, readout, error: "" } });
    bars.forEach((column, i) => this.onBars(this.state.bars[i], texts[entry(column)]));
  }

  #place({ name, kind, options }, grid) {
    if (kind === "Recorded") return nearest(grid, this.state.values[name]);
    if (kind === "Choice") return options.indexOf(this.state.values[name]);
    return (this.#seeds[name] ?? 0) % grid;
  }
}
