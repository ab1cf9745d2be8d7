import ColophonReport
import Testing

@Suite struct Escaping {
  static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x", "]]>",
    "<!--", "-->", "</style><b>", "&lt;b&gt;", "a\u{0}b\u{8}", "${x}", "</title>", "\u{FFFF}",
  ]

  @Test(arguments: hostile)
  func leavesNoMarkupInTexts(text: String) {
    let written = HTMLWriter.text(.element(.p, [], [.text(text)]))
    #expect(written.hasPrefix("<p>") && written.hasSuffix("</p>"))
    #expect(!written.dropFirst(3).dropLast(4).contains { "<>".contains($0) })
    #expect(!written.unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test(arguments: hostile)
  func leavesNoQuotesInAttributes(text: String) {
    let written = HTMLWriter.text(.element(.p, [HTMLAttribute(.title, text)], []))
    #expect(written.count { $0 == "\"" } == 2)
    #expect(written.count { $0 == "<" } == 2)
  }

  @Test func keepsAmpersandsReadable() {
    #expect(HTMLWriter.text(.text("a && b < c")) == "a &amp;&amp; b &lt; c")
  }

  /// A right-to-left override could make `b = 1` read as another statement (CVE-2021-42574).
  @Test(arguments: [0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069])
  func showsOverridesOfTheWritingDirection(number: Int) throws {
    let scalar = try #require(Unicode.Scalar(UInt32(number)))
    let name = String(number, radix: 16, uppercase: true)
    #expect(HTMLWriter.text(.text("a\(scalar)b")) == "a[U+\(name)]b")
  }

  @Test func leavesArabicAndHebrewAsTheyAre() {
    #expect(HTMLWriter.text(.text("سلام עברית é 漢 👩‍🔬")) == "سلام עברית é 漢 👩‍🔬")
  }

  @Test func keepsJSONEqualAndUnableToEndItsBlock() {
    let json = #"{"a":"</script><!--<script>","b":"x & y\#u{2028}"}"#
    let written = HTMLWriter.text(.json(id: "m", text: json))
    let inside = written.dropFirst(#"<script type="application/json" id="m">"#.count).dropLast(9)
    #expect(!inside.contains("<") && !inside.contains(">") && !inside.contains("&"))
    #expect(!inside.unicodeScalars.contains("\u{2028}"))
    #expect(inside.contains(#"\u003c/script\u003e\u003c!--"#))
  }

  @Test(arguments: [
    "javascript:alert(1)", "JaVaScRiPt:x", "java\nscript:x", "\u{1}javascript:x", " javascript:x",
    "data:text/html,x", "vbscript:x", "file:///etc/passwd",
  ])
  func dropsLinksThatCouldRun(address: String) {
    #expect(HTMLAttribute.href(author: address) == nil)
  }

  @Test(arguments: [
    "https://example.org/a:b", "http://x", "mailto:a@b", "data/x.csv", "../a.html#b:c", "#part",
    "?q=a:b", "",
  ])
  func keepsLinksThatLeadSomewhere(address: String) {
    #expect(HTMLAttribute.href(author: address)?.value == address)
  }

  @Test(arguments: [
    "https://example.org/a.png", "data:text/html;base64,x", "javascript:x", "a.png",
    "data:image/png,x",
  ])
  func takesNoPictureFromElsewhere(address: String) {
    #expect(HTMLAttribute.src(picture: address) == nil)
  }
}
