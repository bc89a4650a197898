// The browser's half of Panel: native controls, the picture, its numbers as text.
//
// A frame is what the kernel showed for certain values: numbers and a picture. Frames are kept, and
// along a slider that a hand comes near they are drawn ahead. Where a frame is at hand the browser
// turns the page itself and tells the kernel when the hand rests. Where none is, the kernel is told
// at once: ipywidgets sends one change at a time and only the newest after that, so a fast drag
// never queues up, and after the hand has stopped at most one more picture comes.

const typeset = (text) => text.replace(/^-/, "−");
const same = (a, b) => a.length === b.length && a.every((each, i) => each === b[i]);
const sameFrame = (a, b) =>
  a.error === b.error && (a.error || (same(a.picture, b.picture) && JSON.stringify(a.readout) === JSON.stringify(b.readout)));
const bytes = ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength);

const KEPT = 500; // frames of a view, some 20 kB each
const PLACES = 120; // on a slider, for a hand that drags: round numbers, few enough to be drawn ahead
const REST = 100; // milliseconds after which a hand has come to rest
const PATIENCE = 5000; // milliseconds after which a kernel's silence is spoken of
const SILENT =
  "The kernel has not answered yet. If it is not busy, run the cell again. 内核还没有回应。如果它不在忙，请重新运行这个单元格。";

function slider({ name, label, minimum, maximum, step }, move, { near }) {
  const input = element("input", { type: "range", min: minimum, max: maximum, step });
  const stride = step * ([1, 2, 5, 10, 20, 50].find((n) => maximum - minimum <= PLACES * n * step) ?? 100);
  const last = Math.ceil((maximum - minimum) / stride - 1e-9);
  const at = (place) => Math.min(maximum, Number((minimum + place * stride).toPrecision(12)));
  const place = () => (Number(input.value) >= maximum ? last : Math.round((input.value - minimum) / stride));
  let dragged = false; // else it is a key, or a screen reader, that takes single steps
  input.addEventListener("pointerdown", () => (dragged = true));
  for (const end of ["change", "keydown"]) input.addEventListener(end, () => (dragged = false));
  const shown = element("span", { class: "number" });
  input.setAttribute("aria-label", label || name);
  const show = (value) => {
    input.value = value;
    shown.textContent = typeset(String(Number(Number(value).toPrecision(6))));
  };
  input.addEventListener("input", () => {
    const value = dragged ? at(place()) : Number(input.value);
    show(value);
    move(name, value);
  });
  const distance = (other) => Math.abs(other - place());
  const byDistance = (a, b) => distance(a) - distance(b);
  const comesNear = () => near(name, [...Array(last + 1).keys()].sort(byDistance).map(at));
  input.addEventListener("focus", comesNear);
  input.addEventListener("pointerenter", ({ buttons }) => buttons || comesNear()); // pressed: it drags another
  input.addEventListener("pointerleave", ({ buttons }) => buttons || input.matches(":focus") || near(name, []));
  return { node: element("label", {}, label || name, input, shown), show };
}

function choice({ name, label, options }, move) {
  const group = unique();
  const inputs = options.map((option) => {
    const input = element("input", { type: "radio", name: group, value: option });
    input.addEventListener("change", () => move(name, option));
    return input;
  });
  const labels = inputs.map((input) => element("label", {}, input, input.value));
  const show = (value) => inputs.forEach((input) => (input.checked = input.value === String(value)));
  return { node: element("fieldset", {}, element("legend", {}, label || name), ...labels), show };
}

function button({ name, label }, move, { value }) {
  const node = element("button", { type: "button" }, label || name);
  node.addEventListener("click", () => move(name, value(name) + 1));
  return { node, show: () => {} };
}

const kinds = { Slider: slider, Choice: choice, Button: button };

function render({ model, el }) {
  const described = model.get("controls");
  const prefetches = model.get("prefetch");
  let values = { ...model.get("values") };
  const key = (some) => JSON.stringify(described.map(({ name }) => some[name]));

  // Telling the kernel: at once, or when the hand rests
  let resting;
  let silence;
  const tell = () => {
    clearTimeout(resting);
    resting = undefined;
    model.set("values", values);
    model.save_changes();
    clearTimeout(silence);
    const open = key(values) !== key(model.get("shown").values);
    if (open) silence = setTimeout(() => say(SILENT), PATIENCE);
  };
  const moveTo = (changed) => {
    values = { ...values, ...changed };
    const frame = frames.get(key(values));
    if (!frame) return tell();
    show(frame);
    clearTimeout(resting);
    resting = setTimeout(tell, REST);
  };

  // Frames: those the kernel sends because it was told, and those it draws ahead
  const frames = new Map();
  const keep = (shown, picture) => {
    const frame = { ...shown, picture: bytes(picture) };
    if (!prefetches) return frame;
    const name = key(shown.values);
    const old = frames.get(name);
    if (old && !sameFrame(old, frame)) frames.clear(); // update shows something else now: all are old
    frames.delete(name); // so that the oldest comes first
    frames.set(name, frame);
    if (frames.size > KEPT) frames.delete(frames.keys().next().value);
    return frame;
  };
  let [wanted, asked] = [[], null]; // asked: for which values first
  const ask = () => {
    wanted = wanted.filter((each) => !frames.has(key(each)));
    if (asked || !wanted.length) return;
    asked = key(wanted[0]);
    model.send(wanted.slice(0, 20));
  };
  const near = (name, places) => {
    if (!prefetches) return;
    wanted = places.map((value) => ({ ...values, [name]: value }));
    ask();
  };
  const prefetched = (shown, pictures) => {
    shown.forEach((each, i) => keep(each, pictures[i]));
    if (key(shown[0].values) !== asked) return; // another view asked
    asked = null;
    ask();
  };
  const answered = () => {
    const frame = keep(model.get("shown"), model.get("picture"));
    if (resting) return; // the hand is ahead of this answer
    show(frame);
    if (key(frame.values) !== key(model.get("values"))) return; // more has been told since
    clearTimeout(silence);
    values = { ...frame.values };
    for (const [name, control] of Object.entries(controls)) control.show(values[name]);
  };

  const controls = {};
  for (const control of described) {
    const ways = { near, value: (name) => values[name] };
    controls[control.name] = kinds[control.kind](control, (name, value) => moveTo({ [name]: value }), ways);
  }
  const presets = model.get("presets").map(([label, preset]) => {
    const node = element("button", { type: "button" }, label);
    node.addEventListener("click", () => {
      for (const [name, value] of Object.entries(preset)) controls[name].show(value);
      moveTo(preset);
    });
    return node;
  });

  const canvas = element("canvas", { role: "img", style: `width: ${model.get("width")}px` });
  const numbers = element("tbody");
  const message = element("div", { class: "message", role: "alert" });
  const announcement = element("div", { class: "announcement", role: "status" });
  const root = element(
    "div",
    { class: "lesson-panel" },
    element("div", { class: "row" }, ...Object.values(controls).map((control) => control.node)),
    element("div", { class: "row stage" }, canvas, element("table", {}, numbers)),
    message,
    announcement,
  );
  if (presets.length) root.insertBefore(element("div", { class: "row" }, ...presets), root.children[1]);

  let onPage; // the frame that is shown
  const say = (text) => {
    if (message.textContent !== text) message.textContent = text; // an alert is read out when it is set
  };
  const show = (frame) => {
    say(frame.error);
    if (onPage && frame.error) return;
    showNumbers(frame.readout);
    if (!onPage || !same(onPage.picture, frame.picture)) showPicture(frame.picture);
    onPage = frame;
  };
  let settled;
  const cells = new Map();
  const showNumbers = (readout) => {
    for (const [name, cell] of cells) {
      if (name in readout) continue;
      cell.parentNode.remove();
      cells.delete(name);
    }
    for (const [name, text] of Object.entries(readout)) {
      if (!cells.has(name)) {
        cells.set(name, element("td", { "data-name": name }));
        numbers.append(element("tr", {}, element("th", { scope: "row" }, name), cells.get(name)));
      }
      cells.get(name).textContent = typeset(text);
    }
    const sentence = Object.entries(readout).map(([name, text]) => `${name} = ${text}`).join("; ");
    canvas.setAttribute("aria-label", sentence);
    clearTimeout(settled);
    const news = onPage && announcement.textContent !== sentence; // a panel that opens is no news
    if (news) settled = setTimeout(() => (announcement.textContent = sentence), 600);
  };
  // A canvas keeps its old picture until the new one is decoded, so that no frame is blank.
  let newest = 0;
  const showPicture = async (png) => {
    const turn = ++newest;
    const bitmap = await createImageBitmap(new Blob([png], { type: "image/png" }));
    const drawn = Number(canvas.dataset.drawn ?? 0);
    if (turn > drawn) {
      if (canvas.width !== bitmap.width) canvas.width = bitmap.width; // to set it wipes the canvas
      if (canvas.height !== bitmap.height) canvas.height = bitmap.height;
      canvas.getContext("2d").drawImage(bitmap, 0, 0);
      canvas.dataset.drawn = turn;
    }
    bitmap.close();
  };

  for (const [name, control] of Object.entries(controls)) control.show(values[name]);
  answered();
  const giveKeysBack = ownKeys(root);
  model.on("change:shown", answered);
  model.on("msg:custom", prefetched);
  el.append(root);
  return () => {
    giveKeysBack();
    model.off("change:shown", answered);
    model.off("msg:custom", prefetched);
    for (const timer of [resting, silence, settled]) clearTimeout(timer);
  };
}

export default { render };
