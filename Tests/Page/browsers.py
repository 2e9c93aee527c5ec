"""A browser that shows a page in a frame, and runs what tests say beside it: they drive the page by `window.gnca`.

No driver and no protocol: the page that holds the frame asks a server on 127.0.0.1 for the next piece of JavaScript and
sends back what it gives, so that every browser will do.
"""
import base64
import http.server
import json
import os
import pathlib
import queue
import shutil
import subprocess
import tempfile
import threading

DRIVER = """<!DOCTYPE html><html><meta charset="utf-8"><link rel="icon" href="data:,">
<style>html, body { margin: 0; } iframe { display: block; border: 0; width: 900px; height: 700px; }</style>
<body><script>
let frame, page;
async function open(path, width = 900, height = 700) {
  if (frame) frame.remove();
  frame = document.createElement("iframe");
  Object.assign(frame.style, { width: `${width}px`, height: `${height}px` });
  const loaded = new Promise((resolve) => (frame.onload = resolve));
  frame.src = path;
  document.body.append(frame);
  await loaded;
  page = frame.contentWindow;
  await page.gnca.ready;
  return page.gnca.engine;
}
const $ = (id) => page.document.getElementById(id);
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
async function until(holds) {
  for (let i = 0; i < 400; i++) {
    if (holds()) return true;
    await wait(25);
  }
  return false;
}
function bytes(state) {
  let text = "";
  for (const byte of new Uint8Array(state.buffer)) text += String.fromCharCode(byte);
  return btoa(text);
}
function touch(type, x, y, more = {}) {
  const canvas = page.document.querySelector("#picture canvas");
  const box = canvas.getBoundingClientRect();
  const event = { clientX: box.left + x * box.width, clientY: box.top + y * box.height, bubbles: true, cancelable: true, ...more };
  canvas.dispatchEvent(new page.PointerEvent(type, { button: 0, pointerId: 1, pointerType: "mouse", ...event }));
}
(async () => {
  for (;;) {
    const text = await (await fetch("/next")).text();
    let result;
    try { result = { value: await new Function("return (async () => {" + text + "})()")() }; } catch (error) { result = { error: String(error) }; }
    await fetch("/result", { method: "POST", body: JSON.stringify(result) });
  }
})();
</script></body></html>"""

# What a page finds when the device has less.
PATCHES = {
    "half": """<script>{ const get = WebGL2RenderingContext.prototype.getExtension;
WebGL2RenderingContext.prototype.getExtension = function (name) {
  return name === "EXT_color_buffer_float" ? null : name === "EXT_color_buffer_half_float" ? get.call(this, "EXT_color_buffer_float") : get.call(this, name);
}; }</script>""",
    "cpu": """<script>{ const get = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) { return kind === "webgl2" ? null : get.call(this, kind, ...rest); }; }</script>""",
    "still": """<script>{ const match = window.matchMedia;
window.matchMedia = (query) => (query.includes("reduced-motion") ? { matches: true, addEventListener() {} } : match.call(window, query)); }</script>""",
}


class Server(http.server.ThreadingHTTPServer):
    def __init__(self, folder):
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder, self.asked = pathlib.Path(folder), []
        self.pieces, self.results = queue.Queue(), queue.Queue()
        self.address = f"http://127.0.0.1:{self.server_address[1]}"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_): pass

    def answer(self, body, kind="text/plain"):
        self.send_response(200)
        self.send_header("Content-Type", kind + "; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path, _, patch = self.path.partition("?")
        if path == "/next":
            return self.answer(self.server.pieces.get().encode())
        if path == "/driver":
            return self.answer(DRIVER.encode(), "text/html")
        self.server.asked.append(self.path)
        file = self.server.folder / path.lstrip("/")
        if not file.is_file():
            return self.send_error(404)
        text = file.read_text()
        if patch in PATCHES:
            text = text.replace("<body>", "<body>" + PATCHES[patch], 1)
        self.answer(text.encode(), "text/html")

    def do_POST(self):
        self.server.results.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.answer(b"")


def chromium(profile, address):
    return ["chromium", "--headless", "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
            "--no-first-run", "--mute-audio", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--window-size=1000,900",
            f"--user-data-dir={profile}", "--remote-debugging-port=0", address]  # without the port it ends at once


def firefox(profile, address):
    # Without a display it has no WebGL; Browser gives it one that nobody sees.
    settings = {"browser.shell.checkDefaultBrowser": False, "datareporting.policy.dataSubmissionEnabled": False,
                "webgl.force-enabled": True, "network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in settings.items()]
    (pathlib.Path(profile) / "user.js").write_text("\n".join(lines))
    return ["firefox-esr", "--no-remote", "--profile", profile, address]


BROWSERS = {"Chromium": chromium, "Firefox": firefox}


class Browser:
    """Shows pages of `folder` until the end of `with`."""

    def __init__(self, name, folder):
        self.name, self.words, self.server = name, BROWSERS[name], Server(folder)

    @staticmethod
    def exists(name):
        needed = {"Chromium": ["chromium"], "Firefox": ["firefox-esr", "Xvfb"]}[name]
        return all(shutil.which(program) for program in needed)

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.profile = tempfile.mkdtemp()
        self.processes, environment = [], dict(os.environ)
        quiet = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        if self.name == "Firefox":
            display = subprocess.Popen(["Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
                                       stdout=subprocess.PIPE, text=True, **quiet)
            self.processes.append(display)
            environment["DISPLAY"] = ":" + display.stdout.readline().strip()
        self.processes.append(subprocess.Popen(self.words(self.profile, self.server.address + "/driver"), env=environment,
                                               stdout=subprocess.DEVNULL, **quiet))
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.server.shutdown()
        self.server.server_close()
        shutil.rmtree(self.profile, ignore_errors=True)

    def run(self, text, limit=240):
        """What a piece of JavaScript gives: the body of an async function, beside the frame. Raises where it throws."""
        self.server.pieces.put(text)
        result = self.server.results.get(timeout=limit)
        if "error" in result:
            raise RuntimeError(result["error"])
        return result.get("value")

    def state(self):
        """The page's state, float32 as bytes."""
        return base64.b64decode(self.run("return bytes(page.gnca.state())"))

    def pixels(self):
        """What a decoder makes of it, float32 as bytes."""
        return base64.b64decode(self.run("return bytes(page.gnca.pixels())"))
