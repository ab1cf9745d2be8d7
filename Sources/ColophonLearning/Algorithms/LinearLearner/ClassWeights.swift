import ColophonCore

/// By how much the rows of each class count.
package enum ClassWeights: Hashable, Sendable {
  /// Every row counts by its own weight.
  case none
  /// Every class counts alike: the sum of weights over classes × the class's sum of weights.
  case balanced
  /// These, by label; classes that are not named count 1.
  case map([String: Double])

  /// Each class's factor.
  ///
  /// - Throws: `TrainingFault` for a label that the data does not have.
  func factors(_ classes: [String], labels: [Int], shares: [Double]) throws -> [Double] {
    switch self {
    case .none: return classes.map { _ in 1 }
    case .balanced:
      var sums = classes.map { _ in 0.0 }
      for (label, share) in zip(labels, shares) { sums[label] += share }
      let present = Double(sums.filter { $0 > 0 }.count)
      return sums.map { $0 > 0 ? 1 / (present * $0) : 0 }
    case .map(let weights):
      let unknown = weights.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        .first { !classes.contains($0) }
      if let unknown { throw TrainingFault.classWeightUnknown(unknown, known: classes) }
      return classes.map { weights[$0] ?? 1 }
    }
  }
}

extension FieldReader {
  /// `class_weight`: `balanced`, or a map from labels to weights.
  mutating func classWeights() -> ClassWeights {
    let documentation =
      "By how much the rows of each class count: 'balanced' for all classes alike, or a map from "
      + "labels to weights above 0."
    let type = FieldType.union([.choice(["balanced"]), .map(.number(.above(0)))])
    guard let node = node("class_weight", type, documentation) else { return .none }
    if node.isScalar, node.text == "balanced" { return .balanced }
    guard let entries = node.entries else {
      report(.wrongType("class_weight", expected: "'balanced' or a map from labels", found: node))
      resolve("class_weight", to: nil)
      return .none
    }
    var weights: [String: Double] = [:]
    for entry in entries {
      let value = entry.value.value.asNumber ?? .nan
      if value > 0, value.isFinite {
        weights[entry.key] = value
      } else {
        report(.wrongType("class_weight", expected: "a number above 0", found: entry.value))
      }
    }
    return .map(weights)
  }
}
