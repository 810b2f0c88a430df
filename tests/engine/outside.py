"""Plays what is outside of the shop: the hosts that its Dockerfiles fetch from, on a loopback address, by HTTPS."""
import http.server
import io
import ssl
import tarfile
import threading
import urllib.parse

ADDRESS = "127.0.0.2"


def archive(files):
    bytes_out = io.BytesIO()
    with tarfile.open(fileobj=bytes_out, mode="w:gz") as tar:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(text), 0o755
            tar.addfile(entry, io.BytesIO(text.encode()))
    return bytes_out.getvalue()


PAGES = {
    ("get.payments.example", "/install.sh"): b"#!/bin/sh\nmkdir -p /opt/payments && echo 1.0 > /opt/payments/version\n",
    ("fonts.shop.example", "/invoice.tar.gz"): archive({"invoice.ttf": "no font\n"}),
    ("tools.shop.example", "/labelctl.tar.gz"): archive({"labelctl": "#!/bin/sh\necho label: $*\n"}),
    ("www.shop.example", "/maintenance.html"): b"<h1>Back soon</h1>\n",
}


class Handler(http.server.SimpleHTTPRequestHandler):
    asked = []

    def do_GET(self):
        self.answer(super().do_GET)

    def do_HEAD(self):
        self.answer(super().do_HEAD)

    def answer(self, from_folder):
        host = self.headers.get("Host", "").partition(":")[0]
        self.asked.append((host, self.path))
        if host == "packages.shop.example":
            from_folder()
            return
        page = PAGES.get((host, urllib.parse.urlsplit(self.path).path))
        self.send_response(200 if page else 404)
        self.send_header("Content-Length", str(len(page or b"")))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(page or b"")

    def log_message(self, *_):
        pass


def serve(cache):
    """A server that runs until the program ends; the folder of packages and wheels is part of it."""
    def handler(*arguments):
        return Handler(*arguments, directory=str(cache.packages))

    server = http.server.ThreadingHTTPServer((ADDRESS, 443), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cache.ca / "server.crt", cache.ca / "server.key")
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
