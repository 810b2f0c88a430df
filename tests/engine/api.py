"""Docker's Engine API over the engine's Unix socket, by http.client."""
import http.client
import json
import socket
import urllib.parse


class ApiError(Exception):
    pass


class Connection(http.client.HTTPConnection):
    def __init__(self, path, timeout):
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Api:
    def __init__(self, socket_path):
        self.socket_path = socket_path

    def raw(self, method, path, body=None, **query):
        connection = Connection(self.socket_path, 120)
        try:
            target = f"/v1.41{path}" + ("?" + urllib.parse.urlencode(query) if query else "")
            text = None if body is None else json.dumps(body)
            connection.request(method, target, text, {"Content-Type": "application/json"} if text else {})
            answer = connection.getresponse()
            told = answer.read()
        finally:
            connection.close()
        if answer.status >= 400:
            raise ApiError(f"{method} {path}: {answer.status} {told.decode(errors='replace').strip()}")
        return told

    def ask(self, method, path, body=None, **query):
        told = self.raw(method, path, body, **query)
        return json.loads(told) if told.strip() else None

    def logs(self, container):
        return lines(self.raw("GET", f"/containers/{container}/logs", stdout=1, stderr=1))

    def execute(self, container, command, **settings):
        """The exit status and what was printed."""
        made = self.ask("POST", f"/containers/{container}/exec",
                        {"AttachStdout": True, "AttachStderr": True, "Cmd": command, **settings})["Id"]
        printed = lines(self.raw("POST", f"/exec/{made}/start", {"Detach": False, "Tty": False}))
        return self.ask("GET", f"/exec/{made}/json")["ExitCode"], printed


def lines(stream):
    """The text of a stream of frames: a byte for the stream, three of nothing, four for the length."""
    text, at = b"", 0
    while at + 8 <= len(stream):
        length = int.from_bytes(stream[at + 4:at + 8], "big")
        text += stream[at + 8:at + 8 + length]
        at += 8 + length
    return text.decode(errors="replace")
