import ColophonCore
import Testing

@Suite struct DiagnosticText {
  private func place(_ line: Int, _ column: Int) -> SourcePosition {
    SourcePosition(path: "a.md", line: line, column: column)
  }

  private func excerpt(_ line: String, column: Int, length: Int) -> String {
    let diagnostic = Diagnostic(.error, "x.y", at: place(7, column), length: length, "wrong")
    let text = diagnostic.text { _ in line }
    return text.split(separator: "\n", omittingEmptySubsequences: false)[2].description
  }

  @Test func printsPlaceSentenceCodeLineAndHint() {
    let diagnostic = Diagnostic(
      .error,
      "cell.unknown-field",
      at: place(42, 3),
      length: 5,
      "unknown field 'epoch'",
      hint: "did you mean 'epochs'?",
      notes: [.init("first here", at: place(9, 1))]
    )
    let lines = [42: "  epoch: 30", 9: "epochs: 1"]
    #expect(
      diagnostic.text { lines[$0.line] } == """
        a.md:42:3: error: unknown field 'epoch' [cell.unknown-field]
        42 |   epoch: 30
           |   ^~~~~
        a.md:9:1: note: first here
        9 | epochs: 1
          | ^
        hint: did you mean 'epochs'?

        """
    )
  }

  @Test func printsWithoutTheLineWhereItIsUnknown() {
    let diagnostic = Diagnostic(.advice, "a.b", at: place(1, 1), "mind this")
    #expect(diagnostic.text { _ in nil } == "a.md:1:1: advice: mind this [a.b]\n")
  }

  @Test func theCaretStandsUnderItsCharacter() {
    #expect(excerpt("\tkey: x", column: 7, length: 1) == "  | \t     ^")
    // Two columns for each wide character, three bytes in the file.
    #expect(excerpt("日本: x", column: 9, length: 1) == "  |       ^")
    #expect(excerpt("日本: x", column: 1, length: 6) == "  | ^~~~")
    // A combining accent takes no column of its own.
    #expect(excerpt("e\u{301}: x", column: 6, length: 1) == "  |    ^")
    #expect(excerpt("é: x", column: 5, length: 1) == "  |    ^")
    #expect(excerpt("😀: x", column: 7, length: 1) == "  |     ^")
  }

  @Test func theUnderlineEndsWithTheLine() {
    #expect(excerpt("abc", column: 2, length: 99) == "  |  ^~")
    #expect(excerpt("abc", column: 4, length: 5) == "  |    ^")
    #expect(excerpt("abc", column: 50, length: 5) == "  |    ^")
  }

  @Test func sortsByPlaceThenCode() {
    let a = Diagnostic(.error, "b.b", at: place(1, 1), "x")
    let b = Diagnostic(.error, "a.a", at: place(1, 2), "x")
    let c = Diagnostic(.error, "a.a", at: place(1, 1), "x")
    #expect([a, b, c].sorted() == [c, a, b])
  }

  @Test func theValueHasTheSameNames() {
    let diagnostic = Diagnostic(.error, "b.b", at: place(1, 2), "x", hint: "h")
    #expect(
      diagnostic.value == [
        "severity": "error", "code": "b.b", "path": "a.md", "line": 1, "column": 2, "length": 1,
        "message": "x", "hint": "h",
      ]
    )
  }
}
