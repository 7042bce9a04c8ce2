"""The built-in engine's peers: choosing three sentences out of articles that are split already.

    ranking.py PEER COUNT < articles

Prints articles a second of processor time and of wall time, reading and splitting not counted. The peers are those of
Tests/Evaluation, and libots, which has its own splitter.
"""

import ctypes
import ctypes.util
import json
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Evaluation"))


def libots():
    library = ctypes.CDLL(ctypes.util.find_library("ots-1"))
    library.ots_new_article.restype = ctypes.c_void_p

    def choose(article, sentences):
        text = article["content"].encode()
        document = ctypes.c_void_p(library.ots_new_article())
        library.ots_load_xml_dictionary(document, b"en")
        library.ots_parse_stream(text, ctypes.c_size_t(len(text)), document)
        library.ots_grade_doc(document)
        # It has no budget in sentences; this is about three of an article of 3 to 4 KB.
        library.ots_highlight_doc(document, 12)
        library.ots_free_article(document)

    return choose


def peer(name):
    if name == "libots":
        return libots()
    import summary_peers

    return summary_peers.PEERS[name]


def main(name, count):
    from sentences import prose

    choose = peer(name)
    articles = [json.loads(line) for _, line in zip(range(count), sys.stdin)]
    sentences = [prose(article["content"]) for article in articles]
    wall, cpu = time.perf_counter(), time.process_time()
    for article, own in zip(articles, sentences):
        choose(article, own)
    print(count / (time.process_time() - cpu), count / (time.perf_counter() - wall))


main(sys.argv[1], int(sys.argv[2]))
