package import ColophonCore
package import ColophonData
import ColophonReport

/// Reads a file as a table with a schema, and splits its rows once and for all.
package struct DatasetKind: CellKind, PreviewsDataset {
  package static let name = "dataset"
  package static let summary = "Data with a schema and fixed splits."
  package static var produces: (any Artifact.Type)? { Dataset.self }

  /// The file; nil where it was reported.
  package let source: Located<String>?
  package let recipe: DatasetRecipe
  /// Where each field stands, nested ones as `split.by` and `columns.age`.
  private let places: FieldPlaces

  package init(reading fields: inout FieldReader) {
    var places = FieldPlaces(fields.position)
    source = DatasetKind.source(&fields, &places)
    recipe = DatasetRecipe(reading: &fields, &places)
    self.places = places
  }

  package var values: [PathPattern] { DatasetValues.patterns }

  package func check(in survey: Survey) -> [Diagnostic] {
    guard let source else { return [] }
    var faults: [DataFault]
    do {
      faults = recipe.faults(header: try survey.columns(of: source.value))
    } catch {
      faults = error.faults + recipe.contradictions
    }
    // A missing file is reported where all files are.
    faults.removeAll { $0.code == "data.file-missing" }
    if let trap = recipe.randomOverTime { faults.append(trap) }
    return faults.map { fault in
      var found = fault.diagnostic(path: source.value) { places[$0].position }
      found.length = places[fault.field].length
      return found
    }
  }

  package func preview(in survey: Survey) -> DatasetPreview? {
    guard let source, let columns = try? survey.columns(of: source.value) else { return nil }
    return recipe.preview(of: columns)
  }

  package func run(in workshop: Workshop) throws -> Outcome {
    guard let source, let format = TableFormat(path: source.value) else {
      throw CellFailure("the cell names no file that can be read", field: "source")
    }
    let file = try workshop.read(source.value)
    let dataset: Dataset
    do {
      let table = try TextTable(file.bytes, digest: file.digest, format: format)
      try workshop.checkCancellation()
      dataset = try DatasetReader.read(table, recipe, root: workshop.seed, cell: workshop.cell)
    } catch let faults as DataFaults {
      throw CellFailure(faults) { places.contains($0) }
    }
    let profile = DatasetProfile(dataset)
    return Outcome(
      artifact: dataset,
      values: DatasetValues.values(dataset, profile, digest: file.digest),
      exhibits: DatasetExhibits.exhibits(dataset, profile, source: source.value),
      advice: DatasetAdvice.advice(dataset, profile, recipe)
    )
  }
}

extension CellFailure {
  /// All that is wrong with a file, in one failure that points at the first fault's field.
  ///
  /// A field inside another is pointed at where the author wrote it, else the one around it.
  init(_ faults: DataFaults, isWritten: (String) -> Bool = { _ in false }) {
    func outermost(_ field: String) -> String { String(field.prefix { $0 != "." }) }
    let field = faults.faults.first.map { isWritten($0.field) ? $0.field : outermost($0.field) }
    self.init(
      faults.faults.map { $0.message }.joined(separator: "; "),
      hint: faults.faults.compactMap { $0.hint }.first,
      field: field ?? "source"
    )
  }
}

/// Where the fields of a cell stand, and how long they are.
struct FieldPlaces: Sendable {
  private var places: [String: (position: SourcePosition, length: Int)] = [:]
  private let start: SourcePosition

  init(_ start: SourcePosition) { self.start = start }

  mutating func note(_ field: String, _ node: Node?) {
    if let node { places[field] = (node.position, node.length) }
  }

  mutating func note(_ field: String, key entry: Node.Entry) {
    places[field] = (entry.keyPosition, entry.key.utf8.count)
  }

  /// Whether the author wrote the field.
  func contains(_ field: String) -> Bool { places[field] != nil }

  /// The field's place, else that of the field around it, else the cell's.
  subscript(field: String) -> (position: SourcePosition, length: Int) {
    places[field] ?? places[String(field.prefix { $0 != "." })] ?? (start, 1)
  }
}
