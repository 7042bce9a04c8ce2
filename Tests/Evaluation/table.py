"""Columns aligned: names to the left, figures to the right."""


def show(title, header, rows):
    cells = [header] + [[figure(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    print(title)
    for row in cells:
        print("  ".join([row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]).rstrip())


def figure(cell):
    return f"{cell:.2f}" if isinstance(cell, float) else "-" if cell is None else str(cell)


def speed(rate):
    return f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"
