"""The structure of a PDF for readers of the screen, read from standard input, as JSON: how often each tag is used, in which tags
text stands outside of headings, paragraphs, lists and tables, the figures without an alternative text, and the bookmarks."""
import json
import sys

import pikepdf

BLOCKS = {
    "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "Lbl", "LBody", "TD", "TH", "Caption", "TOCI", "Figure", "Title",
    "Formula", "Code", "BlockQuote",
}
tags, loose, without_text = {}, {}, 0


def walk(node, path):
    global without_text
    if isinstance(node, pikepdf.Array):
        for child in node:
            walk(child, path)
        return
    if isinstance(node, pikepdf.Dictionary):
        if node.get("/Type") == "/OBJR":
            return
        if "/S" in node:
            tag = str(node.S)[1:]
            tags[tag] = tags.get(tag, 0) + 1
            if tag == "Figure" and not str(node.get("/Alt", "")).strip():
                without_text += 1
            if "/K" in node:
                walk(node.K, path + [tag])
            return
    # Content of a page.
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
        walk(root.K, [])
    outlines = pdf.Root.get("/Outlines")
    bookmarks = list(titles(outlines.get("/First"))) if outlines is not None else []
    json.dump(
        {
            "tags": tags, "loose": loose, "figuresWithoutText": without_text, "bookmarks": bookmarks,
        }, sys.stdout, ensure_ascii=False)
