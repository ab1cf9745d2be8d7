import ColophonCore
import ColophonData
import ColophonEvaluation

/// Which rows have, and which are predicted, the answer that is good for whom it is about.
struct GoodAnswer {
  let labels: [Bool]
  /// Nil where nothing is predicted.
  let predictions: [Bool]?
  /// "income is above 50000".
  let words: String

  init(_ input: AuditInput, _ selection: Selection?, threshold: Double) throws {
    switch input.answers {
    case .binary(let actual, let scores, let isHard):
      let good = try GoodAnswer.classes(selection, input.classes, standard: 1)
      labels = actual.map { good.contains($0) }
      let bound = isHard ? 0.5 : threshold
      predictions = scores.map { $0.map { good.contains($0 >= bound ? 1 : 0) } }
      words = Selection.list(good.sorted().map { input.classes[$0] })
    case .multiclass(let actual, let predicted):
      let good = try GoodAnswer.classes(selection, input.classes, standard: nil)
      labels = actual.map { good.contains($0) }
      predictions = predicted.map { $0.map { good.contains($0) } }
      words = Selection.list(good.sorted().map { input.classes[$0] })
    case .numbers(let actual, let predicted):
      guard case .ranges(let ranges, _) = selection else {
        throw CellFailure(
          "numbers need a range that is good for whom they are about",
          hint: "such as 'label_positive: {above: 50000}'",
          field: "label_positive"
        )
      }
      func isGood(_ number: Double) -> Bool { ranges.contains { $0.contains(number) } }
      labels = actual.map(isGood)
      predictions = predicted.map { $0.map(isGood) }
      words = ranges.map { $0.description }.joined(separator: ", or ")
    }
  }

  /// The positions of the good classes.
  private static func classes(
    _ selection: Selection?,
    _ classes: [String],
    standard: Int?
  ) throws -> Set<Int> {
    guard case .values(let values) = selection else {
      if selection == nil, let standard { return [standard] }
      throw CellFailure(
        selection == nil
          ? "several classes don't tell which is good for whom it is about"
          : "labels have no range",
        hint: "name the good labels: 'label_positive: [LABEL, …]'",
        field: "label_positive"
      )
    }
    let found = try values.enumerated().map { index, value -> Int in
      let level = Selection.level(value.value, among: classes)
      if let place = level.flatMap({ classes.firstIndex(of: $0) }) { return place }
      throw CellFailure(
        "'\(value.value)' is none of the labels",
        hint: Suggestion.hint(for: value.value, among: classes),
        field: values.count == 1 ? "label_positive" : "label_positive[\(index)]"
      )
    }
    guard Set(found).count < classes.count else {
      throw CellFailure(
        "every label is a positive one, so that nobody is rejected",
        field: "label_positive"
      )
    }
    return Set(found)
  }
}
