// Stands in for the model of a kernel: panel.js and prediction.js cannot tell the difference.

/** What a view needs of a model: a state and its listeners. `save_changes` is where a kernel would be told. */
class Model {
  #listeners = new Map();

  constructor(state) {
    this.state = state;
  }

  get(name) {
    return this.state[name];
  }

  set(name, value) {
    this.state[name] = value;
  }

  on(event, listener) {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }

  off(event, listener) {
    this.#listeners.set(event, this.#listeners.get(event).filter((each) => each !== listener));
  }

  tell(event, ...given) {
    for (const listener of this.#listeners.get(event) ?? []) listener(...given);
  }

  send() {}
}
