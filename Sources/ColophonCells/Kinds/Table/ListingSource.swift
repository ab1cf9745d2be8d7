import ColophonCore
import ColophonData

/// Where a table or a plot takes its rows: a cell's dataset, or a value.
struct ListingSource: Sendable {
  let path: Located<ValuePath>?

  static let documentation =
    "A cell that makes a dataset, or a value path that leads to a list or a map."

  init(reading fields: inout FieldReader) {
    path = fields.valuePath("from", required: true, ListingSource.documentation)
  }

  /// What is known of the columns before anything runs.
  private func preview(in survey: Survey) -> DatasetPreview? {
    guard let path, path.value.segments.isEmpty,
      survey.recipe(of: path.value.cell) is any PreviewsDataset
    else { return nil }
    return survey.preview(of: path.value.cell)
  }

  /// What is wrong with the columns that are asked for.
  func check(_ columns: [Located<String>], in survey: Survey) -> [Diagnostic] {
    guard let known = preview(in: survey) else { return [] }
    return columns.filter { !known.mayHave($0.value) }
      .map { .unknownColumn($0, known: known.columns) }
  }

  /// Loads the rows; of a dataset only the columns that are needed, or all.
  func load(in workshop: Workshop, columns: [String]?) throws -> Listing {
    guard let path = path?.value else {
      throw CellFailure("the cell names no source", field: "from")
    }
    if path.segments.isEmpty, workshop.digest(ofArtifactOf: path.cell) != nil {
      // An artifact of another type leaves the cell's values to show.
      do {
        return Listing(try workshop.load(Dataset.self, from: path.cell), columns: columns)
      } catch is CellFailure {}
    }
    guard let value = workshop.value(at: path) else {
      throw CellFailure("there is no value '\(path)'", field: "from")
    }
    return Listing(value)
  }

  /// The column, or a failure that names the ones there are.
  static func column(_ name: String, of listing: Listing, field: String) throws -> Listing.Column {
    if let column = listing[name] { return column }
    throw CellFailure(
      "the data has no column '\(name)'",
      hint: Suggestion.hint(for: name, among: listing.columns.map { $0.name }),
      field: field
    )
  }
}
