// The model of a panel that Python runs: panel.js and prediction.js cannot tell it from a kernel's.

/** Tells Python one change at a time; what changes meanwhile is told at once when that is done, the newest only. */
export class RemoteModel extends PANEL.Model {
  #changed = {};
  #telling = false;

  /** tell(message): a promise that Python has heard it. */
  constructor(state, tell) {
    super(state);
    this.tellPython = tell;
  }

  set(name, value) {
    super.set(name, value);
    this.#changed[name] = value;
  }

  async save_changes() {
    if (this.#telling) return;
    this.#telling = true;
    while (Object.keys(this.#changed).length) {
      const state = this.#changed;
      this.#changed = {};
      await this.tellPython({ method: "update", state, buffer_paths: [] });
    }
    this.#telling = false;
  }

  send(content) {
    this.tellPython({ method: "custom", content });
  }

  /** What Python changed. */
  update(state) {
    Object.assign(this.state, state);
    for (const name of Object.keys(state)) this.tell(`change:${name}`);
  }
}
