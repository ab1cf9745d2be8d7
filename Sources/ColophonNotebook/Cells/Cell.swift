package import ColophonCore

/// One cell as its author wrote it: a fence with the info string `yaml KIND NAME flags…`.
package struct Cell: Sendable {
  /// How the report prints the configuration.
  package enum Display: String, Hashable, Sendable, CaseIterable {
    case show, fold, hide
  }

  package var kind: Located<String>
  package var name: Located<String>
  package var display: Display
  /// Whether the author asked for the cell not to run.
  package var isSkipped: Bool
  /// The fence's content, indentation and quote marks of what surrounds it removed.
  package var source: String
  /// Where the opening fence starts.
  package var start: SourcePosition
  /// The last byte of the closing fence.
  package var end: SourcePosition
  /// A mapping or a sequence with parameters substituted; an empty mapping where the YAML is broken.
  package var config: Node
  /// The `caption` of the configuration as Markdown; empty without one.
  package var caption: [Block]
  /// Whether a diagnostic already says why the cell can't be read: its fields are then not checked,
  /// and a reference to it is no further error.
  package var isBroken: Bool
}

extension Cell: CustomStringConvertible {
  /// The cell's extent, kind and name, such as `Cell @42:1-47:3 train "fit"`.
  package var description: String {
    "Cell @\(start.line):\(start.column)-\(end.line):\(end.column) \(kind.value) \"\(name.value)\""
  }
}

/// A cell's fence, before its YAML is read.
struct CellFence {
  var header: CellHeader
  var yaml: YAMLText
  var start: SourcePosition
  var end: SourcePosition
}
