/// What a field may hold; feeds help, JSON Schema, completion and the invalid values tests try.
package indirect enum FieldType: Hashable, Sendable {
  case boolean
  case integer(ClosedRange<Int>)
  case number(Interval)
  case string
  case choice([String])
  case file
  /// A cell that produces what is named, such as `dataset` or `model`.
  case reference(String)
  case condition
  case list(FieldType)
  case map(FieldType)
  case section([FieldDescription])
  /// One of several forms.
  case union([FieldType])
  case any
}

/// One field of a cell or a section, as declared by the reader that parses it.
package struct FieldDescription: Hashable, Sendable {
  package var name: String
  package var type: FieldType
  package var isRequired: Bool
  package var defaultValue: Value?
  /// One or two sentences, for people.
  package var documentation: String

  package init(
    name: String,
    type: FieldType,
    isRequired: Bool,
    defaultValue: Value? = nil,
    documentation: String
  ) {
    self.name = name
    self.type = type
    self.isRequired = isRequired
    self.defaultValue = defaultValue
    self.documentation = documentation
  }
}

/// A cell that another cell named.
package struct ReferenceUse: Hashable, Sendable {
  /// What of the other cell is used.
  package enum Use: Hashable, Sendable {
    /// Its result: the cell must have run, so this is an edge of the plan.
    case result
    /// Its configuration alone, as a template; it need not run.
    case recipe
    /// Nothing but its turn: both act on one thing outside of the notebook, and it comes first.
    case turn
  }

  package var field: String
  package var cell: Located<String>
  /// What the cell must produce (`dataset`, `model`, …) or, for a recipe, which kinds it may be of;
  /// any of several; empty where anything serves.
  package var artifacts: [String]
  package var use = Use.result

  package init(
    field: String,
    cell: Located<String>,
    artifacts: [String],
    use: Use = .result
  ) {
    self.field = field
    self.cell = cell
    self.artifacts = artifacts
    self.use = use
  }
}

/// A file that a cell reads, named relative to the notebook.
package struct FileUse: Hashable, Sendable {
  package var field: String
  package var path: Located<String>
  /// Whether it is a folder, read as one.
  package var isFolder = false
}

/// A value of a cell that an expression reads, and where it is written.
package struct ValueUse: Hashable, Sendable {
  package var path: ValuePath
  package var position: SourcePosition
  /// How many bytes the path takes.
  package var length: Int

  package init(path: ValuePath, position: SourcePosition, length: Int) {
    self.path = path
    self.position = position
    self.length = length
  }
}
