// The native controls of a panel. Each is { node, show }: `show` puts it to a value, and it tells
// the hand's doings to `hand`: moved(name, value), pressed(name), near(name, values it may take next).

const PLACES = 120; // on a slider, for a hand that drags: round numbers, few enough to be prefetched

const typeset = (text) => text.replace(/^-/, "−");

/** The places of a slider where a hand that drags may land, counted from 0. */
class Places {
  constructor({ minimum, maximum, step }) {
    const stride = [1, 2, 5, 10, 20, 50].find((n) => maximum - minimum <= PLACES * n * step) ?? 100;
    Object.assign(this, { minimum, maximum, stride: step * stride });
    this.last = Math.ceil((maximum - minimum) / this.stride - 1e-9);
  }

  valueAt(place) {
    return Math.min(this.maximum, Number((this.minimum + place * this.stride).toPrecision(12)));
  }

  placeOf(value) {
    return Number(value) >= this.maximum ? this.last : Math.round((value - this.minimum) / this.stride);
  }

  /** The values of all places, the nearest to a value first. */
  around(value) {
    const here = this.placeOf(value);
    const places = [...Array(this.last + 1).keys()];
    return places.sort((a, b) => Math.abs(a - here) - Math.abs(b - here)).map((place) => this.valueAt(place));
  }
}

/** A finger that scrolls the page from a slider leaves the slider where it was. */
function stayWhenScrolled(input) {
  let before;
  input.addEventListener("pointerdown", () => (before = input.value));
  input.addEventListener("pointercancel", () => {
    input.value = before;
    input.dispatchEvent(new Event("input"));
  });
}

function slider(control, hand) {
  const { name, label, minimum, maximum, step } = control;
  const places = new Places(control);
  const input = element("input", { type: "range", min: minimum, max: maximum, step, "aria-label": label || name });
  const shown = element("span", { class: "number" });
  const show = (value) => {
    input.value = value;
    shown.textContent = typeset(String(Number(Number(value).toPrecision(6))));
  };
  let dragged = false; // else it is a key, or a screen reader, that takes single steps
  input.addEventListener("pointerdown", () => (dragged = true));
  for (const end of ["change", "keydown", "pointercancel"]) input.addEventListener(end, () => (dragged = false));
  input.addEventListener("input", () => {
    const value = dragged ? places.valueAt(places.placeOf(input.value)) : Number(input.value);
    show(value);
    hand.moved(name, value);
  });
  stayWhenScrolled(input);
  const comesNear = () => hand.near(name, places.around(input.value));
  input.addEventListener("focus", comesNear);
  input.addEventListener("pointerenter", ({ buttons }) => buttons || comesNear()); // pressed: it drags another
  input.addEventListener("pointerleave", ({ buttons }) => buttons || input.matches(":focus") || hand.near(name, []));
  return { node: element("label", {}, label || name, input, shown), show };
}

function choice({ name, label, options }, hand) {
  const group = unique();
  const inputs = options.map((option) => {
    const input = element("input", { type: "radio", name: group, value: option });
    input.addEventListener("change", () => hand.moved(name, option));
    return input;
  });
  const labels = inputs.map((input) => element("label", {}, input, input.value));
  const show = (value) => inputs.forEach((input) => (input.checked = input.value === String(value)));
  return { node: element("fieldset", {}, element("legend", {}, label || name), ...labels), show };
}

const kinds = {
  Slider: slider,
  Choice: choice,
  Button: ({ name, label }, hand) => ({ node: button(label || name, () => hand.pressed(name)), show: () => {} }),
};

