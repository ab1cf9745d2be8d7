import ColophonCore
import Foundation

/// A stream of its own for each made-up thing.
func explanationStream(_ index: Int) -> RandomStream {
  RandomStream(root: 9, cell: "explanation", purpose: "test", index: index)
}

/// A fixture file, read as a value.
func fixture(_ name: String, file: String = #filePath) throws -> Value {
  let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  return try Value(json: Array(try Data(contentsOf: folder.appending(path: "Fixtures/\(name)"))))
}

extension Value {
  /// The numbers of a list.
  var numbers: [Double] { (asArray ?? []).compactMap { $0.asNumber } }
}
