"""Figures as rsvg, poppler, MuPDF and pdfTeX show them: no page shines through between cells, and emoji are seen."""
import io
import shutil
import subprocess

WIDTHS = (500, 733, 1000)
# Half-transparent edges, where seams were.
STRIP = ["figure", "strip", "m.ckpt", "--steps", "20,40,60,80", "--columns", "2", "--scale", "7", "--background", "transparent",
         "--overwrite", "--quiet"]
READERS = {
    ("svg", "rsvg-convert"): lambda width: ["rsvg-convert", "-w", str(width), "f.svg"],
    ("svg", "mutool"): lambda width: ["mutool", "draw", "-q", "-o", "-", "-F", "png", "-w", str(width), "-h", "99999", "f.svg"],
    ("pdf", "pdftocairo"): lambda width: ["pdftocairo", "-png", "-singlefile", "-scale-to-x", str(width), "-scale-to-y", "-1",
                                          "f.pdf", "-"],
    ("pdf", "mutool"): lambda width: ["mutool", "draw", "-q", "-o", "-", "-F", "png", "-w", str(width), "-h", "99999", "f.pdf"],
}


def on_white(numpy, picture):
    pixels = numpy.asarray(picture.convert("RGBA")).astype(float)
    return pixels[..., :3] * pixels[..., 3:] / 255 + 255 - pixels[..., 3:]


def share_off(numpy, shown, wanted):
    """The share of pixels that are brighter or darker than all that is wanted within a pixel and a half around them: viewers
    place images on whole pixels."""
    least, most = numpy.full(shown.shape, 999.0), numpy.full(shown.shape, -1.0)

    def places(count, of, shift):
        return numpy.clip(((numpy.arange(count) + 0.5 + shift) * of / count).astype(int), 0, of - 1)

    for down in numpy.linspace(-1.6, 1.6, 11):
        for across in numpy.linspace(-1.6, 1.6, 11):
            near = wanted[numpy.ix_(places(shown.shape[0], wanted.shape[0], down),
                                    places(shown.shape[1], wanted.shape[1], across))]
            least, most = numpy.minimum(least, near), numpy.maximum(most, near)
    return ((shown < least - 3) | (shown > most + 3)).any(-1).mean()


def check_pictures(shop, results):
    try:
        import numpy
        from PIL import Image
    except ImportError:
        return results.skip("figures: Python has no numpy or Pillow")

    def read(data):
        return on_white(numpy, Image.open(io.BytesIO(data)))

    for (kind, reader), command in READERS.items():
        if not shutil.which(reader):
            results.skip(f"figures: {reader} is missing")
            continue
        shop.program(*STRIP, "--no-captions", "-o", "f.png", "-o", f"f.{kind}")
        wanted = read((shop.folder / "f.png").read_bytes())
        for width in WIDTHS:
            said = subprocess.run(command(width), cwd=shop.folder, capture_output=True, check=True)
            off = share_off(numpy, read(said.stdout), wanted)
            results.add(f"{reader}: {kind} {width} pixels wide: {off:.2%} are off", off <= 0.001)
        shop.program(*STRIP, *[word for caption in "🐢🦎🦋🐙" for word in ("--caption", caption)], "-o", f"f.{kind}")
        said = subprocess.run(command(800), cwd=shop.folder, capture_output=True, check=True)
        pixels = read(said.stdout)[:40]
        results.add(f"{reader}: {kind}: emoji", (pixels.max(-1) - pixels.min(-1) > 60).sum() > 100)


def check_paper(shop, results):
    if not shutil.which("pdflatex"):
        return results.skip("figures: pdflatex is missing")
    for name in "ab":
        shop.program(*STRIP, "-o", f"{name}.pdf")
    (shop.folder / "p.tex").write_text(
        r"\documentclass{article}\usepackage{graphicx}\begin{document}"
        r"\includegraphics[width=4cm]{a.pdf}\includegraphics[width=4cm]{b.pdf}\end{document}")
    said = subprocess.run(["pdflatex", "-interaction=nonstopmode", "p.tex"], cwd=shop.folder, capture_output=True)
    results.add("pdflatex: two figures on a page", said.returncode == 0 and b"Warning" not in said.stdout and
                b"warning" not in said.stdout)


def run(shop, results, is_long):
    if is_long:
        check_pictures(shop, results)
        check_paper(shop, results)
