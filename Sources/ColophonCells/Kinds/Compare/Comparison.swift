import ColophonCore
import ColophonEvaluation

/// What comparing some models found; its values, words and pictures are made of this alone.
struct Comparison {
  /// One challenger beside the baseline.
  struct Entry {
    var name: String
    var value: Double?
    var evidence: PairedEvidence
    /// The p-values, raised for the number of challengers.
    var pValue: Double?
    var nonInferiority: Double?
    var verdict: ComparisonVerdict
  }

  let subjects: ComparedSubjects
  let settings: ComparisonSettings
  let test: any ComparisonTest
  let baseline: String
  let baselineValue: Double?
  let entries: [Entry]
  /// The model of the best value; the first of equal ones.
  let best: String

  init(_ cell: CompareKind, _ subjects: ComparedSubjects, in workshop: Workshop) throws {
    let place = cell.baseline.flatMap { subjects.names.firstIndex(of: $0.value) } ?? 0
    let kind = try Comparison.test(cell, subjects)
    let test = kind.init(
      ComparisonOptions(
        level: cell.settings.level,
        margin: cell.settings.margin,
        bootstrap: Bootstrap(kind: cell.settings.bounds, resamples: cell.settings.resamples),
        form: cell.settings.form,
        threads: workshop.threads,
        stream: { workshop.random(for: "bootstrap", index: $0) }
      )
    )
    let others = subjects.names.indices.filter { $0 != place }
    let evidence: [PairedEvidence]
    do {
      evidence = try test.evidence(
        for: others.map { subjects.subjects[$0] },
        beside: subjects.subjects[place],
        in: subjects.metric
      )
    } catch let fault {
      throw CellFailure(fault.message, hint: fault.hint, field: "test")
    }
    let correction = cell.settings.correction
    let pValues = correction.adjust(evidence.map { $0.pValue })
    let margins = correction.adjust(evidence.map { $0.nonInferiority })
    let sense = subjects.metric.sense ?? 1
    entries = others.indices.map { index in
      Entry(
        name: subjects.names[others[index]],
        value: subjects.values[others[index]],
        evidence: evidence[index],
        pValue: pValues[index],
        nonInferiority: margins[index],
        verdict: ComparisonVerdict(
          difference: evidence[index].difference,
          pValue: pValues[index],
          nonInferiority: margins[index],
          sense: sense,
          level: cell.settings.level
        )
      )
    }
    self.subjects = subjects
    settings = cell.settings
    self.test = test
    baseline = subjects.names[place]
    baselineValue = subjects.values[place]
    best = Comparison.best(subjects)
  }

  /// The named test, else the one that suits the metric.
  private static func test(
    _ cell: CompareKind,
    _ subjects: ComparedSubjects
  ) throws -> any ComparisonTest.Type {
    guard let name = cell.test?.value, let named = comparisonTests[name] else {
      if subjects.folds != nil { return ResampledTTest.self }
      if subjects.isWeighted { return BootstrapTest.self }
      let suitable: [any ComparisonTest.Type] = [DeLongTest.self, McNemarTest.self]
      return suitable.first { $0.objection(to: subjects.metric) == nil } ?? BootstrapTest.self
    }
    if let objection = named.objection(to: subjects.metric) {
      throw CellFailure(
        "'\(subjects.metric.name)' \(objection)",
        hint: "take 'test: bootstrap', which compares any metric",
        field: "test"
      )
    }
    return named
  }

  private static func best(_ subjects: ComparedSubjects) -> String {
    let sense = subjects.metric.sense ?? 1
    var best: (name: String, gain: Double)?
    for (name, value) in zip(subjects.names, subjects.values) {
      guard let value, sense * value > best?.gain ?? -.infinity else { continue }
      best = (name, sense * value)
    }
    return best?.name ?? subjects.names[0]
  }

  /// The challenger that the cell's own `difference` and `p_value` speak of: the best of them.
  var leading: Entry {
    let sense = subjects.metric.sense ?? 1
    var leading = entries[0]
    for entry in entries.dropFirst() {
      guard let value = entry.value else { continue }
      if leading.value.map({ sense * value > sense * $0 }) ?? true { leading = entry }
    }
    return leading
  }

  var kind: any ComparisonTest.Type { type(of: test) }

  func isSignificant(_ entry: Entry) -> Bool? {
    entry.pValue.map { $0 < 1 - settings.level }
  }

  func isNonInferior(_ entry: Entry) -> Bool? {
    entry.nonInferiority.map { $0 < (1 - settings.level) / 2 }
  }
}

extension Comparison {
  /// What value paths lead to.
  var values: [String: Value] {
    var values = self.values(of: leading)
    values["best"] = .string(best)
    values["baseline"] = .string(baseline)
    values["metric"] = .string(subjects.metric.name)
    values["test"] = .string(kind.name)
    values["rows"] = .integer(subjects.rows)
    values["challenger_count"] = .integer(entries.count)
    if let folds = subjects.folds { values["fold_count"] = .integer(folds) }
    values["value"] = .object(
      Dictionary(uniqueKeysWithValues: zip(subjects.names, subjects.values.map { number($0) }))
    )
    var challengers: [String: Value] = [:]
    for entry in entries {
      var own = self.values(of: entry)
      own["value"] = number(entry.value)
      if let discordance = entry.evidence.discordance {
        own["baseline_alone_right"] = .integer(discordance.baselineAlone)
        own["challenger_alone_right"] = .integer(discordance.challengerAlone)
      }
      challengers[entry.name] = .object(own)
    }
    values["challenger"] = .object(challengers)
    return values
  }

  private func values(of entry: Entry) -> [String: Value] {
    var values: [String: Value] = [
      "difference": number(entry.evidence.difference),
      "low": number(entry.evidence.interval?.low),
      "high": number(entry.evidence.interval?.high),
      "p_value": number(entry.pValue),
      "raw_p_value": number(entry.evidence.pValue),
      "significant": isSignificant(entry).map { .boolean($0) } ?? .null,
      "verdict": .string(entry.verdict.rawValue),
    ]
    if let statistic = entry.evidence.statistic { values["statistic"] = number(statistic) }
    if settings.margin != nil {
      values["non_inferior"] = isNonInferior(entry).map { .boolean($0) } ?? .null
      values["non_inferiority_p_value"] = number(entry.nonInferiority)
    }
    return values
  }

  private func number(_ value: Double?) -> Value { value.map { .number($0) } ?? .null }
}
