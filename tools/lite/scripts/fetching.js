// First in a worker in which Python runs: tells the page which of Python's parts is being fetched.
{
  const line = new BroadcastChannel("fetching");
  const fetchIt = self.fetch;
  self.fetch = async (...request) => {
    const url = String(request[0].url ?? request[0]);
    const part = url.match(/([^/]+?)(-[^/]*)?\.(whl|zip|wasm)$/)?.[1];
    if (!part) return fetchIt(...request);
    line.postMessage({ part, state: "underway" });
    try {
      const response = await fetchIt(...request);
      if (!response.ok) throw new Error(`${url} answered ${response.status}`);
      response.clone().blob().then(() => line.postMessage({ part, state: "here" }));
      return response;
    } catch (error) {
      line.postMessage({ part, state: "failed" });
      throw error;
    }
  };
}
