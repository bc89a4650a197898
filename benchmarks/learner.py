"""A learner without a browser: logs in to a hub, opens a lesson and moves its panel."""

import json
import random
import time
import uuid

import requests
import websocket
from requests.cookies import get_cookie_header

WAYS = REST, AHEAD, LIVE = "rest", "drag what is drawn ahead", "drag what is drawn live"


class Learner:
    """An account of the hub at an address; it keeps what a browser would keep."""

    def __init__(self, address, name):
        self.address, self.name = address, name
        self.base = f"{address}/user/{name}"
        self.session = requests.Session()

    def start(self):
        """Log in, and wait for the server of one's own. Returns how many seconds it took."""
        begin = time.monotonic()
        self.session.get(f"{self.address}/hub/login")
        form = {"username": self.name, "password": f"{self.name} has a secret"}
        form["_xsrf"] = self.token("/hub/")
        self.session.post(f"{self.address}/hub/login?next=/hub/spawn", data=form)
        while not self.session.get(f"{self.base}/lab").url.startswith(self.base):
            if time.monotonic() - begin > 300:
                raise TimeoutError(f"the server of {self.name} does not start: see hub/hub.log")
            time.sleep(1)  # until then the hub answers in its place
        return time.monotonic() - begin

    def token(self, path):
        """What a form has to bring along, from the cookie of that path."""
        return next(c.value for c in self.session.cookies if (c.name, c.path) == ("_xsrf", path))

    def open(self, repository, cells):
        """Let the link bring the lessons, run these cells; return the comms of their panels."""
        query = {"repo": repository, "branch": "main", "targetPath": "lessons"}
        self.session.get(f"{self.base}/git-pull/api", params=query).raise_for_status()
        about = {"path": "lesson", "type": "notebook", "name": "", "kernel": {"name": "python3"}}
        token = {"X-XSRFToken": self.token(f"/user/{self.name}/")}
        answer = self.session.post(f"{self.base}/api/sessions", json=about, headers=token)
        kernel = answer.json()["kernel"]["id"]
        self.channels = f"{self.base}/api/kernels/{kernel}/channels"
        self.connect()
        panels = []
        for code in cells:
            for message in self.ask("execute_request", {"code": code, "silent": False}):
                data = message["content"].get("data", {})
                if message["msg_type"] == "comm_open" and "controls" in data.get("state", {}):
                    panels.append((message["content"]["comm_id"], data["state"]))
        return panels

    def connect(self):
        """Talk to the kernel, anew after a rest: who does not listen is cut off."""
        request = requests.Request("GET", self.channels)
        cookie = get_cookie_header(self.session.cookies, request)
        address = self.channels.replace("http", "ws", 1)
        self.socket = websocket.create_connection(address, cookie=cookie, timeout=300)

    def ask(self, kind, content):
        """What the kernel publishes for a message, until it rests."""
        number = uuid.uuid4().hex
        header = {"msg_id": number, "msg_type": kind, "session": number, "username": self.name}
        message = {"header": header | {"version": "5.3", "date": ""}, "content": content}
        message |= {"parent_header": {}, "metadata": {}, "channel": "shell", "buffers": []}
        self.socket.send(json.dumps(message))
        found = []
        while True:
            found.append(self.receive())
            ours = found[-1]["parent_header"].get("msg_id") == number
            if ours and found[-1]["content"].get("execution_state") == "idle":
                return found

    def receive(self):
        """The next message; where buffers follow, their lengths stand before it."""
        data = self.socket.recv()
        if isinstance(data, str):
            return json.loads(data)
        count, *offsets = (int.from_bytes(data[i : i + 4], "big") for i in range(0, 12, 4))
        return json.loads(data[offsets[0] : offsets[1] if count > 1 else None])

    def move(self, comm, values):
        """Move a panel; return the seconds until its new picture is here."""
        begin = time.monotonic()
        data = {"method": "update", "state": {"values": values}}
        self.ask("comm_msg", {"comm_id": comm, "data": data})
        return time.monotonic() - begin

    def keep_busy(self, panel, what, over):
        """Move a panel in one of the WAYS until it is over; return the seconds of each move."""
        self.connect()
        comm, state = panel
        slider = next(one for one in state["controls"] if one["kind"] == "Slider")
        low, high = slider["minimum"], slider["maximum"]
        along = [
            state["values"] | {slider["name"]: low + i / 100 * (high - low)} for i in range(100)
        ]
        if what == AHEAD:  # a page asks for the pictures along a slider that a hand comes near
            for first in range(0, 100, 20):
                data = {"method": "custom", "content": along[first : first + 20]}
                self.ask("comm_msg", {"comm_id": comm, "data": data})
        times = []
        while what != REST and not over.wait(0 if what == LIVE else 2):
            times.append(self.move(comm, random.choice(along)))
        return times
