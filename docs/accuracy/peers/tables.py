"""Tables of the pages, in Markdown. Knows nothing of what stands in them."""


def row(*cells):
    return "| " + " | ".join(cells) + " |\n"


def table(heading, columns, lines):
    """`lines` are rows of cells, the first of each under `heading`."""
    return row(heading, *columns) + row(*["---"] * (len(columns) + 1)) + "".join(
        row(*line) for line in lines) + "\n"
