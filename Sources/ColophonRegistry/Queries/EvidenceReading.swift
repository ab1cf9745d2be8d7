package import ColophonCore

/// One value of the evidence for a version, with its interval where it has one.
package struct EvidenceReading: Hashable, Sendable {
  /// The cell that found it, and the cell's kind.
  package var cell: String
  package var kind: String
  /// The way to the value within the cell.
  package var path: String
  package var value: Value
  /// Both ends.
  package var interval: [Double]?

  /// Whether it measures the model by itself.
  package var isMetric: Bool { EvidenceReading.metricKinds.contains(kind) }

  /// Whether it belongs to a part of the rows.
  package var isOfSlice: Bool { path.hasPrefix("slice.") }

  /// Kinds whose values are metrics of one model.
  static let metricKinds = ["evaluate", "crossvalidate"]

  /// The kind whose values come from models that are tested beside each other.
  package static let testKind = "compare"

  /// Of a test's values those that say how it ended.
  package static let outcomes = [
    "best", "difference", "metric", "non_inferior", "non_inferiority_p_value", "p_value",
    "significant", "verdict",
  ]
}

extension VersionContent {
  /// What the cells that judge the version found, cell by cell in the author's order.
  ///
  /// Intervals stand with their values; curves, folds and counts of confusion are left out.
  package var readings: [EvidenceReading] {
    evaluation.flatMap { name -> [EvidenceReading] in
      guard let node = self[cell: name] else { return [] }
      return VersionContent.readings(of: node)
    }
  }

  private static func readings(of node: LineageNode) -> [EvidenceReading] {
    var values: [String: Value] = [:]
    scalars(node.values, under: "") { values[$0] = $1 }
    var ends: Set<String> = []
    let found = values.keys.sorted().compactMap { path -> EvidenceReading? in
      guard let value = values[path] else { return nil }
      let interval = places(path).lazy.compactMap { low, high -> [Double]? in
        guard let a = values[low]?.asNumber, let b = values[high]?.asNumber else { return nil }
        ends.formUnion([low, high])
        return [a, b]
      }.first
      return EvidenceReading(
        cell: node.name,
        kind: node.kind,
        path: path,
        value: value,
        interval: interval
      )
    }
    return found.filter { reading in
      let segments = reading.path.split(separator: ".")
      return !ends.contains(reading.path) && !segments.contains("ci")
        && !segments.contains("confusion")
    }
  }

  /// Where the ends of a value's interval may stand: `ci.M`, `slice.C.V.ci.M`, or beside a
  /// `difference`.
  private static func places(_ path: String) -> [(String, String)] {
    var places = [("ci.\(path).low", "ci.\(path).high")]
    let segments = path.split(separator: ".", omittingEmptySubsequences: false)
    if segments.first == "slice", segments.count > 3 {
      let start = segments.prefix(3).joined(separator: ".")
      let rest = segments.dropFirst(3).joined(separator: ".")
      places.append(("\(start).ci.\(rest).low", "\(start).ci.\(rest).high"))
    }
    if segments.last == "difference" {
      let start = segments.dropLast().map { "\($0)." }.joined()
      places.append(("\(start)low", "\(start)high"))
    }
    return places
  }
}
