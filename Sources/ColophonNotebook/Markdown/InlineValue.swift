package import ColophonCore

/// A code span that starts with `=`: an expression over value paths, and how its value is written.
///
/// For example `` `= final.roc_auc | .3f` `` reads one value and shows three decimals.
package struct InlineValue: Hashable, Sendable {
  /// The span's whole text, from its `=`.
  package var source: String
  package var expression: Expression
  package var format: NumberFormat?
  /// Where the span's text starts, after its backticks.
  package var position: SourcePosition
  /// Where parts of the expression's text stand, by ascending offset; never empty.
  package var runs: [Node.TextRun]

  /// The place of the byte at `offset` of the expression's text, for problems that evaluating finds.
  package func position(at offset: Int) -> SourcePosition {
    runs.position(at: offset) ?? position
  }
}

extension [Node.TextRun] {
  /// The place of the byte at an offset: its run's place, so many bytes further right.
  package func position(at offset: Int) -> SourcePosition? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].offset <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return first?.position }
    return self[low - 1].position.advanced(by: offset - self[low - 1].offset)
  }

  /// The runs of the part of the text from an offset on.
  func dropping(_ bytes: Int) -> [Node.TextRun] {
    guard let start = position(at: bytes) else { return [] }
    return [Node.TextRun(offset: 0, position: start)]
      + compactMap {
        $0.offset > bytes ? Node.TextRun(offset: $0.offset - bytes, position: $0.position) : nil
      }
  }
}

extension InlineValue {
  /// Reads a code span that starts with `=`.
  ///
  /// - Parameters:
  ///   - span: The span's text.
  ///   - runs: Where the span's bytes stand.
  ///   - diagnostics: Takes what is wrong with it, at the exact column.
  /// - Returns: Nil where something is wrong; the span is then shown as code.
  static func parse(
    _ span: String,
    runs: [Node.TextRun],
    diagnostics: inout [Diagnostic]
  ) -> InlineValue? {
    let bytes = Array(span.utf8)
    guard let position = runs.position(at: 0) else { return nil }
    let bar = formatBar(in: bytes)
    let body = trimmed(bytes, 1..<(bar ?? bytes.count))
    var format: NumberFormat?
    var isSound = true
    if let bar {
      let word = trimmed(bytes, bar + 1..<bytes.count)
      let spelling = String(decoding: bytes[word], as: UTF8.self)
      format = NumberFormat(spelling)
      if format == nil {
        let place = runs.position(at: word.isEmpty ? bar : word.lowerBound) ?? position
        diagnostics.append(.unknownFormat(spelling, at: place))
        isSound = false
      }
    }
    guard !body.isEmpty else {
      diagnostics.append(.emptyValue(at: position, length: bytes.count))
      return nil
    }
    let expressionRuns = runs.dropping(body.lowerBound)
    do throws(ExpressionProblem) {
      let text = String(decoding: bytes[body], as: UTF8.self)
      let expression = try Expression(parsing: text)
      guard isSound else { return nil }
      return InlineValue(
        source: span,
        expression: expression,
        format: format,
        position: position,
        runs: expressionRuns
      )
    } catch {
      let place = expressionRuns.position(at: error.offset) ?? position
      diagnostics.append(.expression(error, at: place))
      return nil
    }
  }

  /// The last `|` outside quotes: what follows it is the format.
  private static func formatBar(in bytes: [UInt8]) -> Int? {
    var quote: UInt8?
    var bar: Int?
    var i = 0
    while i < bytes.count {
      let byte = bytes[i]
      if let open = quote {
        if byte == UInt8(ascii: "\\") { i += 1 } else if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: "|") {
        bar = i
      }
      i += 1
    }
    return bar
  }

  private static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var range = range
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A }
    while let first = range.first, isSpace(bytes[first]) { range.removeFirst() }
    while let last = range.last, isSpace(bytes[last]) { range.removeLast() }
    return range
  }
}
