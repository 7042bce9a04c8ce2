import NDJSON
import Testing
@Test func smoke() throws {
  var s = LineSplitter(maximumLength: 100)
  s.append(
    Array(
      "\u{feff}{\"id\":1}\r\n\n  \n{\"id\":\"a\\u00e9\\ud83d\\ude00\\ud800\",\"b\":[1,{\"x\":2.5e3}],\"id\":3}\nrest"
        .utf8))
  let a = s.next()!, b = s.next()!
  #expect(s.next() == nil)
  let c = s.finish()!
  #expect(a.number == 1 && b.number == 4 && c.number == 5)
  guard case .complete(let l) = b.content else { return }
  let r = try Record(scanning: l)
  #expect(r.string(of: r.fields[0]) == "aé😀\u{fffd}")
  #expect(r.integer(of: r["id"]!) == 3)
  var w = JSONWriter()
  w.beginRecord()
  RecordMerge(ours: ["line"]).write(r, to: &w)
  w.key("summary"); w.value("x\u{7f}\u{85}\u{a0}\n")
  w.key("meta"); w.beginObject(); w.key("a"); w.value(0.285, decimals: 2); w.key("n"); w.value(-12); w.endObject()
  w.endRecord()
  print(String(decoding: w.bytes, as: UTF8.self))
}
