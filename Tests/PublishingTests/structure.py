"""The structure of a PDF for readers of the screen, read from standard input, as JSON: how often each tag is used, in which tags
text stands outside of headings, paragraphs, lists and tables, the figures without an alternative text, the pages with text
but without a tag, and the bookmarks."""
import json
import sys

import pikepdf

BLOCKS = {
    "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "Lbl", "LBody", "TD", "TH", "Caption", "TOCI", "Figure", "Title",
    "Formula", "Code", "BlockQuote",
}
tags, loose, without_text, tagged = {}, {}, 0, set()


def walk(node, path, page):
    global without_text
    if isinstance(node, pikepdf.Array):
        for child in node:
            walk(child, path, page)
        return
    if isinstance(node, pikepdf.Dictionary):
        page = node.get("/Pg", page)
        if node.get("/Type") in ("/MCR", "/OBJR") or "/S" not in node:
            if node.get("/Type") == "/OBJR":
                return
        else:
            tag = str(node.S)[1:]
            tags[tag] = tags.get(tag, 0) + 1
            if tag == "Figure" and not str(node.get("/Alt", "")).strip():
                without_text += 1
            if "/K" in node:
                walk(node.K, path + [tag], page)
            return
    # Content of a page.
    if page is not None:
        tagged.add(page.objgen)
    if not BLOCKS.intersection(path):
        name = "/".join(path[-2:])
        loose[name] = loose.get(name, 0) + 1


def titles(item):
    while item is not None:
        yield str(item.get("/Title", ""))
        if "/First" in item:
            yield from titles(item.First)
        item = item.get("/Next")


with pikepdf.open(sys.stdin.buffer) as pdf:
    root = pdf.Root.get("/StructTreeRoot")
    if root is not None and "/K" in root:
        walk(root.K, [], None)
    untagged = [number for number, page in enumerate(pdf.pages, 1) if page.objgen not in tagged]
    outlines = pdf.Root.get("/Outlines")
    bookmarks = list(titles(outlines.get("/First"))) if outlines is not None else []
    json.dump(
        {
            "tags": tags, "loose": loose, "figuresWithoutText": without_text, "untaggedPages": untagged,
            "bookmarks": bookmarks,
        }, sys.stdout, ensure_ascii=False)
