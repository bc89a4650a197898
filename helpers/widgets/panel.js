// The browser's half of Panel: what the hand does (controls.js) goes to the kept frames or to the
// kernel, and what comes of it goes to the view (view.js).
//
// A frame is what the kernel showed for certain values: numbers and a picture. Frames are kept, and
// along a slider that a hand comes near they are prefetched. Where a frame is at hand the browser
// shows it itself and tells the kernel when the hand rests. Where none is, the kernel is told at
// once: ipywidgets sends one change at a time and only the newest after that, so a fast drag never
// queues up, and after the hand has stopped at most one more picture comes. Presses of buttons are
// counted, and told again with each change until the kernel says that they are done: none is lost,
// none is done twice.

const KEPT = 500; // frames of a view, some 20 kB each
const REST = 100; // milliseconds after which a hand has come to rest
const PATIENCE = 5000; // milliseconds after which a kernel's silence is spoken of

const frameOf = (shown, { buffer, byteOffset, byteLength }) => ({
  ...shown,
  picture: new Uint8Array(buffer, byteOffset, byteLength),
});
const sameReadout = (a, b) => JSON.stringify(a.readout) === JSON.stringify(b.readout);
const sameFrame = (a, b) => a.error === b.error && (a.error || (sameBytes(a.picture, b.picture) && sameReadout(a, b)));

/** The frames that are kept, at most `size`, and those that are to be prefetched by `ask(values, …)`. */
class FrameCache {
  #frames = new Map();
  #wanted = [];
  #asked = null; // for which values first

  constructor(key, size, ask) {
    Object.assign(this, { key, size, ask });
  }

  get(values) {
    return this.#frames.get(this.key(values));
  }

  keep(frame) {
    const name = this.key(frame.values);
    const old = this.#frames.get(name);
    if (old && !sameFrame(old, frame)) this.clear(); // update shows something else now: all are old
    this.#frames.delete(name); // so that the oldest comes first
    this.#frames.set(name, frame);
    if (this.#frames.size > this.size) this.#frames.delete(this.#frames.keys().next().value);
  }

  clear() {
    this.#frames.clear();
  }

  want(wanted) {
    this.#wanted = wanted;
    if (this.size) this.#askForMore();
  }

  prefetched(frames) {
    for (const frame of frames) this.keep(frame);
    if (this.key(frames[0].values) !== this.#asked) return; // another view asked
    this.#asked = null;
    this.#askForMore();
  }

  #askForMore() {
    this.#wanted = this.#wanted.filter((values) => !this.get(values));
    if (this.#asked || !this.#wanted.length) return;
    this.#asked = this.key(this.#wanted[0]);
    this.ask(this.#wanted.slice(0, 20));
  }
}

/** What is told to the kernel: values at once or when the hand rests, and presses. */
class Kernel {
  #resting;
  #silence;
  #view = unique();
  #count = 0; // presses so far
  #presses = []; // those that are not yet done

  constructor(model, key, onSilence) {
    Object.assign(this, { model, key, onSilence });
  }

  tell(values) {
    this.#endRest();
    this.model.set("values", values);
    this.model.save_changes();
    this.#waitForAnswer();
  }

  tellAtRest(values) {
    this.#endRest();
    this.#resting = setTimeout(() => this.tell(values), REST);
  }

  press(name, values) {
    this.#presses = [...this.#presses, { view: this.#view, count: ++this.#count, name, values }];
    this.model.set("presses", this.#presses);
    this.tell(values);
  }

  /** Take note of an answer: has all been answered that was told? */
  hear() {
    const done = this.model.get("done")[this.#view] ?? 0;
    this.#presses = this.#presses.filter(({ count }) => count > done);
    if (this.#answered) clearTimeout(this.#silence);
    return this.#answered;
  }

  get resting() {
    return this.#resting !== undefined;
  }

  stop() {
    this.#endRest();
    clearTimeout(this.#silence);
  }

  get #answered() {
    return !this.#presses.length && this.key(this.model.get("values")) === this.key(this.model.get("shown").values);
  }

  #endRest() {
    clearTimeout(this.#resting);
    this.#resting = undefined;
  }

  #waitForAnswer() {
    clearTimeout(this.#silence);
    if (!this.#answered) this.#silence = setTimeout(this.onSilence, PATIENCE);
  }
}

/** One view of a panel: takes what the hand does to the frames or the kernel, and shows what comes of it. */
class PanelView {
  #done; // the presses that the kernel has done, of all views

  constructor(model, painter) {
    const names = model.get("controls").map(({ name }) => name);
    const key = (values) => JSON.stringify(names.map((name) => values[name]));
    this.model = model;
    this.values = { ...model.get("values") };
    this.frames = new FrameCache(key, model.get("prefetch") ? KEPT : 0, (wanted) => model.send(wanted));
    this.view = new View(model, painter, {
      moved: (name, value) => this.move({ [name]: value }),
      near: (name, places) => this.frames.want(places.map((value) => ({ ...this.values, [name]: value }))),
      pressed: (name) => this.press(name),
      preset: (preset) => {
        this.view.showValues(preset);
        this.move(preset);
      },
    });
    this.kernel = new Kernel(model, key, () => this.view.say(model.get("words").silent));
    this.view.showValues(this.values);
    this.answered();
  }

  move(changed) {
    this.values = { ...this.values, ...changed };
    const frame = this.frames.get(this.values);
    if (!frame) return this.kernel.tell(this.values);
    this.view.show(frame);
    this.kernel.tellAtRest(this.values);
  }

  press(name) {
    this.frames.clear(); // what update shows may depend on what the button does
    this.kernel.press(name, this.values);
  }

  prefetched = (shown, pictures) => this.frames.prefetched(shown.map((each, i) => frameOf(each, pictures[i])));

  answered = () => {
    const frame = frameOf(this.model.get("shown"), this.model.get("picture"));
    const done = JSON.stringify(this.model.get("done"));
    if (done !== this.#done) this.frames.clear();
    this.#done = done;
    this.frames.keep(frame);
    const all = this.kernel.hear();
    if (this.kernel.resting) return; // the hand is ahead of this answer
    this.view.show(frame);
    if (!all) return; // more has been told since
    this.values = { ...frame.values };
    this.view.showValues(this.values);
  };

  stop() {
    this.kernel.stop();
    this.view.stop();
  }
}

/** A panel in el, its frames painted by a painter { node, paint(frame) }; returns what ends it. */
function mount(model, el, painter) {
  const panel = new PanelView(model, painter);
  const events = { "change:shown": panel.answered, "change:done": panel.answered, "msg:custom": panel.prefetched };
  for (const [event, listen] of Object.entries(events)) model.on(event, listen);
  const giveKeysBack = ownKeys(panel.view.root);
  el.append(panel.view.root);
  return () => {
    giveKeysBack();
    panel.stop();
    for (const [event, listen] of Object.entries(events)) model.off(event, listen);
  };
}

const render = ({ model, el }) => mount(model, el, new PngPainter(model.get("width")));

export default { render };
