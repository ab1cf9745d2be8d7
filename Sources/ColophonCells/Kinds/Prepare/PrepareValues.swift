import ColophonCore
import ColophonData

/// What value paths lead to in a prepare cell, beside those of a dataset.
enum PrepareValues {
  static let patterns: [PathPattern] = ["source", "steps[*].**"]

  /// `source`, the digest of the data before, and `steps[i]` with its name, the rows and features
  /// after it, and what it learned, such as `steps[0].mean.AGE`.
  static func values(
    _ reports: [PreparationRecipe.StepReport],
    source: Digest?
  ) -> [String: Value] {
    let steps = reports.map { report -> Value in
      var members = report.fitted.learned
      members["step"] = .string(type(of: report.fitted).name)
      members["features"] = .integer(report.features)
      // A step may tell rows of its own.
      if members["rows"] == nil { members["rows"] = .integer(report.rows) }
      return .object(members)
    }
    var values: [String: Value] = ["steps": .array(steps)]
    if let source { values["source"] = .string(source.description) }
    return values
  }
}
