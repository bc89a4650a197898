// A code cell of the page: its code can be changed and run, and what comes of it stands below.

/** run(cell) is called when a hand wants it run; words {run, code, drawn, stopped}. */
export class Cell {
  #code;
  #first; // the code that the page came with
  #outputs = element("div", { class: "outputs" });
  #quiet = false;
  #endPanel = () => {};

  constructor(section, words, run) {
    const box = section.querySelector(".code");
    const place = box.closest("details") ?? box;
    Object.assign(this, { id: section.id, words });
    this.#code = box.querySelector("code");
    this.#first = this.source;
    while (place.nextSibling) this.#outputs.append(place.nextSibling);
    place.after(this.#outputs);
    makeEditable(this.#code, words.code, () => run(this));
    box.append(Object.assign(button(words.run, () => run(this)), { className: "run" }));
  }

  get source() {
    return this.#code.textContent;
  }

  /** Make room for what a run tells. When the lesson opens, what the page came with stays, but panels come to life. */
  begin(opens) {
    this.#quiet = opens && this.source === this.#first;
    if (!this.#quiet) this.#outputs.replaceChildren();
  }

  text(text) {
    if (this.#quiet) return;
    const last = this.#outputs.lastElementChild;
    if (last?.matches("pre:not(.error)")) last.append(text);
    else this.#add("pre", { class: "output", tabindex: 0 }, text);
  }

  picture(png) {
    if (this.#quiet) return;
    const image = element("img", { src: `data:image/png;base64,${png}`, alt: this.words.drawn });
    this.#add("figure", {}, image);
  }

  panel(model) {
    const place = element("div", { class: "panel", "data-panel": this.id, "data-kind": "python", "data-alive": "" });
    const recorded = this.#quiet && this.#outputs.querySelector(".panel");
    if (recorded) {
      this.#outputs.querySelector(".note")?.remove();
      recorded.replaceWith(place);
    } else this.#outputs.append(place);
    const { render } = model.get("controls") ? PANEL : PREDICTION;
    this.#endPanel();
    this.#endPanel = render({ model, el: place });
  }

  error(line, text) {
    if (this.#quiet && this.#outputs.textContent.includes(text)) return; // the lesson means it
    const where = line ? told(this.words.stopped, { line }) : "";
    this.#add("pre", { class: "output error", role: "alert", tabindex: 0 }, `${where}\n${text}`.trim());
  }

  #add(...described) {
    this.#outputs.append(element(...described));
  }
}

/** Let the code be changed in its place. Shift+Enter runs it; Enter keeps the indentation. */
function makeEditable(code, label, run) {
  for (const name of ["tabindex", "aria-label"]) code.parentNode.removeAttribute(name);
  const editor = { contenteditable: "plaintext-only", role: "textbox", "aria-multiline": true, "aria-label": label };
  const plain = { spellcheck: false, autocapitalize: "off", autocorrect: "off", tabindex: 0 };
  for (const [name, value] of Object.entries({ ...editor, ...plain })) code.setAttribute(name, value);
  code.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    if (event.shiftKey || event.ctrlKey || event.metaKey) run();
    else document.execCommand("insertText", false, `\n${indentation(code)}`);
  });
}

/** The spaces that the line after the caret begins with: as many as its own, four more after a colon. */
function indentation(code) {
  const before = getSelection().getRangeAt(0).cloneRange();
  before.setStart(code, 0);
  const line = before.toString().split("\n").at(-1);
  return line.match(/^ */)[0] + (line.trimEnd().endsWith(":") ? "    " : "");
}
