// Runs in the page: moves one control and watches what is painted. Times are in milliseconds.

const frame = () => new Promise(requestAnimationFrame);
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
// A task posted in an animation frame runs as soon as that frame has been drawn.
const drawn = () => {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => resolve(performance.now());
    port2.postMessage(0);
  });
};

const traffic = { bytes: 0, messages: 0 }; // between page and kernel, both ways
const count = (data) => {
  traffic.bytes += data.byteLength ?? data.length;
  traffic.messages += 1;
};
window.WebSocket = class extends WebSocket {
  constructor(...options) {
    super(...options);
    this.addEventListener("message", ({ data }) => count(data));
  }
  send(data) {
    count(data);
    super.send(data);
  }
};

const shifts = [];
new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: "layout-shift" });

const pointer = (node, type, place) =>
  node.dispatchEvent(new PointerEvent(type, { bubbles: true, buttons: 1, pointerId: 1, ...place }));

/** How a hand takes hold of the first control in `root`, moves it to a place from 0 to 1, lets go. */
function controlOf(root) {
  const [bar, range, handle] = [".bar", "input[type=range]", ".noUi-handle"].map((each) => root.querySelector(each));
  if (bar) {
    Object.assign(bar, { setPointerCapture: () => {}, hasPointerCapture: () => true }); // made-up pointers have none
    const { bottom, height } = bar.getBoundingClientRect();
    const at = (place) => ({ clientY: bottom - place * height });
    return {
      hold: () => pointer(bar, "pointerdown", at(0.5)),
      move: (place) => pointer(bar, "pointermove", at(place)),
      release: () => pointer(bar, "lostpointercapture"),
    };
  }
  if (range) {
    const move = (place) => {
      range.value = Number(range.min) + place * (range.max - range.min);
      range.dispatchEvent(new Event("input", { bubbles: true }));
    };
    return { hold: () => range.dispatchEvent(new PointerEvent("pointerdown")) && range.focus(), move, release: () => {} };
  }
  const { left, width, top } = handle.closest(".noUi-base").getBoundingClientRect();
  const mouse = (node, type, place) =>
    node.dispatchEvent(new MouseEvent(type, { bubbles: true, buttons: 1, clientX: left + place * width, clientY: top }));
  return {
    hold: () => mouse(handle, "mousedown", 0.5),
    move: (place) => mouse(document.documentElement, "mousemove", place),
    release: () => mouse(document.documentElement, "mouseup", 0.5),
  };
}

/**
 * What can be seen now: `picture()` is another string after each change that is ready to be painted.
 * Our pictures are canvases that count what was drawn on them; those of `interact` are images.
 */
function watch(root) {
  const [fill, canvas] = [root.querySelector(".fill"), root.querySelector("canvas")];
  const node = () => (fill ? fill.closest(".grid") : canvas ?? root.querySelector("img"));
  let ready = root.querySelector("img")?.src;
  const observer = new MutationObserver(async () => {
    const image = root.querySelector("img");
    if (!image || image.src === ready) return;
    const { src } = image;
    await image.decode().then(() => (ready = src), () => {}); // refused: another one came meanwhile
  });
  if (!fill && !canvas) {
    observer.observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ["src"] });
  }
  const blank = (seen) => {
    if (fill) return false;
    if (!canvas) return seen.naturalWidth === 0;
    return canvas.getContext("2d").getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data[3] === 0;
  };
  const box = () => {
    const seen = node();
    if (!seen || blank(seen)) return "blank";
    const { width, height } = seen.getBoundingClientRect();
    return `${width} × ${height}`;
  };
  const picture = () => (fill ? fill.style.height : canvas?.dataset.drawn ?? ready);
  return { picture, box, stop: () => observer.disconnect() };
}

/** Milliseconds from one event to its picture, `times` times, each when all is quiet. */
async function latencies(root, times) {
  const [control, view, found] = [controlOf(root), watch(root), []];
  control.hold();
  for (let i = 0; i < times; i++) {
    await wait(250 + 17 * Math.random()); // an event may come at any moment of a frame
    const before = view.picture();
    const start = performance.now();
    control.move(i % 2 ? 0.3 + 0.01 * i : 0.7 - 0.01 * i);
    do await frame();
    while (view.picture() === before && performance.now() - start < 3000);
    found.push((await drawn()) - start);
  }
  control.release();
  view.stop();
  return found;
}

/** Three seconds of dragging, an event in each frame; then until nothing more comes. */
async function drag(root) {
  const [control, view] = [controlOf(root), watch(root)];
  const answer = root.querySelector("[data-answer]");
  const shown = answer && root.querySelector(`[data-name=${answer.dataset.answer}]`);
  control.hold();
  await wait(600);
  const before = { ...traffic };
  const box = view.box();
  shifts.length = 0;
  const painted = [];
  let [picture, blank, moved, copied, ended] = [view.picture(), 0, 0, null, null];
  const start = performance.now();
  for (let i = 1; ; i++) {
    const now = await frame();
    if (ended === null && now - start >= 3000) {
      control.release();
      ended = performance.now();
    }
    if (ended === null) control.move(Math.abs(((i * 0.0137) % 1.8) - 0.9) + 0.05);
    const box_now = view.box();
    blank += box_now === "blank";
    moved += box_now !== box;
    if (view.picture() !== picture) {
      picture = view.picture();
      painted.push(performance.now());
    }
    if (ended === null) continue;
    if (answer && copied === null && answer.textContent.includes(`→ ${shown.textContent} `)) copied = performance.now();
    if (now - Math.max(ended, painted.at(-1) ?? 0) > 800 || now - ended > 4000) break;
  }
  view.stop();
  return {
    rate: painted.filter((time) => time <= ended).length / ((ended - start) / 1000),
    late: Math.max(0, (painted.at(-1) ?? Infinity) - ended),
    after: painted.filter((time) => time > ended).length,
    updates: painted.length,
    blank,
    moved,
    shift: shifts.reduce((total, { value }) => total + value, 0),
    copied: copied === null ? null : copied - ended,
    bytes: traffic.bytes - before.bytes,
    messages: traffic.messages - before.messages,
  };
}

window.benchmark = { latencies, drag };
