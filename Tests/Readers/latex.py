"""Snippets of `embed`, as pdflatex and lualatex set them."""
import re
import shutil
import subprocess
import unicodedata

import cases

# pdflatex must be told what a character is that its fonts do not have: nothing, here.
NEIGHBOURS = sorted({scalar for text in cases.texts() for scalar in text if ord(scalar) > 0x7f and scalar != "é"})
PREAMBLE = r"""\documentclass{article}
\usepackage[paperwidth=40cm,paperheight=400cm,margin=1cm]{geometry}
\usepackage{graphicx,hyperref,animate}
%s\raggedright\hyphenpenalty=10000
\begin{document}
\input{%s}
\end{document}
"""
NAMES = [
    "a b", "a%b", "a#b", "#a", "a~b", "~a", "a$b", "a&b", "a_b", "a^b", "a^^5c", "a{b", "a}b", "a\\b", "a'b", "a`b", "aéb",
    "ae\u0301b", "日本", "a%\u0301b", "_\u0338", "a\u0600%b", "a[b]", "a,b=c", "a;b", "(a)", "a@b", "a|b", "<a>", "a!b", "-a"]


def letters(text, engine):
    """What is left where readers of PDF differ: spaces, quotes of the old fonts, accents; in those, a line is no letter."""
    text = text.translate(str.maketrans({"’": "'", "‘": "`", "”": '"', "“": '"', "˜": "~", "ˆ": "^"}))
    text = unicodedata.normalize("NFKD", text)
    return "".join(scalar for scalar in text if "!" <= scalar <= "~" and (scalar != "_" or engine == "lualatex"))


def set_page(shop, engine, name):
    """The text of a page with the snippet; a sentence with what TeX says where it fails."""
    declared = "".join(f"\\DeclareUnicodeCharacter{{{ord(scalar):04X}}}{{}}\n" for scalar in NEIGHBOURS)
    (shop.folder / "t.tex").write_text(PREAMBLE % (declared if engine == "pdflatex" else "", name))
    done = subprocess.run([engine, "-interaction=nonstopmode", "-halt-on-error", "t.tex"], cwd=shop.folder,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        return None, re.findall(rb"^!.*$", done.stdout, re.M)[:1]
    said = subprocess.run(["pdftotext", "-raw", "t.pdf", "-"], cwd=shop.folder, capture_output=True, check=True)
    return said.stdout.decode(), None


def addresses(shop):
    said = subprocess.run(["pdfinfo", "-url", "t.pdf"], cwd=shop.folder, capture_output=True, check=True).stdout.decode()
    return [line.split(None, 2)[2] for line in said.splitlines()[1:]]


def check_captions(shop, results, engine):
    # A caption must fit into one of TeX's boxes before it is broken into lines.
    texts = list(cases.texts())
    for start in range(0, len(texts), 100):
        # Spaces, where lines may be broken.
        caption = "".join(f"q{index}q{text}q " for index, text in enumerate(texts[start:start + 100]))
        shop.embed("a.tex", caption=caption, label="fig:a_b", url="https://a.example/a%20b&c=#~_$;\\{}^'\"d")
        said, fault = set_page(shop, engine, "a")
        results.add(f"{engine}: {fault} for {caption[:40]!r}", said is not None)
        if said is None:
            continue
        results.add(f"{engine}: caption {caption[:40]!r}", letters(cases.one_line(caption), engine) in letters(said, engine))
        results.add(f"{engine}: address", addresses(shop) == [
            "https://a.example/a%20b&c=#~_$;%5C%7B%7D%5E%27%22d/film.mp4"])
    results.add("nothing was run", not (shop.folder / "pwned").exists())


def check_names(shop, results, engine):
    for name in NAMES:
        film, folder = shop.folder / f"{name}.mp4", shop.folder / f"{name}.d"
        shutil.copy(shop.folder / "film.mp4", film)
        shop.program("embed", f"./{film.name}", "-o", "a.tex", "--overwrite")
        said, fault = set_page(shop, engine, "a")
        results.add(f"{engine}: {fault} for the poster {name!r}", said is not None)
        shutil.copytree(shop.folder / "stills", folder)
        shop.program("embed", f"./{folder.name}/", "-o", "a.tex", "--overwrite")
        said, fault = set_page(shop, engine, "a")
        results.add(f"{engine}: {fault} for the frames in {name!r}", said is not None)
        shutil.rmtree(folder)


def run(shop, results, is_long):
    for label in ["a}b", "a%b", "\\x", "a#b", "", "a\u0301", "a b"]:
        done = shop.program("embed", "film.mp4", "-o", "l.tex", "--label", label, check=False)
        results.add(f"label {label!r} is refused", done.returncode == 64 and not (shop.folder / "l.tex").exists())
    for name in ['a"b', "a  b"]:
        shutil.copy(shop.folder / "film.mp4", shop.folder / f"{name}.mp4")
        done = shop.program("embed", f"{name}.mp4", "-o", "l.tex", check=False)
        results.add(f"name {name!r} is refused", done.returncode == 64 and not (shop.folder / "l.tex").exists())
    for engine in "pdflatex", "lualatex":
        if not is_long:
            continue
        if not shutil.which(engine) or not shutil.which("pdftotext"):
            results.skip(f"{engine} and pdftotext are not installed: nobody reads LaTeX")
            continue
        check_captions(shop, results, engine)
        check_names(shop, results, engine)
