"""What the peers said is kept in .build/evaluation, so that another engine is judged in seconds.

Texts, code and versions are in the key.
"""

import hashlib
import json
import pathlib

import dataset

HERE = pathlib.Path(__file__).parent
FOLDER = dataset.PACKAGE / ".build/evaluation/peers"
SOURCES = ("requirements.txt", "sentences.py", "gold.py", "summary_peers.py", "system_peers.py", "keyword_peers.py")
CODE = b"".join((HERE / name).read_bytes() for name in SOURCES)


def recall(name, texts, make):
    """What `make` returned for these texts when it was last called, a JSON value."""
    key = hashlib.sha256(b"\0".join([CODE, name.encode(), *(text.encode() for text in texts)])).hexdigest()[:32]
    path = FOLDER / f"{key}.json"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(make()))
    return json.loads(path.read_text())
