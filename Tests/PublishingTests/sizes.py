"""The sizes of the type in a PDF, read from standard input: one line per size, in points, with the number of pieces of
text, the first page and the place there (from the lower left corner)."""
import math
import sys

import pikepdf

IDENTITY = (1, 0, 0, 1, 0, 0)


def times(m, n):
    a, b, c, d, e, f = m
    g, h, i, j, k, l = n
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l)


def read(stream, resources, matrix, found):
    size, text, kept = 0, IDENTITY, []
    for operands, operator in pikepdf.parse_content_stream(stream):
        name = str(operator)
        if name == "q":
            kept.append((matrix, size))
        elif name == "Q":
            matrix, size = kept.pop()
        elif name == "cm":
            matrix = times([float(it) for it in operands], matrix)
        elif name == "BT":
            text = IDENTITY
        elif name == "Tf":
            size = float(operands[1])
        elif name == "Tm":
            text = [float(it) for it in operands]
        elif name in ("Tj", "TJ"):
            a, b, c, d, x, y = times(text, matrix)
            found(round(size * math.hypot(c, d), 2), x, y)
        elif name == "Do":
            form = resources.XObject[str(operands[0])]
            if form.get("/Subtype") == "/Form":
                inner = [float(it) for it in form.get("/Matrix", IDENTITY)]
                read(form, form.get("/Resources", resources), times(inner, matrix), found)


sizes = {}
with pikepdf.open(sys.stdin.buffer) as pdf:
    for number, page in enumerate(pdf.pages, 1):

        def found(size, x, y):
            count, *place = sizes.get(size, (0, number, round(x), round(y)))
            sizes[size] = (count + 1, *place)

        read(page, page.get("/Resources"), IDENTITY, found)
for size in sorted(sizes):
    print(size, *sizes[size])
