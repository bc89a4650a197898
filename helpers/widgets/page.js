// What both kinds of panel need on a page. page.py puts it before their own scripts.

const element = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};

function button(label, press) {
  const node = element("button", { type: "button" }, label);
  node.addEventListener("click", press);
  return node;
}

// Radio buttons of one name exclude each other on the whole page, so each group needs its own.
const unique = () => Math.random().toString(36).slice(2);

const STILL = 600; // milliseconds after which numbers that do not change are announced

/** Tells a screen reader what is shown, once it stands still. A panel that opens is no news. */
class Announcement {
  node = element("div", { class: "announcement", role: "status" });
  #timer;

  set(sentence) {
    this.stop();
    if (!this.node.isConnected || this.node.textContent === sentence) return;
    this.#timer = setTimeout(() => (this.node.textContent = sentence), STILL);
  }

  stop() {
    clearTimeout(this.#timer);
  }
}

/**
 * In a panel the keys are the panel's: without this JupyterLab takes arrows for its cells. Ctrl-S, Shift-Enter
 * and the like stay JupyterLab's, and Escape goes back to the cell. Returns what ends it.
 */
function ownKeys(root) {
  const suppress = "data-lm-suppress-shortcuts"; // JupyterLab looks for it at the focused element itself
  const listen = (event) => {
    if (!root.contains(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === "Enter")) {
      event.target.removeAttribute(suppress);
    } else event.target.setAttribute(suppress, "true");
    if (event.key === "Escape") root.parentElement.closest("[tabindex]")?.focus();
  };
  window.addEventListener("keydown", listen, true); // before JupyterLab's own, on the document
  return () => window.removeEventListener("keydown", listen, true);
}

