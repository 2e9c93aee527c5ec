"""Snippets of `embed`, as browsers and readers of Markdown see them."""
import html.parser
import shutil
import subprocess

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


PARTS = ["figure", "div", "video", "source", "button", "figcaption", "script"]


def check_html(shop, results):
    shop.embed("plain.html", caption="plain", alt="plain", url="https://a.example/plain")
    script = Page(shop.read("plain.html")).words["script"].split()
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
                results.add(f"{name}: tags of {caption[:40]!r}", part_tags == PARTS)
                results.add(f"{name}: no others", not part.others or name == "html5lib")
                results.add(f"{name}: caption {caption[:40]!r}", part.words["figcaption"] == caption)
                results.add(f"{name}: label {caption[:40]!r}", part.attributes["video"]["aria-label"] == caption)
                source = part.attributes["source"]["src"]
                results.add(f"{name}: address {caption[:40]!r}", set(source) <= set(shop.ADDRESS) and ":" not in source[6:])
                results.add(f"{name}: title {caption[:40]!r}", whole.words["title"].strip() == caption.strip())
                # The one script is the program's own, whatever the words.
                for kind, read in ("snippet", part), ("page", whole):
                    results.add(
                        f"{name}: {kind} {caption[:40]!r}", "svg" not in read.tags and read.tags.count("script") == 1
                        and read.words["script"].split() == script)


def by_cmark(text):
    """Elements with their texts; None where cmark is not installed."""
    if not shutil.which("cmark"):
        return None
    said = subprocess.run(["cmark", "--to", "html"], input=text.encode(), capture_output=True, check=True)
    return Page(said.stdout.decode())


def by_markdown_it(text):
    """The same by another reader; None where it is not installed."""
    try:
        import markdown_it
    except ImportError:
        return None
    return Page(markdown_it.MarkdownIt("commonmark").render(text))


def check_markdown(shop, results):
    if not shutil.which("cmark"):
        results.skip("cmark is not installed: nobody reads Markdown")
    for caption in [cases.packed(cases.texts())] + cases.ATTACKS:
        shop.embed("a.md", caption=caption, alt=caption, url="https://a.example/a&copy;b_c*d~~(e)")
        expected = cases.one_line(caption).strip()
        for name, reader in ("cmark", by_cmark), ("markdown-it", by_markdown_it):
            page = reader(shop.read("a.md"))
            if page is None:
                continue
            results.add(f"{name}: tags of {caption[:40]!r}", page.tags == ["p", "a", "img", "p", "em"])
            results.add(f"{name}: caption {caption[:40]!r}", page.words["em"] == expected)
            results.add(f"{name}: alt {caption[:40]!r}", page.attributes["img"]["alt"] == expected)
            for place, name in (page.attributes["a"]["href"], "film.mp4"), (page.attributes["img"]["src"], "film.png"):
                results.add(f"{name}: address {place}", place == f"https://a.example/a&copy;b_c*d~~%28e%29/{name}")


def run(shop, results, is_long):
    check_html(shop, results)
    check_markdown(shop, results)
