"""strict.py CSV_DUMP: generated and damaged tables, read by each way of the scanner and by
Python's csv reader with strict=True. The ways agree to the last position. Where the scanner
reads a table Python reads the same rows; where it refuses one Python refuses it too, but for
two things that Python lets pass: a quote in a cell that is not quoted, unless the dialect
allows it, and a carriage return that ends a row alone."""
import csv, io, json, random, subprocess, sys, tempfile, os

TABLES = 400
WAYS = ["whole", "bytes", "portable", "sse2", "avx2"]
LENIENT = {"a quote in a cell that is not quoted", "a carriage return without a line feed"}
TEXTS = ["", "", "a", "42", "12.50", "2021-11-04", "two words", "caf\u00e9 \u20ac \U0001f600",
         "with, comma", "with; and |", "line\nbreak", "crlf\r\nbreak", 'say "no"', '"', "'",
         "0123456789" * 9, "\t", "x" * 3000]


def table(rng, delimiter):
    out = io.StringIO(newline="")
    quoting = rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting,
                        lineterminator=rng.choice(["\n", "\r\n"]))
    for _ in range(rng.randrange(60)):
        writer.writerow(rng.choices(TEXTS, k=rng.randrange(1, 9)))
    text = rng.choice(["", "\ufeff"]) + out.getvalue()
    return text[:-1] if rng.random() < 0.2 else text


def damage(rng, text, delimiter):
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(text) + 1)
        new = rng.choice(['"', "\n", "\r", "\r\n", delimiter, "", '""', "z"])
        text = text[:at] + new + text[at + rng.randrange(3):]
    return text


def python_rows(text, delimiter):
    rows = []
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    try:
        for row in csv.reader(lines, delimiter=delimiter, strict=True):
            if row:
                rows.append(row)
    except csv.Error as error:
        return rows, str(error)
    return rows, None


def read_dump(output):
    tables, rows = [], []
    for line in output.split("\n")[:-1]:
        item = json.loads(line)
        if isinstance(item, list):
            rows.append(item)
        else:
            tables.append((rows, item))
            rows = []
    return tables


def disagreement(text, delimiter, ours):
    rows, end = ours
    theirs, error = python_rows(text, delimiter)
    problem = end["problem"]
    if problem is None:
        return None if (rows, None) == (theirs, error) else f"Python says {error or theirs}"
    if rows != theirs[:len(rows)]:
        return "the rows before the problem differ"
    if error is None and problem not in LENIENT:
        return "Python reads it"
    return None


def dump_all(dump, dialect, names):
    """What all ways agree on."""
    agreed = None
    for way in WAYS:
        done = subprocess.run([dump, way, dialect, *names], stdout=subprocess.PIPE)
        if done.returncode == 77:
            continue
        if done.returncode != 0:
            sys.exit(f"{way}: exit {done.returncode}")
        tables = read_dump(done.stdout.decode("utf-8"))
        if len(tables) != len(names) or agreed not in (None, tables):
            sys.exit(f"'{way}' differs from '{WAYS[0]}' for the dialect '{dialect}'")
        agreed = tables
    return agreed


def main(dump):
    rng = random.Random(5)
    read = refused = 0
    with tempfile.TemporaryDirectory() as scratch:
        for delimiter in ",;\t|":
            texts, names = [], []
            for number in range(TABLES // 4):
                text = table(rng, delimiter)
                texts.append(damage(rng, text, delimiter) if number % 2 else text)
                names.append(os.path.join(scratch, f"{number}.csv"))
                with open(names[-1], "w", encoding="utf-8", newline="") as file:
                    file.write(texts[-1])
            for dialect in [delimiter, delimiter + "q"]:
                outputs = dump_all(dump, dialect, names)
                for text, ours in zip(texts, outputs):
                    read += ours[1]["problem"] is None
                    refused += ours[1]["problem"] is not None
                    wrong = disagreement(text, delimiter, ours)
                    if wrong:
                        sys.exit(f"{dialect}: {text!r}\nread as {ours}\nbut {wrong}")
    print(f"{read} tables read, {refused} refused, as Python does")
    if read < TABLES or refused < TABLES // 4:
        sys.exit("too few of one kind to show anything")


main(sys.argv[1])
