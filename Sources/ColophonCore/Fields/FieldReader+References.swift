extension FieldReader {
  /// Another cell, by name: an edge of the plan.
  ///
  /// Whether it exists is checked when the plan is made.
  ///
  /// `artifacts`: What the cell must produce (`dataset`, `model`, …): any of these.
  package mutating func reference(
    _ name: String,
    to artifacts: [String],
    required: Bool = false,
    _ documentation: String
  ) -> Located<String>? {
    let type = FieldType.reference(artifacts.joined(separator: " or "))
    guard let node = declare(name, type, required: required, default: nil, documentation),
      let cell = scalarText(name, node)
    else { return nil }
    configuration[name] = .string(cell.value)
    references.append(ReferenceUse(field: name, cell: cell, artifacts: artifacts))
    return cell
  }

  /// Several other cells, by name.
  package mutating func references(
    _ name: String,
    to artifacts: [String],
    required: Bool = false,
    _ documentation: String
  ) -> [Located<String>] {
    let type = FieldType.list(.reference(artifacts.joined(separator: " or ")))
    guard let node = declare(name, type, required: required, default: nil, documentation)
    else { return [] }
    let cells = (node.items ?? [node]).compactMap { scalarText(name, $0) }
    configuration[name] = .array(cells.map { .string($0.value) })
    references += cells.map { ReferenceUse(field: name, cell: $0, artifacts: artifacts) }
    return cells
  }

  /// A file that the cell reads, relative to the notebook.
  package mutating func file(
    _ name: String,
    required: Bool = false,
    _ documentation: String
  ) -> Located<String>? {
    guard let node = declare(name, .file, required: required, default: nil, documentation),
      let path = scalarText(name, node)
    else { return nil }
    configuration[name] = .string(path.value)
    files.append(FileUse(field: name, path: path))
    return path
  }

  /// A folder whose pictures the cell reads, relative to the notebook.
  package mutating func folder(
    _ name: String,
    required: Bool = false,
    _ documentation: String
  ) -> Located<String>? {
    guard let node = declare(name, .file, required: required, default: nil, documentation),
      let path = scalarText(name, node)
    else { return nil }
    configuration[name] = .string(path.value)
    files.append(FileUse(field: name, path: path, isFolder: true))
    return path
  }

  /// Records a file that was found inside a field of another form.
  package mutating func use(file path: Located<String>, in field: String) {
    files.append(FileUse(field: field, path: path))
  }

  /// Records a cell that a condition or another text names.
  package mutating func use(cell: Located<String>, to artifacts: [String], in field: String) {
    references.append(ReferenceUse(field: field, cell: cell, artifacts: artifacts))
  }
}
