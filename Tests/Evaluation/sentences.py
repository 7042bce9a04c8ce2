"""Sentences for the peers, whose own splitters are missing or need data that PyPI has not.

All peers get the same ones, after a filter for what is not prose: both make them stronger, so that the comparison is about
ranking.
"""

import re

NEVER_END = set(
    "Mr Mrs Ms Dr Prof Rev Hon Gen Col Maj Capt Lt Sgt Sen Rep Gov Pres St Mt Messrs Adm Cmdr Fr Jr Sr vs No Vol Fig Art "
    "Sec pp Jan Feb Mar Apr Aug Sept Sep Oct Nov Dec".split())
MAY_END = set("Inc Ltd Co Corp LLC etc al Ave Blvd Rd Dept Univ Assn Bros".split())
STARTERS = set(
    "The A An In On At He She It They We I But And This That These Those There If When While As For To By With From "
    "However".split())
STOP = re.compile(r"""([.!?…]+)["'”’)\]]*(?=\s)|(?<=[a-z][a-z])[.!?](?=[A-Z“"][a-z\s])""")
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
NOISE = re.compile(
    r"(?i)^(by|photo|image|source|credit|updated|published|posted|share this|read more|related|tags|contact|follow us|"
    r"editor'?s'? note)\b[^.!?]{0,60}[:.!]?$|^\W*(https?://|www\.)\S+\W*$|^\S+@\S+$")


def split(text):
    return [sentence for line in re.split(r"[\r\n\u2028\u2029]+", text) for sentence in split_line(line.strip())]


def split_line(line):
    start = 0
    for stop in STOP.finditer(line):
        if ends(line, stop):
            yield line[start:stop.end()].strip()
            start = stop.end()
    if line[start:].strip():
        yield line[start:].strip()


def ends(line, stop):
    following = line[stop.end():].lstrip()
    if not following or following[0].islower():
        return False
    if not stop.group().startswith(".") or stop.group().startswith("..."):
        return True
    before = line[:stop.start()].rsplit(None, 1)[-1:]
    last = before[0].lstrip("\"'“‘([") if before else ""
    if last in NEVER_END or re.fullmatch(r"[A-Z]", last) or re.fullmatch(r"\d{1,2}", line[:stop.start()].strip()):
        return False
    if last in MAY_END or re.fullmatch(r"(?:[A-Za-z]{1,2}\.)+[A-Za-z]", last):
        return (WORD.match(following) or [""])[0] in STARTERS
    return True


def prose(text):
    """The sentences of a text without headings, bylines, links and crumbs; all of them where nothing else is left."""
    everything = split(text)
    return [sentence for sentence in everything if is_prose(sentence)] or everything


def uncleaned(text):
    """Sentences as the simplest splitter finds them, bylines and captions among them, and "the U.S." for the end of one."""
    return re.split(r"(?<=[.!?])\s+", " ".join(text.split()))


def is_prose(sentence):
    count = len(WORD.findall(sentence))
    finished = sentence.rstrip("\"'”’)] ").endswith((".", "!", "?", "…", ":"))
    return count >= 4 and (finished or count > 12) and not NOISE.search(sentence)


def words(text):
    return WORD.findall(text)
