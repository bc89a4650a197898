// "Start Python here": one Python a page, in a worker. It runs the lesson's cells in order and takes the panels over.

import { Bar } from "./bar.js";
import { Cell } from "./cell.js";
import { RemoteModel } from "./remote.js";

const RUN = new URL(`${UP}run/`, document.baseURI); // JupyterLite: its Python is this page's
const KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel";
const here = (name) => new URL(name, import.meta.url);

let words, cells;
let session = null;

/** Start Python from a place of the page. It throws where that does not succeed, and leaves the page as it was. */
export async function start(place) {
  if (session) return;
  words ??= (await json(here("words.json")))[document.body.dataset.language];
  if (!globalThis.WebAssembly?.Exception) throw Object.assign(new Error(), { sentence: words.old });
  session = new Session(place);
  try {
    await session.start();
  } catch (error) {
    session.end();
    throw error;
  }
  session.open();
}

/** A worker with Python, its panels' models, and what the page asks of it. */
class Session {
  #asked = []; // what has not been answered yet, in order: {resolve, reject}
  #models = new Map();

  constructor(place) {
    look();
    this.bar = new Bar(words, () => this.end());
    place.closest(".cell, .lab").after(this.bar.node); // the next key Tab goes on from there
    this.bar.node.focus();
    document.body.dataset.python = "";
    this.worker = new Worker(here("worker.js"), { type: "module" });
    this.worker.addEventListener("message", ({ data }) => this.#hear(...data));
    this.worker.addEventListener("error", () => this.#asked.shift()?.reject(new Error("worker")));
  }

  async start() {
    this.bar.say(words.starting);
    const settings = (await json(new URL("jupyter-lite.json", RUN)))["jupyter-config-data"].litePluginSettings[KERNEL];
    const address = (name) => new URL(name, RUN).href;
    await this.#ask("start", address("fetching.js"), address(settings.pyodideUrl), settings.loadPyodideOptions);
    cells ??= new Map(codeCells().map((section) => [section.id, new Cell(section, words, (cell) => session.run(cell))]));
  }

  /** Run all cells of the lesson. */
  async open() {
    const all = [...cells.values()];
    for (const [i, cell] of all.entries()) {
      this.bar.say(told(words.opening, { at: i + 1, all: all.length }));
      await this.run(cell, true);
    }
  }

  async run(cell, opens = false) {
    cell.begin(opens);
    if (!opens) this.bar.say(words.running);
    try {
      await this.#ask("run", cell.id, cell.source);
    } catch {
      return this.bar.say(words.broken);
    }
    if (!this.#asked.length) this.bar.say(words.ready);
  }

  end() {
    this.worker.terminate();
    this.bar.remove();
    delete document.body.dataset.python;
    session = null;
  }

  #ask(...step) {
    return new Promise((resolve, reject) => {
      this.#asked.push({ resolve, reject });
      this.worker.postMessage(step);
    });
  }

  #hear(kind, details, buffers) {
    if (kind === "done") this.#asked.shift().resolve();
    else if (kind === "failed") this.#asked.shift().reject(new Error(details));
    else this[kind](JSON.parse(details), buffers);
  }

  // What cells.py tells: of a cell …

  text = ({ cell, text }) => cells.get(cell).text(text);
  picture = ({ cell, png }) => cells.get(cell).picture(png);
  panel = ({ cell, model }) => cells.get(cell).panel(this.#models.get(model));
  error = ({ cell, line, text }) => cells.get(cell).error(line, text);

  // … and of a panel's model

  comm_open({ model, state, paths }, buffers) {
    const tell = (message) => this.#ask("hear", model, JSON.stringify(message));
    this.#models.set(model, new RemoteModel(withBuffers(state, paths, buffers), tell));
  }

  comm_msg({ model, state, paths, content }, buffers) {
    const of = this.#models.get(model);
    if (content) of.tell("msg:custom", content, buffers);
    else of.update(withBuffers(state, paths, buffers));
  }

  comm_close({ model }) {
    this.#models.delete(model);
  }
}

const codeCells = () => [...document.querySelectorAll(".cell")].filter((section) => section.querySelector(".code"));

/** A state with its buffers, each in its place: its path is a name. */
function withBuffers(state, paths, buffers) {
  paths.forEach(([name], i) => (state[name] = buffers[i]));
  return state;
}

async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return answer.json();
}

/** How what is made here looks. */
const look = once(() => document.head.append(element("link", { rel: "stylesheet", href: here("python.css") })));
