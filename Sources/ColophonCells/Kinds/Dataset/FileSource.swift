import ColophonCore
import ColophonData

/// A delimited text file.
struct FileSource: DatasetSource {
  static let key: String? = nil
  static let form = FieldType.file

  let file: Located<String>

  init?(_ node: Node, reading fields: inout FieldReader, _ places: inout FieldPlaces) {
    guard node.isScalar, !node.text.isEmpty else {
      fields.report(.wrongType("source", expected: "the name of a file", found: node))
      return nil
    }
    guard TableFormat(path: node.text) != nil else {
      fields.report(.unknownFormat(node))
      return nil
    }
    file = Located(node.text, at: node.position)
    fields.resolve("source", to: .string(file.value))
    fields.use(file: file, in: "source")
  }

  var caption: String { file.value }
  var path: String { file.value }
  var hasLines: Bool { true }
  var isQuicklyRead: Bool { true }

  func columns(in survey: Survey) throws(DataFaults) -> [String] {
    try survey.columns(of: file.value)
  }

  func table(in workshop: Workshop) throws -> TextTable {
    guard let format = TableFormat(path: file.value) else {
      throw CellFailure("the cell names no file that can be read", field: "source")
    }
    let read = try workshop.read(file.value)
    return try TextTable(read.bytes, digest: read.digest, format: format)
  }
}
