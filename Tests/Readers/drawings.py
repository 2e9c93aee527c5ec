"""Titles, commands and captions in SVG, PDF, WebP and GIF, as readers of XML and of pictures see them."""
import re
import shutil
import subprocess
import xml.etree.ElementTree

import cases

SVG = "{http://www.w3.org/2000/svg}"
# Characters that a text of a picture can have wherever the program's fonts are.
DRAWN = cases.packed([f"{before}{special}\u0301" for special in "&<>\"'\\" for before in ("", " ")] + ["]]>", "<!--"])


def visible(text):
    """What the program spells out in a line."""
    for scalar, spelled in ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"):
        text = text.replace(scalar, spelled)
    return "".join(
        f"\\u{ord(scalar):04x}" if scalar in cases.CONTROLS + cases.TURNING + ["\u2028", "\u2029"] else scalar for scalar in text)


def check_xml(results, name, data):
    """Well-formed to both readers; the tree, or None."""
    try:
        tree = xml.etree.ElementTree.fromstring(data)
    except xml.etree.ElementTree.ParseError as error:
        return results.add(f"{name}: {error}", False)
    if shutil.which("xmllint"):
        lint = subprocess.run(["xmllint", "--noout", "-"], input=data, capture_output=True)
        results.add(f"xmllint: {name}: {lint.stderr[:200]!r}", lint.returncode == 0)
    return tree


def check_svg(shop, results, is_long):
    names = [text.replace("/", "") for text in cases.texts() if is_long or set(text) & set("&<>\"'")]
    # Names have at most 255 bytes.
    groups, group = [], ""
    for name in names:
        if len((group + name).encode()) > 150:
            groups.append(group)
            group = ""
        group += name
    for group in groups + [attack.replace("/", "") for attack in cases.ATTACKS] + ["a\x01\x1b[31mb\x9b"]:
        model = shop.folder / f"m{group}.ckpt"
        shutil.copy(shop.folder / "m.ckpt", model)
        # Fonts lack some of the letters: a title is no picture.
        shop.program("figure", "filters", model.name, "--no-captions", "-o", "a.svg", "--overwrite", "--quiet")
        tree = check_xml(results, f"svg of {group[:40]!r}", (shop.folder / "a.svg").read_bytes())
        model.unlink()
        if tree is None:
            continue
        results.add(f"title {group[:40]!r}", tree.find(f"{SVG}title").text == visible(f"filters of {model.name}"))
        results.add(f"no children {group[:40]!r}", not any(list(tree.find(SVG + tag)) for tag in ("title", "desc", "metadata")))
        words = shop.shell_words("sh", tree.find(f"{SVG}desc").text)
        results.add(f"command {group[:40]!r}", words[3:4] == [model.name])
    shop.program("figure", "strip", "m.ckpt", "--steps", "0,1", "--grid", "8x8", "-o", "a.svg", "-o", "a.pdf",
                 "--caption", DRAWN, "--caption", "]]>", "--overwrite", "--quiet")
    tree = check_xml(results, "captions", (shop.folder / "a.svg").read_bytes())
    drawn = "".join("".join(element.itertext()) for element in tree.iter(f"{SVG}text"))
    results.add("captions are drawn", drawn.replace(" ", "") == (DRAWN + "]]>").replace(" ", ""))


def check_films(shop, results):
    caption = "it's \\ \"<&]]>\u0301"
    shop.program("m.ckpt", "-o", "a.webp", "-o", "a.gif", "--grid", "8x8", "--scale", "8", "--steps", "2", "--hold", "0",
                 "--overwrite", "--quiet", "--caption", caption)
    data = (shop.folder / "a.webp").read_bytes()
    start = data.index(b"XMP ")
    length = int.from_bytes(data[start + 4:start + 8], "little")
    tree = check_xml(results, "xmp", data[start + 8:start + 8 + length])
    command = re.search("^Command: (.*)$", "".join(tree.itertext()), re.M)[1]
    for shell in shop.shells():
        results.add(f"{shell}: command of a film", shop.shell_words(shell, command)[-1] == caption)


def run(shop, results, is_long):
    check_svg(shop, results, is_long)
    check_films(shop, results)
