// A line at the foot of the page: what Python is doing, and a button to stop it.

export class Bar {
  #line = element("span", { role: "status" });
  #fetching = new BroadcastChannel("fetching"); // fetching.js speaks here
  #underway = new Set();
  #doing = "";

  constructor(words, stop) {
    this.node = element("div", { class: "python-bar", tabindex: -1 }, this.#line, button(words.stop, stop));
    this.#fetching.onmessage = ({ data: { part, state } }) => {
      if (state === "underway") this.#underway.add(part);
      else this.#underway.delete(part);
      const [first] = this.#underway;
      const left = this.#underway.size;
      this.#line.textContent = first ? told(words.fetching, { left, part: first }) : this.#doing;
    };
  }

  /** Say it, unless a part of Python is being fetched: then that is said first. */
  say(sentence) {
    this.#doing = sentence;
    if (!this.#underway.size) this.#line.textContent = sentence;
  }

  remove() {
    this.#fetching.close();
    this.node.remove();
  }
}
