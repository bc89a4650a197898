// A line at the foot of the page: which part of Python is being fetched, until Python has started;
// and, so that the next visit needs no server, what this page had before the service worker came.
{
  const words = location.search.includes("zh-CN")
    ? {
        underway: (left, part) => `正在下载 Python：还有 ${left} 个文件（${part}）……`,
        failed: (part) => `${part} 没有下载成功。请检查网络，然后重新加载本页。`,
        refused: (part) => `${part} 与本站所用的文件不一致（校验和不同），因此没有使用，Python 无法启动。请告知本站的维护者。`,
        starting: "Python 正在启动 ……",
      }
    : {
        underway: (left, part) => `Python is coming, files to fetch: ${left} (${part}) …`,
        failed: (part) => `${part} could not be fetched. Is there a network? Then load this page again.`,
        refused: (part) =>
          `${part} was refused: its checksum is not the one this site was built with, so Python cannot start. Please tell who runs the site.`,
        starting: "Python is starting …",
      };
  const line = document.createElement("div");
  line.id = "python-progress";
  line.setAttribute("role", "status");
  line.style =
    "position: fixed; z-index: 2000; left: 0; right: 0; bottom: 0; padding: 0.4em 1em;" +
    "font: 14px sans-serif; color: #fff; background: #1f4e79; pointer-events: none";

  const states = new Map(); // of each part: underway, here, failed or refused
  let started = false;
  const parts = (wanted) => [...states.keys()].filter((part) => states.get(part) === wanted);

  function show() {
    const broken = ["refused", "failed"].find((state) => parts(state).length);
    const underway = parts("underway");
    if (broken) line.textContent = words[broken](parts(broken)[0]);
    else if (underway.length) line.textContent = words.underway(underway.length, underway[0]);
    else line.textContent = words.starting;
    if (started && !broken && !underway.length) line.remove();
    else document.body.append(line);
  }

  new BroadcastChannel("fetching").onmessage = ({ data: { part, state } }) => {
    states.set(part, state);
    show();
  };

  const waiting = setInterval(() => {
    const { sessionContext } = globalThis.jupyterapp?.shell.currentWidget ?? {};
    if (sessionContext?.kernelDisplayStatus !== "idle") return;
    clearInterval(waiting);
    started = true;
    if (states.size) show();
    keep();
  }, 200);

  function keep() {
    if (!navigator.serviceWorker?.controller) return;
    const had = performance.getEntriesByType("resource").map(({ name }) => name);
    for (const url of [location.href, ...had]) if (url.startsWith("http")) fetch(url).catch(() => {});
  }
}
