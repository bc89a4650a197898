// The browser's half of Panel: native controls, the picture, its numbers as text.
// ipywidgets sends one change at a time and keeps only the newest while it waits, so a fast drag
// never queues up: after the mouse stops, at most one more picture arrives.

const element = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};

// Radio buttons of one name exclude each other on the whole page, so each group needs its own.
const unique = () => Math.random().toString(36).slice(2);
// On a control itself this keeps JupyterLab from taking arrow keys for its cells.
const KEYS = { "data-lm-suppress-shortcuts": "true" };
const typeset = (text) => text.replace(/^-/, "−");

function slider({ name, label, minimum, maximum, step }, move) {
  const input = element("input", { ...KEYS, type: "range", min: minimum, max: maximum, step });
  const output = element("output");
  input.setAttribute("aria-label", label || name);
  const show = (value) => {
    input.value = value;
    output.textContent = typeset(String(Number(Number(value).toPrecision(6))));
  };
  input.addEventListener("input", () => {
    show(input.value);
    move(name, Number(input.value));
  });
  return { node: element("label", {}, label || name, input, output), show };
}

function choice({ name, label, options }, move) {
  const group = unique();
  const inputs = options.map((option) => {
    const input = element("input", { ...KEYS, type: "radio", name: group, value: option });
    input.addEventListener("change", () => move(name, option));
    return input;
  });
  const labels = inputs.map((input) => element("label", {}, input, input.value));
  const show = (value) => inputs.forEach((input) => (input.checked = input.value === String(value)));
  return { node: element("fieldset", {}, element("legend", {}, label || name), ...labels), show };
}

function button({ name, label }, move, values) {
  const node = element("button", { type: "button" }, label || name);
  node.addEventListener("click", () => move(name, values()[name] + 1));
  return { node, show: () => {} };
}

const kinds = { Slider: slider, Choice: choice, Button: button };

function render({ model, el }) {
  let values = { ...model.get("values") };
  const send = (changed) => {
    values = { ...values, ...changed };
    model.set("values", values);
    model.save_changes();
  };
  const controls = {};
  for (const control of model.get("controls")) {
    controls[control.name] = kinds[control.kind](control, (name, value) => send({ [name]: value }), () => values);
  }
  const presets = model.get("presets").map(([label, preset]) => {
    const node = element("button", { type: "button" }, label);
    node.addEventListener("click", () => {
      for (const [name, value] of Object.entries(preset)) controls[name].show(value);
      send(preset);
    });
    return node;
  });

  const picture = element("canvas", { role: "img", style: `width: ${model.get("width")}px` });
  const numbers = element("tbody");
  const message = element("div", { class: "message", role: "alert" });
  const announcement = element("div", { class: "announcement", role: "status" });
  const root = element(
    "div",
    { class: "lesson-panel" },
    element("div", { class: "row" }, ...Object.values(controls).map((control) => control.node)),
    element("div", { class: "row stage" }, picture, element("table", {}, numbers)),
    message,
    announcement,
  );
  if (presets.length) root.insertBefore(element("div", { class: "row" }, ...presets), root.children[1]);

  let settled;
  const cells = new Map();
  const showNumbers = () => {
    const { readout, error, values: shown } = model.get("shown");
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
    message.textContent = error;
    const sentence = Object.entries(readout).map(([name, text]) => `${name} = ${text}`).join("; ");
    picture.setAttribute("aria-label", sentence);
    clearTimeout(settled);
    settled = setTimeout(() => (announcement.textContent = sentence), 600);
    for (const [name, control] of Object.entries(controls)) {
      if (control.node.contains(document.activeElement)) continue; // never fight the hand that drags
      values[name] = shown[name];
      control.show(shown[name]);
    }
  };
  // A canvas keeps its old picture until the new one is decoded, so that no frame is blank.
  let newest = 0;
  const showPicture = async () => {
    const png = model.get("picture");
    const turn = ++newest;
    const bitmap = await createImageBitmap(new Blob([png], { type: "image/png" }));
    const drawn = Number(picture.dataset.drawn ?? 0);
    if (turn > drawn) {
      if (picture.width !== bitmap.width) picture.width = bitmap.width; // to set it wipes the canvas
      if (picture.height !== bitmap.height) picture.height = bitmap.height;
      picture.getContext("2d").drawImage(bitmap, 0, 0);
      picture.dataset.drawn = turn;
    }
    bitmap.close();
  };

  for (const [name, control] of Object.entries(controls)) control.show(values[name]);
  showNumbers();
  showPicture();
  model.on("change:shown", showNumbers);
  model.on("change:picture", showPicture);
  el.append(root);
  return () => {
    model.off("change:shown", showNumbers);
    model.off("change:picture", showPicture);
    clearTimeout(settled);
  };
}

export default { render };
