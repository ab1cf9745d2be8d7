import ColophonCore
import ColophonNotebook

/// The kinds that the tests' notebooks may use.
let kinds = [
  "dataset", "prepare", "train", "tune", "crossvalidate", "simulate", "evaluate", "compare",
  "explain", "bias", "drift", "register", "autopilot", "require", "predict", "plot", "table",
]

/// Parses a text as the notebook `a.md`.
func read(
  _ text: String,
  overrides: [String: String] = [:]
) -> (notebook: Notebook, diagnostics: [Diagnostic]) {
  NotebookParser.parse(bytes: Array(text.utf8), path: "a.md", kinds: kinds, overrides: overrides)
}

/// What was found, as `LINE:COLUMN code: message`.
func findings(_ text: String, overrides: [String: String] = [:]) -> [String] {
  read(text, overrides: overrides).diagnostics.map { $0.summary }
}

/// The findings for one cell's body, which starts on line 2.
func findings(inCell body: String) -> [String] { findings("```yaml train fit\n\(body)\n```\n") }

/// The configuration of one cell whose body starts on line 2.
func config(_ body: String) -> Node? {
  let read = read("```yaml train fit\n\(body)\n```\n")
  return read.diagnostics.isEmpty ? read.notebook.cells.first?.config : nil
}

extension Diagnostic {
  var summary: String { "\(position.line):\(position.column) \(code): \(message)" }
}

extension SourcePosition {
  var short: String { "\(line):\(column)" }
}

extension Node {
  /// The node with every place, such as `{eta@2:1 0.1@2:6}`.
  var dump: String {
    switch content {
    case .mapping(let entries):
      let inner = entries.map { "\($0.key)@\($0.keyPosition.short) \($0.value.dump)" }
      return "{\(inner.joined(separator: ", "))}"
    case .sequence(let items):
      return "[\(items.map { $0.dump }.joined(separator: ", "))]"
    case .string(let text): return "\"\(text)\"@\(position.short)"
    case .null: return "null@\(position.short)"
    default: return "\(text)@\(position.short)"
    }
  }

  subscript(key: String) -> Node? { entries?.first { $0.key == key }?.value }
}

extension Notebook {
  /// The outline with every place, one line a block.
  var outline: [String] { blocks.outline(cells, indent: "") }
}

extension [Block] {
  func outline(_ cells: [Cell], indent: String) -> [String] {
    flatMap { block -> [String] in
      let place = block.position.map { "@\($0.short)" } ?? ""
      let inner = indent + "  "
      return switch block {
      case .heading(let level, let anchor, let content, _):
        ["\(indent)h\(level) \(place) #\(anchor) \"\(content.plainText)\""]
      case .paragraph(let content, _): ["\(indent)p \(place) \"\(content.plainText)\""]
      case .list(let list, _):
        ["\(indent)list \(place)"] + list.items.flatMap { $0.outline(cells, indent: inner) }
      case .quote(let blocks, _): ["\(indent)quote \(place)"] + blocks.outline(cells, indent: inner)
      case .code(let info, _, _): ["\(indent)code \(place) \(info)"]
      case .html: ["\(indent)html \(place)"]
      case .thematicBreak: ["\(indent)rule \(place)"]
      case .table(let table, _): ["\(indent)table \(place) \(table.rows.count) rows"]
      case .cell(let index): ["\(indent)\(cells[index])"]
      }
    }
  }
}
