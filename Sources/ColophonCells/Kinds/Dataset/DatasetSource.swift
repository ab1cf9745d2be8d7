package import ColophonCore
package import ColophonData

/// Where a dataset cell takes its rows.
package protocol DatasetSource: Sendable {
  /// The key that tells this form of `source` from the others; nil for a bare name.
  static var key: String? { get }
  /// The form as a type of field.
  static var form: FieldType { get }

  /// Reads the value of `source`, which is of this form; nil where it was reported.
  init?(_ node: Node, reading fields: inout FieldReader, _ places: inout FieldPlaces)

  /// What stands in the report.
  var caption: String { get }
  /// What messages call the data, as a path does.
  var path: String { get }
  /// Whether rows stand on lines that an author can look at.
  var hasLines: Bool { get }
  /// Names and versions of the libraries that the rows rest on.
  var libraries: [String: String] { get }

  /// Whether the rows are there in no time where the files are small.
  var isQuicklyRead: Bool { get }

  /// What the cell says, with what only the source knows.
  func complete(_ recipe: DatasetRecipe) -> DatasetRecipe
  /// The columns' names, before anything runs.
  func columns(in survey: Survey) throws(DataFaults) -> [String]
  /// Where in the notebook a fault is; nil where its field tells.
  func position(of fault: DataFault) -> SourcePosition?
  /// The rows.
  func table(in workshop: Workshop) throws -> TextTable
}

extension DatasetSource {
  package var hasLines: Bool { false }
  package var isQuicklyRead: Bool { false }
  package var libraries: [String: String] { [:] }
  package func complete(_ recipe: DatasetRecipe) -> DatasetRecipe { recipe }
  package func position(of fault: DataFault) -> SourcePosition? { nil }
}

/// The forms that `source` may take.
///
/// A map with keys of two is the earlier one: a synthetic law may
/// have a parameter called `series`.
let datasetSources = Catalogue<any DatasetSource.Type>(
  "source",
  [
    FileSource.self, SQLiteSource.self, SyntheticSource.self, SeriesSource.self, ImageSource.self,
  ]
) { $0.key ?? "" }

extension FieldReader {
  /// `source`: a file's name, or a map whose form a key tells.
  mutating func datasetSource(_ places: inout FieldPlaces) -> (any DatasetSource)? {
    let forms = datasetSources.members.map { $0.form }
    let documentation =
      "A table with a header: a file whose name ends in .csv, .tsv, .csv.gz or .tsv.gz, the answer "
      + "of an SQLite file to a query, series folded from a long table, a folder of pictures, or rows made up "
      + "by a known law."
    guard let node = node("source", .union(forms), required: true, documentation) else {
      return nil
    }
    places.noteAll("source", node)
    guard let entries = node.entries else {
      return FileSource(node, reading: &self, &places)
    }
    let keys = datasetSources.names.filter { !$0.isEmpty }
    guard let key = keys.first(where: { key in entries.contains { $0.key == key } }),
      let type = datasetSources[key]
    else {
      report(.unknownSource(node, keys))
      return nil
    }
    return type.init(node, reading: &self, &places)
  }
}
