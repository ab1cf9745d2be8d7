import ColophonCore
import ColophonData
import ColophonEvaluation
import Foundation
import Testing

/// Against scikit-learn; see Fixtures/make/clusters.py.
@Suite struct ClusterMetricFixtures {
  /// Sums are taken in another order.
  static let tolerance = 1e-12

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static func file(_ name: String) -> Value? {
    guard let data = try? Data(contentsOf: folder.appendingPathComponent("Fixtures/\(name)"))
    else { return nil }
    return try? Value(json: data)
  }
  private static let data = file("linear.json")?["data"]
  static let measures = file("clusters.json")?["measures"]?.asArray ?? []

  private func numbers(_ value: Value?) throws -> [Double] {
    try #require(value?.asArray).compactMap { $0.asNumber }
  }

  private func rows(_ expected: Value) throws -> Rows {
    let name = try #require(expected["data"]?.asString)
    let data = try #require(Self.data?[name])
    let width = try #require(data["features"]?.asInteger)
    let values = try numbers(data["values"])
    let labels = try numbers(data["labels"])
    return Rows(
      labels: name == "diabetes"
        ? .absent(rows: labels.count) : .classes(labels.map { Int32($0) }),
      predictions: .clusters(
        try numbers(expected["assigned"]).map { Int32($0) },
        count: try #require(expected["clusters"]?.asInteger)
      ),
      classes: (0..<3).map { "\($0)" },
      features: FeatureMatrix(
        names: (0..<width).map { "x\($0)" },
        rows: labels.count,
        values: values
      )
    )
  }

  @Test func thereAreCases() { #expect(Self.measures.count >= 20) }

  @Test(arguments: measures.indices)
  func agreesWithThePeer(index: Int) throws {
    let expected = Self.measures[index]
    let sample = Sample(try rows(expected).cases())
    for metric in Metric.catalogue(for: .clustering).members {
      let found = metric.value(sample)
      guard let peer = expected[metric.name]?.asNumber else {
        // scikit-learn refuses one cluster, and there are no classes to compare numbers with.
        #expect(found == nil, "\(metric.name)")
        continue
      }
      let error = try (#require(found) - peer).magnitude / max(peer.magnitude, 1)
      #expect(error < Self.tolerance, "\(metric.name)")
    }
    if let each = expected["silhouettes"] {
      let found = try #require(sample.silhouettes)
      #expect(
        zip(found, try numbers(each)).allSatisfy { ($0 - $1).magnitude < Self.tolerance }
      )
    }
  }
}

@Suite struct ClusterMetricEdges {
  func value(
    _ name: String,
    _ points: [Double],
    _ assigned: [Int32],
    count: Int? = nil,
    labels: [Int32]? = nil,
    weights: [Double]? = nil,
    centres: [Double]? = nil
  ) -> Double? {
    Metric.named(name, task: .clustering)?.value(
      labels: labels.map { .classes($0) } ?? .absent(rows: points.count),
      predictions: .clusters(
        assigned,
        count: count ?? Int((assigned.max() ?? 0) + 1),
        centres: centres
      ),
      weights: weights,
      classes: ["a", "b", "c", "d"],
      features: FeatureMatrix(names: ["x"], rows: points.count, values: points)
    )
  }

  @Test(arguments: ["silhouette", "davies_bouldin", "calinski_harabasz"])
  func isMissingForOneCluster(name: String) {
    #expect(value(name, [1, 2, 3], [0, 0, 0]) == nil)
    // Clusters without rows are none.
    #expect(value(name, [1, 2, 3], [1, 1, 1], count: 3) == nil)
  }

  /// Rows in one place: no cluster is nearer than another, and 0/0 has no value.
  @Test func allRowsEqual() {
    #expect(value("silhouette", [2, 2, 2, 2], [0, 0, 1, 1]) == 0)
    #expect(value("inertia", [2, 2, 2, 2], [0, 0, 1, 1]) == 0)
    #expect(value("davies_bouldin", [2, 2, 2, 2], [0, 0, 1, 1]) == nil)
    #expect(value("calinski_harabasz", [2, 2, 2, 2], [0, 0, 1, 1]) == nil)
  }

  /// The lone row counts 0; the others have a = 1, b = 10 and 9: 1 - 1/10 and 1 - 1/9.
  @Test func aClusterOfOneHasSilhouetteZero() throws {
    let found = try #require(value("silhouette", [0, 1, 10], [0, 0, 1]))
    #expect((found - (0.9 + 8.0 / 9) / 3).magnitude < 1e-15)
    #expect(value("silhouette", [0, 1, 2], [0, 1, 2]) == 0)
  }

  /// From 1 and 9 to the means 0.5 and 9: 0.5; to the model's centres 0 and 10: 0 + 1 + 1.
  @Test func inertiaTakesTheModelsCentres() {
    #expect(value("inertia", [0, 1, 9], [0, 0, 1]) == 0.5)
    #expect(value("inertia", [0, 1, 9], [0, 0, 1], centres: [0, 10]) == 2)
  }

  @Test func perfectAndUselessClusters() {
    for name in ["adjusted_rand", "nmi", "homogeneity", "completeness", "v_measure", "purity"] {
      #expect(value(name, [0, 0, 1, 1], [1, 1, 0, 0], labels: [0, 0, 1, 1]) == 1, "\(name)")
      #expect(value(name, [0, 0, 1, 1], [0, 0, 0, 0], labels: [2, 2, 2, 2]) == 1, "\(name)")
      #expect(value(name, [0, 0, 1, 1], [0, 0, 1, 1]) == nil, "\(name)")
    }
    #expect(value("homogeneity", [0, 0, 1, 1], [0, 0, 0, 0], labels: [0, 0, 1, 1]) == 0)
    #expect(value("completeness", [0, 0, 1, 1], [0, 0, 0, 0], labels: [0, 0, 1, 1]) == 1)
    #expect(value("nmi", [0, 0, 1, 1], [0, 0, 0, 0], labels: [0, 0, 1, 1]) == 0)
  }

  @Test func refusesRowsThatAreNoClusters() {
    #expect(value("inertia", [0, 1], [0, -1], count: 2) == nil)
    #expect(value("inertia", [0, 1], [0, 2], count: 2) == nil)
    #expect(value("inertia", [0, .nan], [0, 1]) == nil)
  }
}
