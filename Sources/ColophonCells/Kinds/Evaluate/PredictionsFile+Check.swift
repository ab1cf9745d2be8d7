import ColophonCore
import ColophonData
import ColophonEvaluation

extension PredictionsFile {
  /// Up to how many bytes a file is read whole before anything runs; of a larger one only the head is.
  static let checkedBytes = 8 << 20

  /// The file's rows as the run will have them, read beforehand.
  ///
  /// Nil for a file that is too large for that, or that can't be read (which is reported where files
  /// are).
  ///
  /// - Throws: `CellFailure` for rows that can't be evaluated, as the run would.
  func rows(in survey: Survey, slices: [Located<String>], season: Int) throws -> EvaluationRows? {
    let supply = SurveySupply(survey: survey, limit: PredictionsFile.checkedBytes)
    let workshop = Workshop(cell: "check", seed: 0, threads: 1, supply: supply)
    do {
      return try rows(in: workshop, slices: slices.map { $0.value }, season: season)
    } catch let failure as CellFailure {
      throw failure
    } catch {
      return nil
    }
  }

  /// Where what a failure blames stands.
  func position(of field: String?) -> SourcePosition? {
    let name = field.flatMap { $0.hasPrefix("predictions.") ? String($0.dropFirst(12)) : nil }
    return name.flatMap { places[$0] } ?? path?.position
  }

  /// What is wrong with the rows, found before anything runs.
  func problems(
    in survey: Survey,
    slices: [Located<String>],
    season: Int = 1,
    _ more: (EvaluationRows) -> [Diagnostic] = { _ in [] }
  ) -> [Diagnostic] {
    guard form != nil, label != nil || knownTask == .clustering else { return [] }
    do {
      return try rows(in: survey, slices: slices, season: season).map(more) ?? []
    } catch let failure as CellFailure {
      let isSlice = failure.field == "slices"
      let place = isSlice ? slices.first?.position : position(of: failure.field)
      return place.map { [.unusableRows(failure, at: $0)] } ?? []
    } catch {
      return []
    }
  }
}

/// Lends what can be looked at before anything runs: files, up to a size.
private struct SurveySupply: WorkshopSupply {
  struct TooLarge: Error {}

  let survey: Survey
  let limit: Int
  var isCancelled: Bool { false }

  func artifact(of cell: String) throws -> (any Artifact)? { nil }
  func artifactDigest(of cell: String) -> Digest? { nil }
  func artifact(_ digest: Digest, as type: any Artifact.Type) throws -> (any Artifact)? { nil }
  func values(of cell: String) -> Value? { nil }
  func progress(_ fraction: Double, _ note: String) {}

  func read(_ file: String) throws -> (bytes: [UInt8], digest: Digest) {
    let bytes = try ByteSource.read(survey.path(of: file), limit: limit + 1)
    if bytes.count > limit { throw TooLarge() }
    return (bytes, Digest(of: bytes))
  }
}

extension Diagnostic {
  /// Rows of a file that can't be evaluated, as the run would say it.
  static func unusableRows(_ failure: CellFailure, at position: SourcePosition) -> Diagnostic {
    Diagnostic(.error, "evaluate.rows", at: position, failure.message, hint: failure.hint)
  }

  /// A metric that these predictions can't give.
  static func metricNeeds(_ failure: CellFailure, _ name: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      "evaluate.metric-needs",
      at: name.position,
      length: name.value.utf8.count,
      failure.message,
      hint: failure.hint
    )
  }
}
