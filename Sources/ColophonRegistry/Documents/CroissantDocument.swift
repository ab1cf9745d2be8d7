import ColophonCore
import ColophonLineage

/// Croissant metadata of a dataset cell: the file, its columns, and how to read the rows.
///
/// - SeeAlso: MLCommons, "Croissant Format Specification", version 1.1.
enum CroissantDocument: LineageDocument {
  static let name = "croissant"
  static let summary = "Croissant metadata of one dataset cell."

  static func text(of subject: DocumentSubject) throws -> String {
    let datasets = subject.cells.filter { $0.kind == "dataset" }
    guard let cell = datasets.first, datasets.count == 1 else {
      throw RegistryRefusal(
        .unknown,
        datasets.isEmpty
          ? "\(subject.name) has no dataset cell"
          : "\(subject.name) rests on \(datasets.count) datasets, and Croissant tells of one",
        hint: datasets.isEmpty
          ? nil : "name it: colophon trace \(subject.notebook.path):\(datasets[0].name)"
      )
    }
    return CroissantDataset(subject: subject, cell: cell).value.indentedText
  }
}

private struct CroissantDataset {
  let subject: DocumentSubject
  let cell: LineageNode

  private var file: DocumentSubject.File? { subject.files(of: cell).first }
  private var rows: Int { cell.values["rows"]?.asInteger ?? 0 }

  private var columns: [(name: String, summary: Value)] {
    (cell.values["column"]?.asObject ?? [:]).sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
  }

  var value: Value {
    .members([
      "@context": CroissantDataset.context, "@type": "sc:Dataset",
      "conformsTo": "http://mlcommons.org/croissant/1.1", "name": .string(cell.name),
      "description": .string(description), "version": "1.0.0",
      "license": subject.license.map { .string($0) },
      "url": .string((file?.digest ?? cell.output).contentAddress),
      "creator": creators, "datePublished": .string(String(subject.times.ended.text.prefix(10))),
      "citeAs": .string("\(subject.notebook.title) (\(cell.name), \(cell.stamp.short))"),
      "distribution": file.map { [distribution($0)] } ?? [],
      "recordSet": recordSets,
    ])
  }

  private var creators: Value? {
    guard !subject.notebook.authors.isEmpty else { return nil }
    return .array(
      subject.notebook.authors.map { ["@type": "sc:Person", "name": .string($0)] }
    )
  }

  private var description: String {
    var text = "The dataset '\(cell.name)' of the notebook \"\(subject.notebook.title)\": "
    text += "\(rows) rows, \(columns.count) columns"
    if let target = cell.configuration["target"]?.asString { text += ", the target is \(target)" }
    let parts = ["train", "validation", "test"].compactMap { part in
      cell.values["split"]?[part]?["rows"]?.asInteger.map { "\(part) \($0)" }
    }
    if !parts.isEmpty { text += "; rows by split: \(parts.joined(separator: ", "))" }
    return text + "."
  }

  private func distribution(_ file: DocumentSubject.File) -> Value {
    [
      "@type": "cr:FileObject", "@id": .string(file.path),
      "name": .string(file.path.split(separator: "/").last.map { String($0) } ?? file.path),
      "contentUrl": .string(file.path), "encodingFormat": .string(format(of: file.path)),
      "sha256": .string(file.digest.hex),
    ]
  }

  private func format(of path: String) -> String {
    for (suffix, type) in CroissantDataset.formats where path.hasSuffix(suffix) { return type }
    return "application/octet-stream"
  }

  private static let formats = [
    (".csv", "text/csv"), (".tsv", "text/tab-separated-values"), (".gz", "application/gzip"),
    (".sqlite", "application/vnd.sqlite3"), (".db", "application/vnd.sqlite3"),
  ]

  /// Rows are described where the file is a plain table whose columns a client can name.
  private var recordSets: Value {
    guard let file, format(of: file.path).hasPrefix("text/") else { return [] }
    return [
      [
        "@type": "cr:RecordSet", "@id": "rows", "name": "rows",
        "field": .array(
          columns.map { column in
            [
              "@type": "cr:Field", "@id": .string("rows/\(column.name)"),
              "name": .string(column.name),
              "dataType": ColumnKind(column.summary) == .number ? "sc:Float" : "sc:Text",
              "source": [
                "fileObject": ["@id": .string(file.path)],
                "extract": ["column": .string(column.name)],
              ],
            ]
          }
        ),
      ]
    ]
  }

  /// The terms as the specification's own examples bind them.
  private static let context: Value = {
    var context: [String: Value] = [
      "@language": "en", "@vocab": "https://schema.org/", "conformsTo": "dct:conformsTo",
      "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
      "dct": "http://purl.org/dc/terms/", "sc": "https://schema.org/",
      "data": ["@id": "cr:data", "@type": "@json"],
      "examples": ["@id": "cr:examples", "@type": "@json"],
      "dataType": ["@id": "cr:dataType", "@type": "@vocab"],
      "description": ["@container": "@language"], "name": ["@container": "@language"],
    ]
    for term in [
      "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field",
      "fileProperty", "fileObject", "fileSet", "format", "includes", "isArray", "isLiveDataset",
      "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
      "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
    ] { context[term] = .string("cr:" + term) }
    return .object(context)
  }()
}
