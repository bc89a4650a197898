// First in a worker in which Python runs: tells the page which of Python's parts is being fetched.
{
  const line = new BroadcastChannel("fetching");
  const fetchIt = self.fetch;
  self.fetch = async (...request) => {
    const url = String(request[0].url ?? request[0]);
    const [, part, , kind] = url.match(/([^/]+?)(-[^/]*)?\.(whl|zip|wasm)$/) ?? [];
    if (!part) return fetchIt(...request);
    const here = () => line.postMessage({ part, state: "here" });
    line.postMessage({ part, state: "underway" });
    try {
      const response = await fetchIt(...request);
      if (!response.ok) throw new Error(`${url} answered ${response.status}`);
      const read = response.arrayBuffer.bind(response);
      response.arrayBuffer = () => read().finally(here);
      if (kind === "wasm") response.clone().blob().then(here); // it is compiled as it comes, not read
      return response;
    } catch (error) {
      line.postMessage({ part, state: "failed" });
      throw error;
    }
  };
}
