import ColophonCore
import ColophonEvaluation

/// How wide the intervals about metrics are, and how they are come by.
struct ConfidenceRecipe: Hashable, Sendable {
  /// What yields the bounds.
  enum Method: String, Hashable, Sendable, CaseIterable {
    /// Resampling the rows: for every metric.
    case bootstrap
    /// From the placements of the rows: for `roc_auc` and `gini`.
    case delong
  }

  var method: Method
  var level: Double
  var resamples: Int
  var bounds: String

  init(reading fields: inout FieldReader) {
    let name = fields.choice(
      "method",
      of: Method.allCases.map { $0.rawValue },
      default: Method.bootstrap.rawValue,
      "`bootstrap` for every metric, or `delong` for `roc_auc` and `gini`."
    )
    method = Method(rawValue: name) ?? .bootstrap
    level = fields.number(
      "level",
      in: .open(0, 1),
      default: 0.95,
      "The share of such intervals that hold the truth."
    )
    resamples = fields.integer(
      "resamples",
      in: 100...1_000_000,
      default: 2_000,
      "How often the rows are drawn anew."
    )
    let choices = method == .bootstrap ? ["bca", "percentile"] : ["plain", "logit"]
    bounds = fields.choice(
      "bounds",
      of: fields.isBlank ? ["bca", "percentile", "plain", "logit"] : choices,
      default: choices[0],
      "How bounds are computed: `bca` (bias-corrected and accelerated) or `percentile` for "
        + "bootstrap, `plain` or `logit` for delong."
    )
  }

  /// The method in words, for the report.
  var words: String {
    let percent = "\(NumberFormat.standard(.number(level * 100))) %"
    switch (method, bounds) {
    case (.bootstrap, "bca"):
      return
        "\(percent) intervals: bias-corrected and accelerated bootstrap, \(resamples) resamples"
    case (.bootstrap, _):
      return "\(percent) intervals: percentile bootstrap, \(resamples) resamples"
    case (.delong, "logit"): return "\(percent) intervals: DeLong, on the logit scale"
    case (.delong, _): return "\(percent) intervals: DeLong"
    }
  }
}
