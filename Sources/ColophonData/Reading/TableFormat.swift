/// How a file's table is written, told by the file's name.
package struct TableFormat: Hashable, Sendable {
  /// What stands between fields: a comma or a tab.
  package var delimiter: UInt8
  package var isCompressed: Bool

  /// The endings of the names of files that can be read.
  package static let endings = [".csv", ".tsv", ".csv.gz", ".tsv.gz"]

  /// The format of `NAME.csv`, `.tsv`, `.csv.gz` or `.tsv.gz`, in any case; nil for other names.
  package init?(path: String) {
    var name = path.lowercased()
    isCompressed = name.hasSuffix(".gz")
    if isCompressed { name.removeLast(3) }
    if name.hasSuffix(".csv") {
      delimiter = UInt8(ascii: ",")
    } else if name.hasSuffix(".tsv") {
      delimiter = UInt8(ascii: "\t")
    } else {
      return nil
    }
  }
}
