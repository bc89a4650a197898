// Opens the panels of a page as they come near: each is a script, so that a page from a disk can read it, too.

const LIVE = new Map(); // cell: the model of a prediction, which another panel may move
const arriving = new Map(); // file: what to do with its tables

const load = (path) => document.head.append(Object.assign(document.createElement("script"), { src: UP + path }));

/** Called by the script of a recording: its tables, as JSON in gzip in base64. */
async function recorded(file, packed) {
  const bytes = Uint8Array.from(atob(packed), (each) => each.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  arriving.get(file)(await new Response(unpacked).json());
}

const tablesOf = once((file) => new Promise((arrived) => {
  arriving.set(file, arrived);
  load(`recordings/${file}.js`);
}));

function openPrediction(el, state) {
  const model = new PREDICTION.Answers(state);
  LIVE.set(el.dataset.panel, model);
  PREDICTION.render({ model, el });
}

async function openRecording(el, state) {
  const tables = await tablesOf(el.dataset.file);
  const model = new PANEL.Recording(state, tables, (cell, y) => LIVE.get(cell)?.moveTo(y));
  PANEL.mount(model, el, new PANEL.OrdersPainter(state, tables));
}

async function open(el) {
  const state = JSON.parse(el.querySelector("script").textContent);
  await (el.dataset.kind === "prediction" ? openPrediction : openRecording)(el, state);
  el.dataset.alive = "";
}

const panelsNear = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      panelsNear.unobserve(target);
      open(target);
    }
  },
  { rootMargin: "1000px 0px" },
);
for (const el of document.querySelectorAll(".panel")) panelsNear.observe(el);
