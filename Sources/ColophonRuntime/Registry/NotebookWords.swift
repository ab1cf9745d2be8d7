import ColophonCells
import ColophonCore
import ColophonNotebook
import ColophonRegistry
import ColophonReport

/// What a notebook says of a version: the prose of the section that its register cell stands in, with
/// the values that the version's evidence holds.
struct NotebookWords {
  private let version: RegisteredVersion
  private let notebook: Notebook

  init(_ version: RegisteredVersion) {
    self.version = version
    (notebook, _) = NotebookParser.parse(
      bytes: Array(version.source.text.utf8),
      path: version.source.path,
      kinds: cellKinds.names,
      overrides: version.source.parameters.mapValues { NumberFormat.plain($0) }
    )
  }

  /// The blocks of the section that speak of nothing that the version doesn't rest on.
  var section: [Prose.Block] {
    var bridge = ProseBridge(results: results) { _ in
      .failure(PictureProblem(message: "not part of the card"))
    }
    return blocks.filter { isKnown($0) }.compactMap { bridge.block($0) }
  }

  /// From the last heading before the register cell to the next heading; without the heading.
  private var blocks: [Block] {
    let blocks = notebook.blocks
    let place = blocks.firstIndex { block in
      guard case .cell(let index) = block else { return false }
      return notebook.cells[index].name.value == version.source.cell
    }
    guard let place else { return [] }
    let start = blocks[..<place].lastIndex { NotebookWords.isHeading($0) }.map { $0 + 1 } ?? 0
    let end = blocks[place...].firstIndex { NotebookWords.isHeading($0) } ?? blocks.count
    return blocks[start..<end].filter { block in
      switch block {
      case .paragraph, .list, .quote, .table: true
      case .heading, .code, .html, .thematicBreak, .cell: false
      }
    }
  }

  private static func isHeading(_ block: Block) -> Bool {
    if case .heading = block { true } else { false }
  }

  /// Whether every value that the block shows is in the evidence, and it shows no picture.
  private func isKnown(_ block: Block) -> Bool {
    block.inlines.allSatisfy { isKnown($0) } && block.children.allSatisfy { isKnown($0) }
  }

  private func isKnown(_ inline: Inline) -> Bool {
    switch inline {
    case .value(let value):
      value.expression.paths.allSatisfy { use in
        results[use.path.cell].flatMap { ValuePath.find(use.path.segments, in: $0.values) } != nil
      }
    case .image: false
    default: inline.children.allSatisfy { isKnown($0) }
    }
  }

  /// The evidence's cells, and what the register cell itself said.
  private var results: [String: CellResult] {
    var results: [String: CellResult] = [:]
    for node in version.content.cells {
      var result = CellResult(name: node.name, kind: node.kind, status: .done, why: "registered")
      result.values = node.values
      results[node.name] = result
    }
    var own = CellResult(
      name: version.source.cell,
      kind: "register",
      status: .done,
      why: "registered"
    )
    own.values = [
      "version": .integer(version.number), "status": .string(version.decision.status.rawValue),
      "group": .string(version.group), "reason": .string(version.decision.reason),
    ]
    if let champion = version.decision.champion {
      own.values = own.values.with("champion", ["version": .integer(champion.version)])
    }
    results[own.name] = own
    return results
  }
}

extension Value {
  /// The map with one member more.
  fileprivate func with(_ name: String, _ value: Value) -> Value {
    var members = asObject ?? [:]
    members[name] = value
    return .object(members)
  }
}
