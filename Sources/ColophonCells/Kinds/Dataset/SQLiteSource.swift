import ColophonCore
import ColophonData

/// The answer of an SQLite file to a query.
struct SQLiteSource: DatasetSource {
  static let key: String? = "sqlite"
  static var form: FieldType {
    var blank = FieldReader()
    _ = fields(&blank)
    return .section(blank.fields)
  }

  let file: Located<String>
  /// The query as it stands in the notebook.
  private let query: Node

  init?(_ node: Node, reading fields: inout FieldReader, _ places: inout FieldPlaces) {
    var inner = FieldReader(node.entries ?? [], context: "an SQLite source", at: node.position)
    let (file, query) = SQLiteSource.fields(&inner)
    inner.finish()
    fields.absorb(inner)
    fields.resolve("source", to: .object(inner.configuration))
    guard let file, let query else { return nil }
    (self.file, self.query) = (file, query)
  }

  private static func fields(_ fields: inout FieldReader) -> (Located<String>?, Node?) {
    let file = fields.file("sqlite", required: true, "An SQLite file, read as it lies.")
    let query = fields.node(
      "query",
      .string,
      required: true,
      "One SELECT, whose answer is the table; without an ORDER BY its rows are sorted by their "
        + "columns from left to right."
    )
    if let query, !query.isScalar {
      fields.report(.wrongType("query", expected: "a text", found: query))
      return (file, nil)
    }
    return (file, query)
  }

  var caption: String { file.value }
  var path: String { file.value }
  var isQuicklyRead: Bool { true }
  var libraries: [String: String] { ["sqlite": SQLiteQuery.libraryVersion] }

  func columns(in survey: Survey) throws(DataFaults) -> [String] {
    try survey.columns(of: file.value, asking: query.text)
  }

  func position(of fault: DataFault) -> SourcePosition? {
    fault.field == "source.query" ? fault.offset.map { query.position(at: $0) } : nil
  }

  func table(in workshop: Workshop) throws -> TextTable {
    let read = try workshop.read(file.value)
    return try SQLiteQuery(query.text).table(of: read.bytes, digest: read.digest)
  }
}
