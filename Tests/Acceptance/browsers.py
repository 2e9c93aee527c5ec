"""Chromium and Firefox, headless and without a network, and a server on 127.0.0.1 that takes what their pages report."""
import http.server
import json
import pathlib
import queue
import re
import shutil
import subprocess
import tempfile
import threading

# What a page must be told, since a browser plays nothing of an unknown kind.
KINDS = {".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".png": "image/png", ".mp4": "video/mp4",
         ".mov": "video/quicktime", ".mkv": "video/x-matroska", ".webm": "video/webm", ".gif": "image/gif", ".apng": "image/apng",
         ".webp": "image/webp", ".avif": "image/avif"}


class Site:
    """Serves a folder, in parts where a player seeks, and keeps what pages send by POST."""

    def __init__(self, folder):
        self.reports = queue.Queue()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(pathlib.Path(folder), self.reports))
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def handler(folder, reports):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_): pass

        def do_GET(self):
            file = folder / self.path.lstrip("/")
            if not file.is_file():
                return self.send_error(404)
            data = file.read_bytes()
            part = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
            first, last = (int(part[1]), int(part[2] or len(data) - 1)) if part else (0, len(data) - 1)
            self.send_response(206 if part else 200)
            self.send_header("Content-Type", KINDS.get(file.suffix, "application/octet-stream"))
            self.send_header("Accept-Ranges", "bytes")
            if part:
                self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
            self.send_header("Content-Length", str(last + 1 - first))
            self.end_headers()
            try:
                self.wfile.write(data[first:last + 1])
            except ConnectionError:
                pass  # a player that has enough

        def do_POST(self):
            reports.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.send_header("Content-Length", "0")
            self.end_headers()

    return Handler


def chromium(profile):
    return ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--mute-audio", "--no-first-run",
            "--force-color-profile=srgb", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # as on a train
            f"--user-data-dir={profile}", "--remote-debugging-port=0"]  # without the port it ends at once


def firefox(profile):
    # A proxy that is not there; 127.0.0.1 is asked without one.
    settings = {"network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9,
                "network.proxy.ssl": "127.0.0.1", "network.proxy.ssl_port": 9, "media.autoplay.default": 0,
                "browser.shell.checkDefaultBrowser": False, "datareporting.policy.dataSubmissionEnabled": False}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in settings.items()]
    (pathlib.Path(profile) / "user.js").write_text("\n".join(lines))
    return ["firefox-esr", "--headless", "--no-remote", "--profile", profile]


BROWSERS = {"Chromium": ("chromium", chromium), "Firefox": ("firefox-esr", firefox)}


class Browser:
    """A browser that shows one page, with a profile of its own, until the end of `with`."""

    def __init__(self, name, address):
        self.words, self.address = BROWSERS[name][1], address

    @staticmethod
    def exists(name):
        return shutil.which(BROWSERS[name][0]) is not None

    def __enter__(self):
        self.profile = tempfile.mkdtemp()
        self.process = subprocess.Popen([*self.words(self.profile), self.address], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)
