// Python, in a worker: does one step after the other that the page asks for, and says when each is done.

let cells;

/** Rejected when a part cannot be fetched: loadPyodide may wait for it for ever. */
const missing = new Promise((_, reject) => {
  new BroadcastChannel("fetching").onmessage = ({ data: { part, state } }) => ["failed", "refused"].includes(state) && reject(new Error(part));
});
missing.catch(() => {}); // once Python has started, the import that wanted the part says so

const steps = {
  /** Start the Python at an address: pyodide.mjs, with the options of its loadPyodide; JupyterLite's fetching.js first. */
  async start(fetching, address, options) {
    await import(fetching);
    const { loadPyodide } = await import(address);
    const python = await Promise.race([loadPyodide(options), missing]);
    const source = await fetch(new URL("cells.py", import.meta.url));
    python.FS.writeFile("cells.py", await source.text());
    cells = python.pyimport("cells");
  },
  run: (cell, source) => cells.run(cell, source),
  hear: (model, message) => cells.hear(model, message),
};

let last = Promise.resolve();
onmessage = ({ data: [step, ...given] }) => {
  last = last
    .then(() => steps[step](...given))
    .then(() => postMessage(["done"]), (error) => postMessage(["failed", String(error)]));
};
