import ColophonCore
import ColophonEvaluation
import ColophonReport

/// What an audit shows: the verdict in words, the rates by group, every metric with its direction.
enum BiasExhibits {
  static func exhibits(_ audit: BiasAudit) -> [Exhibit] {
    var exhibits: [Exhibit] = [.facts(facts(audit)), .text(words(audit)), selection(audit)]
    if audit.counts.hasPredictions, let chart = errors(audit) { exhibits.append(chart) }
    exhibits.append(.table(groups(audit)))
    if let chart = differences(audit) { exhibits.append(chart) }
    for stage in BiasMetric.Stage.allCases {
      if let table = metrics(audit, stage) { exhibits.append(.table(table)) }
    }
    return exhibits
  }

  private static func facts(_ audit: BiasAudit) -> [Fact] {
    let all = audit.counts.all.rows
    var facts = [
      Fact("rows", NumberFormat.standard(.integer(audit.rows.count)), note: audit.origin),
      Fact(
        "group",
        audit.facet.words,
        note: percent(audit.counts.disadvantaged.rows / all) + " of the rows"
      ),
      Fact("good outcome", audit.outcome),
    ]
    if let group = audit.group { facts.append(Fact("compared within", group)) }
    if audit.leftOut > 0 {
      facts.append(
        Fact(
          "left out",
          NumberFormat.standard(.integer(audit.leftOut)),
          note: "no value of the facet or the group variable"
        )
      )
    }
    if let holds = audit.holdsFourFifths {
      facts.append(Fact("four-fifths rule", holds ? "met" : "not met"))
    }
    return facts
  }

  static func percent(_ share: Double) -> String {
    DecimalText.fixed(share * 100, decimals: 1) + "\u{202F}%"
  }

  /// The rates and their ratio, for whoever reads nothing else.
  private static func words(_ audit: BiasAudit) -> String {
    let (d, a) = (audit.counts.disadvantaged, audit.counts.others)
    let isPredicted = audit.counts.hasPredictions
    func part(_ group: BiasCounts.Group) -> String {
      let good = isPredicted ? group.accepted : group.positive
      return "\(count(good)) of \(count(group.rows)) (\(percent(good / group.rows)))"
    }
    let verb = isPredicted ? "are predicted" : "are labelled"
    let start =
      "Of the group whose \(audit.facet.words), \(part(d)) \(verb) “\(audit.outcome)”; of all "
      + "others \(part(a))."
    guard isPredicted else { return start }
    guard let measure = audit["DI"], let impact = measure.value else {
      return start + " None of the others is, so that the two rates have no ratio."
    }
    let interval = measure.interval.map {
      ", with a \(percentLevel(audit)) interval from \(fixed($0.low)) to \(fixed($0.high))"
    }
    let verdict =
      impact < 0.8
      ? "below the four fifths (0.8) that are a common sign of adverse impact"
      : impact > 1.25
        ? "above five fourths (1.25): it is the others who fall short of four fifths"
        : "within the four fifths (0.8) to five fourths (1.25) that are commonly accepted"
    return start + " The ratio of the two rates, the disparate impact, is \(fixed(impact))"
      + "\(interval ?? ""): \(verdict)."
  }

  private static func percentLevel(_ audit: BiasAudit) -> String {
    "\(NumberFormat.standard(.number(audit.intervals.bootstrap.level * 100)))\u{202F}%"
  }

  private static func fixed(_ value: Double) -> String { DecimalText.fixed(value, decimals: 3) }

  static func count(_ weight: Double) -> String {
    Int(exactly: weight).map { DecimalText.grouped(String($0)) }
      ?? NumberFormat.standard(.number(weight))
  }

  static func number(_ value: Double?, _ format: NumberFormat = .general(4)) -> TableCell {
    value.map { .number($0, format) } ?? .missing
  }
}
