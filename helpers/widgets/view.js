// What stands on the page of a panel: its picture, its controls, its numbers as text.

const NEAR = 24; // pixels from a spot of the picture, for a click

const sameBytes = (a, b) => a.length === b.length && a.every((each, i) => each === b[i]);

/** Paints PNGs. A canvas keeps its old picture until the new one is decoded, so that no frame is blank. */
class PngPainter {
  #png = new Uint8Array();
  #newest = 0;
  #drawn = 0;

  constructor(width) {
    this.node = element("canvas", { role: "img", style: `width: ${width}px` });
  }

  async paint({ picture }) {
    if (sameBytes(this.#png, picture)) return;
    this.#png = picture;
    const turn = ++this.#newest;
    const bitmap = await createImageBitmap(new Blob([picture], { type: "image/png" }));
    if (turn > this.#drawn) this.#draw(bitmap, turn);
    bitmap.close();
  }

  #draw(bitmap, turn) {
    const canvas = this.node;
    if (canvas.width !== bitmap.width) canvas.width = bitmap.width; // to set it wipes the canvas
    if (canvas.height !== bitmap.height) canvas.height = bitmap.height;
    canvas.getContext("2d").drawImage(bitmap, 0, 0);
    canvas.dataset.drawn = this.#drawn = turn;
  }
}

/** What stands on the page: controls, presets, the numbers, and the picture of a painter { node, paint(frame) }. */
class View {
  #numbers = element("tbody");
  #cells = new Map();
  #message = element("div", { class: "message", role: "alert" });
  #announcement = new Announcement();
  #opened = false;

  constructor(model, painter, hand) {
    const described = model.get("controls");
    this.painter = painter;
    this.controls = Object.fromEntries(described.map((each) => [each.name, kinds[each.kind](each, hand)]));
    const presets = model.get("presets").map(([label, preset]) => button(label, () => hand.preset(preset)));
    const row = (nodes) => element("div", { class: "row" }, ...nodes);
    this.root = element("div", { class: "lesson-panel" }, row(Object.values(this.controls).map(({ node }) => node)));
    if (presets.length) this.root.append(row(presets));
    this.#makeClickable(model.get("spots"), hand);
    const stage = element("div", { class: "row stage" }, painter.node, element("table", {}, this.#numbers));
    this.root.append(stage, this.#message, this.#announcement.node);
  }

  showValues(values) {
    for (const [name, value] of Object.entries(values)) this.controls[name].show(value);
  }

  say(text) {
    if (this.#message.textContent !== text) this.#message.textContent = text; // an alert is read out when it is set
  }

  show(frame) {
    this.say(frame.error);
    if (this.#opened && frame.error) return;
    this.#opened = true;
    this.#showNumbers(frame.readout);
    this.painter.paint(frame);
  }

  stop() {
    this.#announcement.stop();
  }

  /** A click near a spot of the picture, [control, option, across, down], chooses the option. */
  #makeClickable(spots, hand) {
    const { node } = this.painter;
    const spotAt = ({ clientX, clientY }) => {
      const { left, top, width, height } = node.getBoundingClientRect();
      const gap = ([, , across, down]) => Math.hypot(left + across * width - clientX, top + down * height - clientY);
      return spots.find((spot) => gap(spot) < NEAR);
    };
    node.addEventListener("pointermove", (event) => (node.style.cursor = spotAt(event) ? "pointer" : ""));
    node.addEventListener("click", (event) => {
      const [name, option] = spotAt(event) ?? [];
      if (name) hand.preset({ [name]: option });
    });
  }

  #showNumbers(readout) {
    for (const [name, cell] of this.#cells) {
      if (name in readout) continue;
      cell.parentNode.remove();
      this.#cells.delete(name);
    }
    for (const [name, text] of Object.entries(readout)) this.#cell(name).textContent = typeset(text);
    const sentence = Object.entries(readout).map(([name, text]) => `${name} = ${text}`).join("; ");
    this.painter.node.setAttribute("aria-label", sentence);
    this.#announcement.set(sentence);
  }

  #cell(name) {
    if (!this.#cells.has(name)) {
      this.#cells.set(name, element("td", { "data-name": name }));
      this.#numbers.append(element("tr", {}, element("th", { scope: "row" }, name), this.#cells.get(name)));
    }
    return this.#cells.get(name);
  }
}

