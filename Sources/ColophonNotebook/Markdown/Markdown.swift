package import ColophonCore

/// A Markdown text as a tree of our own.
package struct Markdown: Sendable {
  package var blocks: [Block]
  package var diagnostics: [Diagnostic]

  /// Reads a text that stands alone, such as an example of the specification.
  package init(_ text: SourceText, options: MarkdownOptions) {
    let read = MarkdownReader(text: text, map: .file(text.path), options: options, kinds: []).read()
    blocks = read.blocks
    diagnostics = read.diagnostics
  }

  /// Reads a scalar of a cell, such as its caption; every place is the file's own.
  package init(scalar node: Node, options: MarkdownOptions = .caption) {
    let text = SourceText(prepared: Array(node.text.utf8), path: node.position.path)
    let runs = text.lineStarts.indices.map { line -> [Node.TextRun] in
      let start = text.lineStarts[line]
      let end = text.range(ofLine: line + 1).upperBound
      return [Node.TextRun(offset: 0, position: node.position(at: start))]
        + node.runs.filter { $0.offset > start && $0.offset <= end }.map {
          Node.TextRun(offset: $0.offset - start, position: $0.position)
        }
    }
    // A scalar that is a parameter's value stands nowhere but at its own start.
    let map = TextMap.lines(node.runs.isEmpty ? [] : runs, fallback: node.position)
    let read = MarkdownReader(text: text, map: map, options: options, kinds: []).read()
    blocks = read.blocks
    diagnostics = read.diagnostics
  }
}

extension [Block] {
  /// Every computed value in the prose, in the order of the text.
  package var values: [InlineValue] {
    flatMap { $0.inlines.values + $0.children.values }
  }
}
