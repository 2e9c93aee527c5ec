"""Snippets of `embed`, as browsers and readers of Markdown see them."""
import html.parser
import shutil
import subprocess
import xml.etree.ElementTree

import cases


class Page(html.parser.HTMLParser):
    """Tags in order, their attributes, and the text in each."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.words, self.others = [], {}, {}, []
        self.open = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes.setdefault(tag, dict(attributes))
        if tag not in ("source", "img", "meta", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data):
        tag = self.open[-1] if self.open else ""
        self.words[tag] = self.words.get(tag, "") + data

    def handle_comment(self, data):
        self.others.append(data)

    handle_pi = unknown_decl = handle_comment


def by_html5lib(text):
    """The same by the algorithm of browsers; None where it is not installed."""
    try:
        import html5lib
    except ImportError:
        return None
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    page = Page("")
    for element in tree.iter():
        page.tags.append(element.tag)
        page.attributes.setdefault(element.tag, dict(element.attrib))
        page.words[element.tag] = page.words.get(element.tag, "") + (element.text or "")
    return page


def check_html(shop, results):
    for pieces in [[cases.packed(cases.texts())], cases.ATTACKS]:
        for caption in pieces:
            address = "https://a.example/" + caption.replace(":", "")
            shop.embed("a.html", caption=caption, alt=caption, url=address)
            shop.embed("i.html", "--inline", caption=caption, alt=caption)
            snippet, page = shop.read("a.html"), shop.read("i.html")
            for name, reader in ("html.parser", Page), ("html5lib", by_html5lib):
                part, whole = reader(snippet), reader(page)
                if part is None:
                    continue
                part_tags = [tag for tag in part.tags if tag not in ("html", "head", "body")]
                results.add(f"{name}: tags of {caption[:40]!r}", part_tags == ["figure", "video", "source", "figcaption"])
                results.add(f"{name}: no others", not part.others or name == "html5lib")
                results.add(f"{name}: caption {caption[:40]!r}", part.words["figcaption"] == caption)
                results.add(f"{name}: label {caption[:40]!r}", part.attributes["video"]["aria-label"] == caption)
                source = part.attributes["source"]["src"]
                results.add(f"{name}: address {caption[:40]!r}", set(source) <= set(shop.ADDRESS) and ":" not in source[6:])
                results.add(f"{name}: title {caption[:40]!r}", whole.words["title"].strip() == caption.strip())
                results.add(f"{name}: page {caption[:40]!r}", "script" not in whole.tags and "svg" not in whole.tags)


def check_markdown(shop, results):
    readers = []
    if shutil.which("cmark"):
        readers.append(("cmark", lambda text: subprocess.run(
            ["cmark", "--to", "xml"], input=text.encode(), capture_output=True, check=True).stdout.decode()))
    else:
        results.skip("cmark is not installed: nobody reads Markdown")
    for name, reader in readers:
        for caption in [cases.packed(cases.texts())] + cases.ATTACKS:
            shop.embed("a.md", caption=caption, alt=caption, url="https://a.example/a&copy;b_c*d")
            text = reader(shop.read("a.md"))
            # Its XML has the text as it is, control characters included: there are none left.
            root = xml.etree.ElementTree.fromstring(text.replace("xml:space", "space"))
            space = "{http://commonmark.org/xml/1.0}"
            kinds = [element.tag.replace(space, "") for element in root.iter()]
            expected = cases.one_line(caption).strip()
            results.add(f"{name}: kinds of {caption[:40]!r}", [kind for kind in kinds if kind != "text"]
                        == ["document", "paragraph", "link", "image", "paragraph", "emph"])
            for kind in "image", "emph":
                words = "".join(element.text or "" for element in root.find(f".//{space}{kind}").iter(f"{space}text"))
                results.add(f"{name}: {kind} {caption[:40]!r}", words == expected)
            for kind in "link", "image":
                place = root.find(f".//{space}{kind}").get("destination")
                results.add(f"{name}: address", place.startswith("https://a.example/a&copy;b_c*d/film."))


def check_markdown_it(shop, results):
    try:
        import markdown_it
    except ImportError:
        return
    for caption in [cases.packed(cases.texts())] + cases.ATTACKS:
        shop.embed("a.md", caption=caption, alt=caption, url="https://a.example/a&copy;b_c*d")
        page = Page(markdown_it.MarkdownIt("commonmark").render(shop.read("a.md")))
        expected = cases.one_line(caption).strip()
        results.add(f"markdown-it: tags of {caption[:40]!r}", page.tags == ["p", "a", "img", "p", "em"])
        results.add(f"markdown-it: caption {caption[:40]!r}", page.words["em"] == expected)
        results.add(f"markdown-it: alt {caption[:40]!r}", page.attributes["img"]["alt"] == expected)


def run(shop, results, is_long):
    check_html(shop, results)
    check_markdown(shop, results)
    check_markdown_it(shop, results)
