import ColophonCore
import ColophonEvaluation

/// How sure a comparison must be, and what each test asks for besides.
struct ComparisonSettings: Sendable {
  var level: Double
  var margin: Double?
  var correction: Multiplicity
  var resamples: Int
  var bounds: Bootstrap.Kind
  var form: McNemarTest.Form
  var threshold: Double

  init(reading fields: inout FieldReader, test: Located<String>?) {
    level = fields.number(
      "level",
      in: .open(0, 1),
      default: 0.95,
      "The share of such intervals that hold the true difference; a difference is significant where "
        + "its p-value is below one minus this."
    )
    margin = fields.number(
      "margin",
      in: .atLeast(0),
      "By how much, in the metric's unit, a challenger may be worse and still count as no worse."
    )
    correction =
      Multiplicity(
        rawValue: fields.choice(
          "correction",
          of: Multiplicity.allCases.map { $0.rawValue },
          default: Multiplicity.holm.rawValue,
          "How the p-values of several challengers are raised."
        )
      ) ?? .holm
    resamples = fields.integer(
      "resamples",
      in: 100...1_000_000,
      default: 2_000,
      "How often a bootstrap draws the rows anew."
    )
    bounds =
      Bootstrap.Kind(
        rawValue: fields.choice(
          "bounds",
          of: Bootstrap.Kind.allCases.map { $0.rawValue },
          default: Bootstrap.Kind.bca.rawValue,
          "How a bootstrap's bounds and p-values are read: `bca` is bias-corrected and accelerated."
        )
      ) ?? .bca
    form =
      McNemarTest.Form(
        rawValue: fields.choice(
          "form",
          of: McNemarTest.Form.allCases.map { $0.rawValue },
          default: McNemarTest.Form.exact.rawValue,
          "How McNemar's p-value is computed."
        )
      ) ?? .exact
    threshold = fields.number(
      "threshold",
      in: .finite,
      default: 0.5,
      "For metrics of predicted labels: a binary row counts as predicted positive where its score is "
        + "at least this."
    )
    if let test {
      for (field, owner) in [
        ("resamples", BootstrapTest.name), ("bounds", BootstrapTest.name),
        ("form", McNemarTest.name),
      ] where fields.has(field) && test.value != owner {
        fields.report(
          .meaninglessForTest(field, of: owner, test: test.value, at: fields.position(of: field))
        )
      }
    }
  }
}
