import ColophonCore
import ColophonData

/// Lends what can be looked at before anything runs: files, up to a size, and data made of them.
struct SurveySupply: WorkshopSupply {
  /// A file that is too large to be read for a check.
  struct TooLarge: Error {}

  /// Up to how many bytes a file is read whole before anything runs; of a larger one only the head is.
  static let readableBytes = 8 << 20

  let survey: Survey
  let limit: Int
  var isCancelled: Bool { false }

  func artifact(of cell: String) throws -> (any Artifact)? { survey.dataset(of: cell) }
  func artifactDigest(of cell: String) -> Digest? { nil }
  func artifact(_ digest: Digest, as type: any Artifact.Type) throws -> (any Artifact)? { nil }
  func values(of cell: String) -> Value? { nil }
  func progress(_ fraction: Double, _ note: String) {}

  /// - Throws: `TooLarge`; a packed file is taken to unfold to eight times its size.
  func read(_ file: String) throws -> (bytes: [UInt8], digest: Digest) {
    let limit = file.hasSuffix(".gz") ? limit / 8 : limit
    let bytes = try ByteSource.read(survey.path(of: file), limit: limit + 1)
    if bytes.count > limit { throw TooLarge() }
    return (bytes, Digest(of: bytes))
  }
}
