import ColophonCore
import ColophonData
import ColophonEvaluation

extension BiasKind {
  static func split(_ fields: inout FieldReader) -> Split? {
    let name = fields.choice(
      "split",
      of: Split.allCases.map { $0.rawValue } + ["all"],
      default: Split.test.rawValue,
      "Which rows of the data are audited; `all` takes every row that is in a split."
    )
    return Split(rawValue: name)
  }

  static func places(_ fields: FieldReader) -> [String: SourcePosition] {
    var places: [String: SourcePosition] = [:]
    for field in [
      "model", "predictions", "data", "split", "facet", "label_positive", "group", "features",
    ] {
      guard let node = fields.peek(field) else { continue }
      places[field] = node.position
      places.merge(node.placesInside(field)) { first, _ in first }
    }
    return places
  }

  static func facet(_ fields: inout FieldReader) -> FacetRecipe? {
    var blank = FieldReader()
    _ = FacetRecipe(reading: &blank)
    guard
      let node = fields.node(
        "facet",
        .section(blank.fields),
        required: true,
        "The column that tells groups apart, and which of its values form the disadvantaged group."
      )
    else { return nil }
    guard let entries = node.entries else {
      let form =
        node.isScalar ? "{column: \(node.text), values: [GROUP]}" : "{column: …, values: …}"
      fields.report(.facetForm("a map: \(form)", at: node.position))
      return nil
    }
    var reader = FieldReader(entries, context: "'facet'", at: node.position)
    let facet = FacetRecipe(reading: &reader)
    reader.finish()
    fields.absorb(reader)
    fields.resolve("facet", to: .object(reader.configuration))
    return facet
  }

  /// One source and no more.
  static func source(
    _ fields: inout FieldReader,
    model: Located<String>?,
    data: Located<String>?,
    file: PredictionsFile?
  ) -> Source? {
    if fields.isBlank { return nil }
    switch (model, file) {
    case (nil, nil):
      if let data { return .data(data) }
      if !["model", "predictions", "data"].contains(where: { fields.has($0) }) {
        fields.report(.biasSource([], at: fields.position))
      }
      return nil
    case (.some, .some):
      fields.report(.biasSource(["both"], at: fields.position(of: "predictions")))
      return nil
    case (.some(let model), nil): return .model(model, data: data)
    case (nil, .some(let file)):
      for field in ["data", "split"] where fields.has(field) {
        fields.report(.onlyWithModel(field, at: fields.position(of: field)))
      }
      return .file(file)
    }
  }
}

/// How wide the intervals about bias metrics are.
struct BiasIntervals: Hashable, Sendable {
  static let documentation =
    "Bootstrap intervals about every metric; the flip test's bounds are percentiles about its value, "
    + "since neighbours that are drawn twice move all resamples to one side."

  var bootstrap: Bootstrap

  init(reading fields: inout FieldReader) {
    let level = fields.number(
      "level",
      in: .open(0, 1),
      default: 0.95,
      "The share of such intervals that hold the truth."
    )
    let resamples = fields.integer(
      "resamples",
      in: 100...1_000_000,
      default: 1_000,
      "How often the rows are drawn anew."
    )
    let kind = fields.choice(
      "bounds",
      of: Bootstrap.Kind.allCases.map { $0.rawValue },
      default: Bootstrap.Kind.bca.rawValue,
      "`bca` (bias-corrected and accelerated) or `percentile`."
    )
    bootstrap = Bootstrap(kind: .init(rawValue: kind) ?? .bca, level: level, resamples: resamples)
  }

  /// "95 % intervals: bias-corrected and accelerated bootstrap, 1,000 resamples".
  var words: String {
    let percent = "\(NumberFormat.standard(.number(bootstrap.level * 100))) %"
    let kind = bootstrap.kind == .bca ? "bias-corrected and accelerated" : "percentile"
    return
      "\(percent) intervals: \(kind) bootstrap, \(DecimalText.grouped(String(bootstrap.resamples))) "
      + "resamples"
  }
}
