// First in a worker in which Python runs: tells the page which of Python's parts is being fetched.
// A part that is not the one the site was built with is refused, by its checksum, and that is told, too.
{
  const elsewhere = self.ELSEWHERE ?? {}; // files that are not in the site: {name: arguments of fetch}
  const line = new BroadcastChannel("fetching");
  const fetchIt = self.fetch;
  self.fetch = async (...request) => {
    const url = String(request[0].url ?? request[0]);
    const [file, part, , kind] = url.match(/([^/]+?)(-[^/]*)?\.(whl|zip|wasm)$/) ?? [];
    if (!part) return fetchIt(...request);
    const here = () => line.postMessage({ part, state: "here" });
    line.postMessage({ part, state: "underway" });
    try {
      const response = await fetchIt(...(elsewhere[file] ?? request));
      if (!response.ok) throw new Error(`${url} answered ${response.status}`);
      const read = response.arrayBuffer.bind(response);
      response.arrayBuffer = () => read().finally(here);
      if (kind === "wasm") response.clone().blob().then(here); // it is compiled as it comes, not read
      return response;
    } catch (error) {
      line.postMessage({ part, state: (await isThere(elsewhere[file]?.[0] ?? url)) ? "refused" : "failed" });
      throw error;
    }
  };

  // HEAD, because the service worker would keep what it is asked to GET.
  const isThere = (url) =>
    fetchIt(url, { method: "HEAD" }).then(
      ({ ok }) => ok,
      () => false,
    );
}
