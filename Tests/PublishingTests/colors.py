"""The boxes of the first page and the colour spaces of all pages of a PDF, read from standard input, as JSON."""
import json
import sys

import pikepdf

NAMES = {"g": "DeviceGray", "G": "DeviceGray", "rg": "DeviceRGB", "RG": "DeviceRGB", "k": "DeviceCMYK", "K": "DeviceCMYK"}
colors = set()


def space(name, resources):
    """The name of a colour space; of one with a profile, by the number of its colours."""
    found = resources.get("/ColorSpace", {}).get(name, name)
    if isinstance(found, pikepdf.Array):
        kind = str(found[0])[1:]
        if kind == "ICCBased":
            return {1: "Gray", 3: "RGB", 4: "CMYK"}[int(found[1].N)] + " with a profile"
        if kind.startswith("Cal"):
            return kind
        return kind
    return str(found)[1:]


def read(stream, resources):
    for operands, operator in pikepdf.parse_content_stream(stream):
        name = str(operator)
        if name in NAMES:
            colors.add(NAMES[name])
        elif name in ("cs", "CS"):
            colors.add(space(str(operands[0]), resources))
        elif name == "Do":
            form = resources.XObject[str(operands[0])]
            if form.get("/Subtype") == "/Form":
                read(form, form.get("/Resources", resources))


with pikepdf.open(sys.stdin.buffer) as pdf:
    for page in pdf.pages:
        read(page, page.get("/Resources"))
    page = pdf.pages[0]
    box = lambda name: [float(it) for it in page.get(name, page.MediaBox)]
    json.dump({"media": box("/MediaBox"), "trim": box("/TrimBox"), "colors": sorted(colors)}, sys.stdout)
