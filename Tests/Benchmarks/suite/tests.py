"""The harness itself: `python3 Tests/Benchmarks/suite/tests.py`. Programs of the system stand for product and peers."""

from __future__ import annotations

import contextlib
import importlib.machinery
import importlib.util
import io
import json
import unittest
import xml.etree.ElementTree as ElementTree

import measure
import pipe
from report import Entrant, Metric, Report, row

measure.BUILD.mkdir(parents=True, exist_ok=True)


def entrants(*figures: list[float]) -> list[Entrant]:
    names = ["ours", "peer", "other"]
    return [Entrant(name, "1.0", iter([[value] for value in values]).__next__) for name, values in zip(names, figures)]


class Rows(unittest.TestCase):
    def test_ratio_is_the_median_of_the_rounds_ratios(self):
        columns = [[1.0, 10.0, 100.0], [1.0, 5.0, 400.0]]
        made = row("case", Metric("wall", "s"), entrants([], []), columns)
        # That of the medians would be 2.
        self.assertEqual([entry["median"] for entry in made["entries"]], [10, 5])
        self.assertEqual(made["entries"][1]["ratio"], 1)

    def test_bounds_judge_ratios_and_our_own_figure(self):
        def holds(figure: float, more: bool) -> list[bool]:
            metric = Metric("m", "u", more, {"": 4.0, "peer": 2.0})
            return [entry["holds"] for entry in row("case", metric, entrants([], []), [[figure], [2.0]])["entries"]]

        self.assertEqual(holds(4.0, more=False), [True, True])
        self.assertEqual(holds(4.1, more=False), [False, False])
        self.assertEqual(holds(4.0, more=True), [True, True])
        self.assertEqual(holds(3.9, more=True), [False, False])

    def test_rounds_alternate_and_json_has_all(self):
        order: list[str] = []

        def entrant(name: str) -> Entrant:
            return Entrant(name, "1.0", lambda: [order.append(name) or 1.0, 2.0])

        report = Report(3)
        text = io.StringIO()
        with contextlib.redirect_stdout(text):
            report.table("t", "title")
            metrics = [Metric("a", "s", bounds={"b": 0.5}), Metric("b", "s")]
            report.compare("case", metrics, [entrant("a"), entrant("b")])
            report.compare("few", [Metric("a", "s")], [entrant("a")], most=1)
        self.assertEqual(order, ["a", "b"] * 3 + ["a"])
        self.assertIn("MISSED", text.getvalue())
        whole = json.loads(report.json())
        self.assertEqual(whole["wanted"], {"held": 0, "of": 1})
        self.assertEqual(whole["tables"][0]["rows"][1]["entries"][0]["values"], [2.0] * 3)
        self.assertEqual(len(whole["tables"][0]["rows"][2]["entries"][0]["values"]), 1)

    def test_a_missing_peer_is_left_out_and_named(self):
        def missing() -> Entrant:
            return measure.program("no-such-program", "package")

        report = Report(1)
        with contextlib.redirect_stderr(io.StringIO()):
            made = measure.available([missing, lambda: 1], report.skip)
        self.assertEqual(made, [1])
        self.assertIn("no-such-program is not installed", report.skipped[0])


class Measures(unittest.TestCase):
    def test_a_command_that_fails_is_no_figure(self):
        with self.assertRaisesRegex(RuntimeError, "status 3: why"):
            measure.run(["sh", "-c", "echo why >&2; exit 3"])
        with self.assertRaisesRegex(RuntimeError, "no result"):
            measure.first_line(["true"], b"")
        with self.assertRaisesRegex(RuntimeError, "1 of 2 results"):
            measure.peak_memory(["sed", "-u", "1q"], b"line\n", 2)

    def test_processor_time_of_children_counts(self):
        burn = "import time\nwhile time.process_time() < 0.2: pass"
        made = measure.run(["sh", "-c", f"python3 -c '{burn}'; exit 0"])
        self.assertGreaterEqual(made.cpu, 0.2)
        self.assertGreaterEqual(made.wall, 0.1)

    def test_the_input_stays_open_until_the_first_line(self):
        self.assertGreater(measure.first_line(["sh", "-c", "read line; echo; read line; exit 0"], b"line\n"), 0)

    def test_memory_is_that_of_the_command(self):
        # It holds what it reads, and answers at the end of a block.
        holds = "import sys; kept = []\nfor line in sys.stdin: kept.append(line * 100); print(flush=True)"
        few, many = (measure.peak_memory(["python3", "-c", holds], b"x" * 999 + b"\n", times) for times in (1, 500))
        self.assertGreater(many - few, 40)

    def test_versions(self):
        self.assertEqual(measure.version(["echo", "go version go1.19.8 linux/amd64"]), "1.19.8")
        self.assertEqual(measure.version(["echo", "GNU parallel 20221122"]), "20221122")


class Schedule(unittest.TestCase):
    def test_each_goes_to_the_first_slot_that_is_free(self):
        self.assertEqual(pipe.greedy([3, 1, 1, 1], 2), 3)
        self.assertEqual(pipe.greedy([1, 1, 3], 1), 5)
        self.assertEqual(pipe.greedy([1, 1, 3], 3), 3)


class Picture(unittest.TestCase):
    def test_bars_are_as_long_as_the_figures(self):
        loader = importlib.machinery.SourceFileLoader("picture", str(measure.HERE / "picture"))
        picture = importlib.util.module_from_spec(importlib.util.spec_from_loader("picture", loader))
        loader.exec_module(picture)
        report = Report(1)
        with contextlib.redirect_stdout(io.StringIO()):
            report.table("engine", "a < b & c")
            report.compare("near", [Metric("wall", "s")], entrants([10.0], [5.0], [2.5]))
            report.compare("far", [Metric("wall", "s")], entrants([1000.0], [1.0], [31.6]))
            report.compare("alone", [Metric("wall", "s")], entrants([1000.0]))
            report.table("pipe", "not asked for")
            report.compare("case", [Metric("wall", "s")], entrants([1.0], [1.0]))
            report.table("start", "in part")
            report.compare("case", [Metric("other", "s")], entrants([1.0], [1.0]))
        drawn = ElementTree.fromstring(picture.draw(json.loads(report.json()), ["engine", "start/wall"]))
        bars = [float(bar.get("width")) for bar in drawn.iter("{http://www.w3.org/2000/svg}rect")]
        self.assertEqual(len(bars), 6)
        near = [bar / bars[0] for bar in bars[:3]]
        far = [bar / bars[3] for bar in bars[3:]]
        for made, expected in zip(near + far, [1, 0.5, 0.25, 1, 0.1, 0.55]):
            self.assertAlmostEqual(made, expected, places=2)
        words = " ".join(text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text"))
        self.assertIn("a < b & c", words)
        self.assertEqual(words.count("logarithmic"), 1)
        self.assertNotIn("not asked for", words)


unittest.main()
