import ColophonCore
import ColophonNotebook
import Testing

@Suite struct SourcePreparation {
  func prepare(_ bytes: [UInt8]) -> (source: SourceText, diagnostics: [Diagnostic]) {
    SourceText.preparing(bytes, path: "a.md")
  }

  @Test(arguments: ["a\r\nb\r\nc", "a\rb\rc", "a\nb\nc", "a\r\nb\rc", "\u{FEFF}a\nb\nc"])
  func countsLinesAlikeWhateverEndsThem(text: String) {
    let (source, diagnostics) = prepare(Array(text.utf8))
    #expect(diagnostics == [])
    #expect(source.lineCount == 3)
    #expect((1...3).map { source.lineText($0) } == ["a", "b", "c"])
    #expect(source.lineText(4) == nil)
  }

  /// Well-formed and ill-formed sequences of Unicode's table 3-7.
  @Test(
    arguments: [
      ([0x61, 0x0A, 0x62, 0xFF, 0x63], "2:2"), ([0xC3, 0x28], "1:1"), ([0xC0, 0xAF], "1:1"),
      ([0xC3, 0xA9, 0xE2, 0x82], "1:3"), ([0xED, 0xA0, 0x80], "1:1"),
      ([0xF4, 0x90, 0x80, 0x80], "1:1"), ([0xE0, 0x80, 0xAF], "1:1"), ([0x80], "1:1"),
    ] as [([UInt8], String)]
  )
  func pointsAtTheFirstBadByte(bytes: [UInt8], place: String) {
    let (source, diagnostics) = prepare(bytes)
    #expect(diagnostics.map { $0.code } == ["source.invalid-utf8"])
    #expect(diagnostics.map { $0.position.short } == [place])
    #expect(String(validating: source.bytes, as: UTF8.self)?.contains("\u{FFFD}") == true)
  }

  @Test func takesEveryScalarThereIs() {
    for code: UInt32 in [0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF] {
      let text = Unicode.Scalar(code).map { String($0) } ?? ""
      #expect(prepare(Array(text.utf8)).diagnostics == [])
    }
  }

  @Test func reportsNULAndGoesOn() {
    let (source, diagnostics) = prepare([0x61, 0x0A, 0x00, 0x62])
    #expect(
      diagnostics.map { $0.summary } == ["2:1 source.nul: a notebook can't hold a NUL character"]
    )
    #expect(source.lineText(2) == "\u{FFFD}b")
  }

  @Test func keepsPlacesBehindAMarkAndWindowsLineEnds() {
    let text = "\u{FEFF}# Head\r\n\r\n```yaml train fit\r\neta: 0.1\r\nbad:1\r\n```\r\n`= x +`\r\n"
    #expect(
      findings(text) == [
        "5:4 yaml.colon: a ':' must be followed by a space",
        "7:7 value.expression: the expression ends where a value should follow",
      ]
    )
  }

  @Test func readsAnEmptyFile() {
    let read = NotebookParser.parse(bytes: [], path: "a.md", kinds: kinds)
    #expect(read.diagnostics == [])
    #expect(read.notebook.blocks == [])
  }
}
