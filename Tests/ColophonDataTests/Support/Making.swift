import CZlib
import ColophonCore
import ColophonData
import Foundation
import Testing

/// The format of a plain comma-separated file.
let commas = TableFormat(path: "a.csv")

/// The table of a text.
func table(_ text: String, as name: String = "a.csv") throws -> TextTable {
  try table(Array(text.utf8), as: name)
}

/// The table of some bytes.
func table(_ bytes: [UInt8], as name: String = "a.csv") throws -> TextTable {
  let format = try #require(TableFormat(path: name))
  return try TextTable(bytes, digest: Digest(of: bytes), format: format)
}

/// The dataset of a text, drawn from seed 0 for the cell `data`.
func dataset(_ text: String, _ recipe: DatasetRecipe = DatasetRecipe()) throws -> Dataset {
  try DatasetReader.read(table(text), recipe, root: 0, cell: "data")
}

/// The faults that a reading throws.
func faults(_ read: () throws -> Void) -> [DataFault] {
  do { try read() } catch let found as DataFaults { return found.faults } catch {
    Issue.record("threw \(error)")
  }
  return []
}

/// Runs `body` with the path of a file of these bytes, which is deleted afterwards.
func withFile<Result>(
  _ name: String,
  _ bytes: [UInt8],
  _ body: (String) throws -> Result
) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "colophon-\(UUID())")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appending(path: name)
  try Data(bytes).write(to: file)
  return try body(file.path)
}

/// A file beside the tests.
func fixture(_ name: String) throws -> [UInt8] {
  let folder = URL(filePath: #filePath).appending(path: "../../../Fixtures").standardized
  return Array(try Data(contentsOf: folder.appending(path: name)))
}

/// The bytes as one gzip member.
func gzipped(_ bytes: [UInt8]) throws -> [UInt8] {
  var stream = z_stream()
  let size = Int32(MemoryLayout<z_stream>.size)
  let opened = deflateInit2_(&stream, 6, Z_DEFLATED, 31, 8, 0, ZLIB_VERSION, size)
  try #require(opened == Z_OK)
  defer { deflateEnd(&stream) }
  var input = bytes
  var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))) + 64)
  let made = input.withUnsafeMutableBufferPointer { input in
    output.withUnsafeMutableBufferPointer { output in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(output.count)
      _ = deflate(&stream, Z_FINISH)
      return output.count - Int(stream.avail_out)
    }
  }
  return Array(output[..<made])
}

/// Sixty rows of two classes (20 to 40), a number, a category, a group of four rows, a time.
func sixtyRows() -> String {
  var text = "label,size,shape,site,day,mark\n"
  for row in 0..<60 {
    let label = row % 3 == 0 ? "no" : "yes"
    let shape = ["round", "flat", "long"][row / 2 % 3]
    text += "\(label),\(row * 37 % 60).5,\(shape),s\(row / 4),2026-01-\(10 + row % 20),\(row % 5)\n"
  }
  return text
}
