package import ColophonCore

/// Reads a notebook; whatever is wrong with it is reported at once, sorted by place.
package enum NotebookParser {
  /// Parses a file's bytes.
  ///
  /// For example:
  ///
  ///     let (notebook, found) = NotebookParser.parse(
  ///       bytes: bytes, path: "iris.md", kinds: ["dataset", "train"], overrides: ["rounds": "50"]
  ///     )
  ///     notebook.cells.map { "\($0)" }  // Cell @5:1-9:3 dataset "iris" …
  ///
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - path: The file as the user named it; it stands in every position.
  ///   - kinds: The kinds of cell that exist.
  ///   - overrides: What `-P name=value` set.
  /// - Returns: The notebook, so far as it could be read, and every finding.
  /// - Complexity: O(*n*) for *n* bytes, but for the nesting of quotes and lists.
  package static func parse(
    bytes: [UInt8],
    path: String,
    kinds: [String],
    overrides: [String: String] = [:]
  ) -> (notebook: Notebook, diagnostics: [Diagnostic]) {
    var (source, diagnostics) = SourceText.preparing(bytes, path: path)
    let extent = FrontMatter.extent(in: source, diagnostics: &diagnostics)
    var frontMatter = FrontMatter()
    if let yaml = extent.yaml {
      frontMatter = FrontMatter(reading: yaml, diagnostics: &diagnostics)
    }
    let start = source.position(line: 1, column: 1)
    frontMatter.parameters.override(with: overrides, at: start, diagnostics: &diagnostics)
    let reader = MarkdownReader(
      text: source,
      map: .file(path),
      options: .notebook,
      kinds: kinds,
      firstLine: extent.firstMarkdownLine
    )
    let markdown = reader.read()
    diagnostics += markdown.diagnostics
    let cells = cells(markdown.fences, frontMatter.parameters, &diagnostics)
    let notebook = Notebook(
      path: path,
      title: title(frontMatter, markdown.blocks, path),
      frontMatter: frontMatter,
      parameters: Dictionary(
        frontMatter.parameters.map { ($0.name.value, $0.value) }
      ) { first, _ in first },
      blocks: markdown.blocks,
      cells: cells,
      source: source
    )
    return (notebook, sorted(diagnostics.map { inside(source, $0) }))
  }

  private static func cells(
    _ fences: [CellFence],
    _ parameters: [Parameter],
    _ diagnostics: inout [Diagnostic]
  ) -> [Cell] {
    var first: [String: SourcePosition] = [:]
    return fences.map { fence in
      var cell = cell(fence, parameters, &diagnostics)
      if let earlier = first[cell.name.value] {
        diagnostics.append(.repeatedName(cell.name, first: earlier))
        cell.isBroken = true
      } else {
        first[cell.name.value] = cell.name.position
      }
      return cell
    }
  }

  private static func cell(
    _ fence: CellFence,
    _ parameters: [Parameter],
    _ diagnostics: inout [Diagnostic]
  ) -> Cell {
    var substitution = Substitution(parameters)
    let read = YAMLReader.read(fence.yaml, diagnostics: &diagnostics)
    let empty = Node(.mapping([]), at: fence.header.kind.position)
    let usesParameters = fence.yaml.bytes.contains(UInt8(ascii: "$"))
    let config = usesParameters ? substitution.apply(to: read ?? empty) : read ?? empty
    diagnostics += substitution.diagnostics
    var caption: [Block] = []
    let captionNode = config.entries?.first { $0.key == "caption" }?.value
    if let captionNode, captionNode.isScalar, !captionNode.text.isEmpty {
      let markdown = Markdown(scalar: captionNode)
      caption = markdown.blocks
      diagnostics += markdown.diagnostics
    }
    return Cell(
      kind: fence.header.kind,
      name: fence.header.name,
      display: fence.header.display,
      isSkipped: fence.header.isSkipped,
      source: String(decoding: fence.yaml.bytes, as: UTF8.self),
      start: fence.start,
      end: fence.end,
      config: config,
      caption: caption,
      isBroken: read == nil || substitution.isIncomplete || !fence.header.isSound
    )
  }

  private static func title(_ frontMatter: FrontMatter, _ blocks: [Block], _ path: String) -> String
  {
    if let title = frontMatter.title?.value { return title }
    for case .heading(_, _, let content, _) in blocks { return content.plainText }
    let name = path.split(separator: "/").last ?? ""
    return String(name.hasSuffix(".md") ? name.dropLast(3) : name)
  }

  /// The finding within its line: the text of a parameter may be longer than where it stands.
  private static func inside(_ source: SourceText, _ diagnostic: Diagnostic) -> Diagnostic {
    var diagnostic = diagnostic
    let line = min(max(diagnostic.position.line, 1), source.lineCount)
    let width = source.range(ofLine: line).count
    diagnostic.position.line = line
    diagnostic.position.column = min(max(diagnostic.position.column, 1), width + 1)
    diagnostic.length = max(1, min(diagnostic.length, width + 1 - diagnostic.position.column))
    return diagnostic
  }

  /// By place, each finding once.
  private static func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var sorted: [Diagnostic] = []
    for diagnostic in diagnostics.sorted() where diagnostic != sorted.last {
      sorted.append(diagnostic)
    }
    return sorted
  }
}
