package import ColophonCore

/// What stands between the `---` lines at the head of a notebook.
package struct FrontMatter: Sendable {
  package var title: Located<String>?
  package var subtitle: Located<String>?
  package var authors: [Located<String>] = []
  /// The abstract as Markdown, values allowed.
  package var abstract: [Block] = []
  package var keywords: [Located<String>] = []
  package var seed: UInt64 = 0
  package var parameters: [Parameter] = []
  /// The codes of advice that the notebook accepts.
  package var advice: [Located<String>] = []

  package init() {}
}

extension FrontMatter {
  /// The text between the lines, and the first line of the Markdown below.
  struct Extent {
    var yaml: YAMLText?
    var firstMarkdownLine = 1
  }

  /// Finds the front matter; a first line `---` always opens it, and must be closed by another.
  static func extent(in text: SourceText, diagnostics: inout [Diagnostic]) -> Extent {
    func isRule(_ line: Int) -> Bool {
      let bytes = text.bytes[text.range(ofLine: line)]
      return bytes.starts(with: "---".utf8)
        && bytes.dropFirst(3).allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }
    guard isRule(1) else { return Extent() }
    guard let close = (2..<max(text.lineCount + 1, 2)).first(where: isRule) else {
      diagnostics.append(.unclosedFrontMatter(at: text.position(line: 1, column: 1)))
      return Extent()
    }
    return Extent(yaml: YAMLText(lines: 2..<close, of: text), firstMarkdownLine: close + 1)
  }

  /// Reads the front matter; where the YAML is broken, nothing but the diagnostic comes of it.
  init(reading yaml: YAMLText, diagnostics: inout [Diagnostic]) {
    self.init()
    guard let node = YAMLReader.read(yaml, diagnostics: &diagnostics) else { return }
    guard let entries = node.entries else {
      diagnostics.append(.frontMatterIsNoMap(node))
      return
    }
    var fields = FieldReader(entries, context: "the front matter", at: node.position)
    self = FrontMatter(reading: &fields)
    fields.finish()
    diagnostics += fields.diagnostics
  }

  /// Declares the front matter's keys; read against nothing, it describes them.
  package init(reading fields: inout FieldReader) {
    title = fields.string("title", "The report's title; else its first heading.")
    subtitle = fields.string("subtitle", "A line under the title.")
    authors = fields.strings("authors", "Who wrote the notebook.")
    if let node = fields.node("abstract", .string, "A paragraph at the head, as Markdown.") {
      readAbstract(node, &fields)
    }
    keywords = fields.strings("keywords", "Words to find the report by.")
    seed = FrontMatter.seed(&fields)
    parameters = FrontMatter.parameters(&fields)
    advice = fields.strings("advice", "Codes of advice that this notebook accepts.")
  }

  private mutating func readAbstract(_ node: Node, _ fields: inout FieldReader) {
    guard node.isScalar else {
      fields.report(.wrongType("abstract", expected: "a text", found: node))
      return
    }
    let markdown = Markdown(scalar: node)
    abstract = markdown.blocks
    markdown.diagnostics.forEach { fields.report($0) }
  }

  private static func seed(_ fields: inout FieldReader) -> UInt64 {
    let documentation = "The root of every random stream: a whole number from 0 to 2^64 - 1."
    guard let node = fields.node("seed", .integer(0...Int.max), default: .integer(0), documentation)
    else { return 0 }
    // Above Int.max the node holds a rounded number, so the text decides.
    switch node.content {
    case .integer(let value) where value >= 0: return UInt64(value)
    case .number where UInt64(node.text) != nil: return UInt64(node.text) ?? 0
    case .integer, .number:
      fields.report(.outOfRange("seed", allowed: "a whole number from 0 to 2^64 - 1", found: node))
    default: fields.report(.wrongType("seed", expected: "a whole number", found: node))
    }
    return 0
  }

  private static func parameters(_ fields: inout FieldReader) -> [Parameter] {
    fields.map("parameters", of: .any, "Names and default values, for `${name}` and `-P`.") {
      fields,
      entry -> Parameter? in
      let name = Located(entry.key, at: entry.keyPosition)
      guard Parameter.isName(entry.key) else {
        fields.report(.invalidParameterName(name))
        return nil
      }
      guard entry.value.isScalar, entry.value.content != .null else {
        fields.report(.parameterIsNoScalar(name, found: entry.value))
        return nil
      }
      return Parameter(name: name, value: entry.value.value, text: entry.value.text)
    }.map { $0.value }
  }
}
