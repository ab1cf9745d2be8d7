import ColophonCore
import ColophonData
import ColophonEvaluation

extension PredictionsFile {
  /// The file's rows as the run will have them, read beforehand.
  ///
  /// Nil for a file that is too large for that, or that can't be read (which is reported where files
  /// are).
  ///
  /// - Throws: `CellFailure` for rows that can't be evaluated, as the run would.
  func rows(in survey: Survey, slices: [Located<String>], season: Int) throws -> EvaluationRows? {
    do {
      return try rows(
        in: survey.workshop(of: "check"),
        slices: slices.map { $0.value },
        season: season
      )
    } catch let failure as CellFailure {
      throw failure
    } catch {
      return nil
    }
  }

  /// Whether the cell says where the numbers stand.
  private var isReadable: Bool {
    guard case .forecasts(nil, let quantiles) = form else { return form != nil }
    return quantiles.contains { $0.level == 0.5 }
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
    guard isReadable, label != nil || knownTask == .clustering else { return [] }
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
