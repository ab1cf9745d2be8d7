import ColophonCore
import ColophonEvaluation

/// A comparison in sentences: what the evidence supports, and what it does not.
extension Comparison {
  /// One paragraph for each challenger.
  var paragraphs: [String] { entries.map { paragraph($0) } }

  private func paragraph(_ entry: Entry) -> String {
    guard let difference = entry.evidence.difference else {
      return "Of '\(entry.name)' and '\(baseline)' nothing can be said: \(subjects.metric.name) is "
        + "undefined where \(subjects.metric.undefined)."
    }
    let opening = "\(finding(entry, difference))\(certainty(entry))."
    return [opening, conclusion(entry)].joined(separator: " ")
  }

  private func finding(_ entry: Entry, _ difference: Double) -> String {
    let name = subjects.metric.name
    if difference == 0 { return "'\(entry.name)' and '\(baseline)' have the same \(name)" }
    let side = difference > 0 ? "higher" : "lower"
    return
      "The \(name) of '\(entry.name)' is \(written(difference.magnitude)) \(side) than that of "
      + "'\(baseline)'"
  }

  private func certainty(_ entry: Entry) -> String {
    var parts: [String] = []
    if let interval = entry.evidence.interval {
      parts.append(
        "\(percent) interval of the difference \(written(interval.low)) to \(written(interval.high))"
      )
    }
    if let pValue = entry.pValue { parts.append(Comparison.words(ofP: pValue)) }
    return parts.isEmpty ? "" : " (" + parts.joined(separator: ", ") + ")"
  }

  private func conclusion(_ entry: Entry) -> String {
    let margin = settings.margin.map { written($0) } ?? ""
    switch entry.verdict {
    case .better: return "That is better by more than chance explains."
    case .worse:
      return settings.margin == nil
        ? "That is worse by more than chance explains."
        : "That is worse by more than chance explains, and may be worse by the margin of \(margin)."
    case .worseWithinMargin:
      return "That is worse by more than chance explains, but by less than the margin of \(margin)."
    case .nonInferior:
      return
        "It is shown to be no worse than the margin of \(margin) allows; it is not shown to be "
        + "better."
    case .undecided:
      return undecided(entry)
        + (settings.margin == nil
          ? "" : " Nor is it shown that it is no worse than the margin of \(margin) allows.")
    case .undefined:
      return "How much of it is chance can't be told: the test finds no spread to judge it by."
    }
  }

  private func undecided(_ entry: Entry) -> String {
    guard let alone = entry.evidence.pValue, alone < 1 - settings.level else {
      return "That shows no difference: chance would explain as much." + range(entry)
    }
    return "By itself that would count (\(Comparison.words(ofP: alone))), but \(entries.count) "
      + "challengers were tried, and chance had as many tries: raised for that, it shows no difference."
  }

  private func range(_ entry: Entry) -> String {
    guard let interval = entry.evidence.interval, interval.low < interval.high else {
      return " That is no proof that they are equal."
    }
    return
      " Nor does it show that they are equal: true differences from \(written(interval.low)) to "
      + "\(written(interval.high)) are compatible with these \(subjects.folds == nil ? "rows" : "folds")."
  }

  var percent: String { "\(NumberFormat.standard(.number(settings.level * 100))) %" }

  /// A difference as it is printed everywhere.
  func written(_ number: Double) -> String {
    guard number.isFinite else { return NumberFormat.standard(.number(number)) }
    switch subjects.metric.format {
    case .fixed: return DecimalText.fixed(number, decimals: 4)
    default: return DecimalText.general(number, digits: 4)
    }
  }

  static func words(ofP value: Double) -> String {
    value < 0.001 ? "p < 0.001" : "p = \(DecimalText.general(value, digits: 2))"
  }
}

extension ComparisonVerdict {
  /// The verdict in a cell of a table.
  var words: String {
    switch self {
    case .better: "better"
    case .worse: "worse"
    case .nonInferior: "no worse than the margin"
    case .worseWithinMargin: "worse, within the margin"
    case .undecided: "no difference shown"
    case .undefined: "undefined"
    }
  }
}
