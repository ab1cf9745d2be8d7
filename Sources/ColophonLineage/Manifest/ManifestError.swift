/// Why a report's record can't be trusted or read, in a sentence for who opened the report.
package enum ManifestError: Error, Hashable, Sendable {
  /// The file holds no record: no report, or one of another program.
  case absent
  /// More than one record: somebody put pages together.
  case several
  /// The record's element has no end: the file was cut off.
  case cutOff
  case notJSON(String)
  /// A layout that this engine doesn't know.
  case format(String)
  /// A member is missing or of another kind.
  case member(path: String, problem: String)
  /// The source that the report carries is not the one that its digest names.
  case sourceDiffers
  /// The report's stamp doesn't follow from its cells' stamps.
  case stampDiffers
}

extension ManifestError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .absent: "the file carries no Colophon record"
    case .several: "the file carries more than one Colophon record"
    case .cutOff: "the report's record has no end; the file was cut off"
    case .notJSON(let problem): "the report's record is not JSON: \(problem)"
    case .format(let found):
      "the report's record has the format '\(found)'; this engine reads "
        + "'\(Manifest.currentFormat)'"
    case .member(let path, let problem): "the report's record is malformed at \(path): \(problem)"
    case .sourceDiffers: "the notebook in the report is not the one that its digest names"
    case .stampDiffers: "the report's stamp doesn't follow from its cells; it was edited"
    }
  }
}
