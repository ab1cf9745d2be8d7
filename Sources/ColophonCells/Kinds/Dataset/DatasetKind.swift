package import ColophonCore
package import ColophonData
package import ColophonLineage

/// Takes a table from its source, gives it a schema, and splits its rows once and for all.
package struct DatasetKind: CellKind, PreviewsDataset, MakesDataset {
  package static let name = "dataset"
  package static let summary = "Data with a schema and fixed splits."
  package static var produces: (any Artifact.Type)? { Dataset.self }

  /// Where the rows come from; nil where that was reported.
  package let source: (any DatasetSource)?
  package let recipe: DatasetRecipe
  /// Where each field stands, nested ones as `split.by` and `columns.age`.
  private let places: FieldPlaces

  package init(reading fields: inout FieldReader) {
    var places = FieldPlaces(fields.position)
    source = fields.datasetSource(&places)
    let recipe = DatasetRecipe(reading: &fields, &places)
    self.recipe = source?.complete(recipe) ?? recipe
    self.places = places
  }

  package var values: [PathPattern] { DatasetValues.patterns }

  package var libraries: [String: String] { source?.libraries ?? [:] }

  package var reproducibility: Reproducibility { libraries.isEmpty ? .exact : .library }

  package func check(in survey: Survey) -> [Diagnostic] {
    guard let source else { return [] }
    var faults: [DataFault]
    do {
      faults = recipe.faults(header: try source.columns(in: survey))
    } catch {
      faults = error.faults + recipe.contradictions
    }
    // A missing file is reported where all files are.
    faults.removeAll { $0.code == "data.file-missing" }
    if let trap = recipe.randomOverTime { faults.append(trap) }
    return faults.map { fault in
      var found = fault.diagnostic(path: source.path) { places[nearest: $0].position }
      found.length = places[nearest: fault.field].length
      if let position = source.position(of: fault) {
        (found.position, found.length) = (position, 1)
      }
      return found
    }
  }

  package func preview(in survey: Survey) -> DatasetPreview? {
    guard let columns = try? source?.columns(in: survey) else { return nil }
    return recipe.preview(of: columns)
  }

  package var isQuicklyMade: Bool { source?.isQuicklyRead == true }

  package func dataset(in workshop: Workshop) throws -> Dataset {
    guard let source else { throw CellFailure("the cell names no data", field: "source") }
    let table = try source.table(in: workshop)
    return try DatasetReader.read(table, recipe, root: workshop.seed, cell: workshop.cell)
  }

  package func run(in workshop: Workshop) throws -> Outcome {
    guard let source else {
      throw CellFailure("the cell names no data that can be read", field: "source")
    }
    let dataset: Dataset
    let digest: Digest
    do {
      let table = try source.table(in: workshop)
      try workshop.checkCancellation()
      digest = table.digest
      dataset = try DatasetReader.read(table, recipe, root: workshop.seed, cell: workshop.cell)
    } catch let faults as DataFaults {
      let told = source.hasLines ? faults : DataFaults(faults.faults.map { $0.withoutPlace })
      throw CellFailure(told) { places.contains($0) }
    }
    let profile = DatasetProfile(dataset)
    return Outcome(
      artifact: dataset,
      values: DatasetValues.values(dataset, profile, digest: digest),
      exhibits: DatasetExhibits.exhibits(dataset, profile, source: source.caption),
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
package struct FieldPlaces: Sendable {
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
