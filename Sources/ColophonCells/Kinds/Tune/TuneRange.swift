package import ColophonCore
package import ColophonTuning

/// One range of a tuning, as it is written.
package struct TuneRange: Sendable {
  package var range: ParameterRange
  package var name: Located<String>
  /// Values to try in the template, so that what it can't take is found before anything runs.
  var samples: [Node]
  /// Grid: how many points of a range, or which.
  package var gridSize: Int?
  package var gridValues: [Value]?
  /// Where the fields stand.
  var places: [String: SourcePosition]

  /// How many points a grid has of it.
  var gridCount: Int { gridValues?.count ?? gridSize ?? range.count ?? 5 }
}

extension FieldReader {
  /// `ranges: {NAME: {type, min, max, scaling, values, size, when}}`, in the order of the text.
  mutating func tuneRanges(isGrid: Bool) -> [TuneRange] {
    var blank = FieldReader()
    _ = blank.tuneRange(Located("", at: blank.position), isGrid: true)
    let found = map(
      "ranges",
      of: .section(blank.fields),
      required: true,
      "Where each tuned hyperparameter may lie; a path such as optimizer.learning_rate leads to a "
        + "field of the train cell itself."
    ) { fields, entry -> TuneRange? in
      guard let entries = entry.value.entries else {
        fields.report(.wrongType(entry.key, expected: "a map", found: entry.value))
        return nil
      }
      var inner = FieldReader(
        entries,
        context: "the range of '\(entry.key)'",
        at: entry.value.position
      )
      let range = inner.tuneRange(Located(entry.key, at: entry.keyPosition), isGrid: isGrid)
      inner.finish()
      fields.absorb(inner)
      return range
    }
    let ranges = found.map { $0.value }
    if let entries = peek("ranges")?.entries {
      // The order counts: a grid is walked in it.
      resolve("ranges", to: .array(entries.map { [.string($0.key), $0.value.value] }))
      if entries.isEmpty { report(.noRanges(at: position(of: "ranges"))) }
      if entries.count > SearchSpace.limit {
        report(.tooManyRanges(entries.count, at: entries[SearchSpace.limit].keyPosition))
      }
    }
    return ordered(ranges)
  }

  /// One range, from its own map.
  private mutating func tuneRange(_ name: Located<String>, isGrid: Bool) -> TuneRange? {
    let type = choice(
      "type",
      of: ["continuous", "integer", "categorical"],
      required: true,
      "What kind of values there are."
    )?.value
    let lower: Double? = number("min", in: .finite, "The least value, included.")
    let upper: Double? = number("max", in: .finite, "The greatest value, included.")
    let word = choice(
      "scaling",
      of: Scaling.allCases.map { $0.rawValue },
      default: Scaling.automatic.rawValue,
      "How the range is spread: Auto is logarithmic from a factor of 100 on."
    )
    let values = node("values", .list(.any), "The values of a categorical range, or of a grid's.")
    let size: Int? = integer(
      "size",
      in: 1...10_000,
      "Grid: how many points of the range, evenly on its scale; 5 unless given."
    )
    let condition = rangeCondition()
    guard !isBlank, let type else { return nil }
    if size != nil, !isGrid { report(.onlyForGrid("size", at: position(of: "size"))) }
    var range = TuneRange(
      range: ParameterRange(name.value, .categorical([]), when: condition),
      name: name,
      samples: [],
      gridSize: size,
      places: places(of: ["type", "min", "max", "scaling", "values", "size", "when"])
    )
    if type == "categorical" {
      guard let items = categories(values) else { return nil }
      for field in ["min", "max", "scaling", "size"] where has(field) {
        report(.notForCategories(field, at: position(of: field)))
      }
      range.range.kind = .categorical(items.map { $0.value })
      range.samples = items
      return range
    }
    if let values, isGrid {
      let items = values.items ?? [values]
      range.gridValues = items.map { $0.value }
      range.samples = items
    } else if values != nil {
      report(.onlyForGrid("values", at: position(of: "values")))
    }
    guard let bounds = bounds(lower, upper, range.gridValues) else { return nil }
    let scaling = Scaling(rawValue: word) ?? .automatic
    let isInteger = type == "integer"
    if let fault = scaling.fault(bounds.0, bounds.1, isInteger: isInteger) {
      report(.scaling(fault, at: position(of: "scaling")))
      return nil
    }
    return numeric(range, bounds, scaling, isInteger: isInteger)
  }

  private func numeric(
    _ range: TuneRange,
    _ bounds: (Double, Double),
    _ scaling: Scaling,
    isInteger: Bool
  ) -> TuneRange? {
    var range = range
    let ends = [("min", bounds.0), ("max", bounds.1)]
    if isInteger {
      guard let lower = Int(exactly: bounds.0), let upper = Int(exactly: bounds.1) else {
        return nil
      }
      range.range.kind = .integer(lower: lower, upper: upper, scaling)
      if range.samples.isEmpty {
        range.samples = ends.map { Node(.integer(Int($1)), at: position(of: $0)) }
      }
      return range
    }
    range.range.kind = .continuous(lower: bounds.0, upper: bounds.1, scaling)
    if range.samples.isEmpty {
      let inner = bounds.0 + (bounds.1 - bounds.0) * 0.381966
      range.samples = ends.map { Node(.number($1), at: position(of: $0)) }
      if bounds.0 < bounds.1 {
        range.samples.append(Node(.number(inner), at: position(of: "type"), length: 10))
      }
    }
    return range
  }

  /// Both ends, in order; for a grid of written values theirs.
  private mutating func bounds(
    _ lower: Double?,
    _ upper: Double?,
    _ values: [Value]?
  ) -> (Double, Double)? {
    let numbers = values?.compactMap { $0.asNumber }
    if let numbers, numbers.count != values?.count || numbers.isEmpty {
      report(.scaling("the values of a range must be numbers", at: position(of: "values")))
      return nil
    }
    let low = lower ?? numbers?.min()
    let high = upper ?? numbers?.max()
    for (name, end) in [("min", low), ("max", high)] where end == nil {
      if !has(name) { report(.noBound(name, in: context, at: position)) }
    }
    guard let low, let high else { return nil }
    guard low <= high else {
      report(.emptyRange(low, high, at: position(of: "max")))
      return nil
    }
    if peek("type")?.text == "integer" {
      for (name, end) in [("min", low), ("max", high)] where end != end.rounded() {
        report(.scaling("an integer range has whole ends", at: position(of: name)))
        return nil
      }
    }
    return (low, high)
  }

  private mutating func categories(_ node: Node?) -> [Node]? {
    guard let items = node?.items, !items.isEmpty else {
      report(.noCategories(at: node?.position ?? position))
      return nil
    }
    var seen: [Value] = []
    for item in items {
      if seen.contains(item.value) {
        report(.sameCategory(item))
        return nil
      }
      seen.append(item.value)
    }
    return items
  }

  /// `when: {OTHER: value or values}`.
  private mutating func rangeCondition() -> RangeCondition? {
    let documentation =
      "The hyperparameter counts only where another, categorical one has one of these values: "
      + "{kernel: rbf}."
    guard let node = node("when", .map(.any), documentation) else { return nil }
    guard let entry = node.entries?.first, node.entries?.count == 1 else {
      report(.wrongType("when", expected: "a map of one hyperparameter", found: node))
      return nil
    }
    let values = (entry.value.items ?? [entry.value]).map { $0.value }
    return RangeCondition(entry.key, in: values)
  }

  private func places(of names: [String]) -> [String: SourcePosition] {
    var places: [String: SourcePosition] = [:]
    for name in names { places[name] = peek(name)?.position }
    return places
  }

  /// The ranges with each after the one that its condition asks; what can't be asked is reported.
  private mutating func ordered(_ ranges: [TuneRange]) -> [TuneRange] {
    var left = ranges
    var done: [TuneRange] = []
    while !left.isEmpty {
      let next = left.firstIndex { range in
        range.range.condition.map { condition in
          done.contains { $0.name.value == condition.parameter }
        } ?? true
      }
      guard let next else { break }
      done.append(left.remove(at: next))
    }
    for range in left { report(.unaskable(range, among: ranges)) }
    for range in done {
      guard let condition = range.range.condition,
        let other = done.first(where: { $0.name.value == condition.parameter })
      else { continue }
      guard case .categorical(let values) = other.range.kind,
        condition.values.allSatisfy({ values.contains($0) })
      else {
        report(.unaskable(range, among: ranges))
        continue
      }
    }
    return done
  }
}
