package import ColophonCore
package import ColophonData
import ColophonMath

/// Clusters around centres: each row belongs to the nearest, each centre is its rows' mean.
///
/// Lloyd's iterations from greedy k-means++ starts, with Hamerly's bounds to pass over rows that
/// can't have changed; the bounds change no result. Ties go to the lower cluster. A cluster that
/// loses all rows takes the row farthest from its centre (the first of equals). It ends when no row
/// changes cluster, or when the squared movement of all centres is at most `tol` times the mean
/// variance of the features. Weights multiply rows. Nothing is scaled; a `prepare` cell can.
///
/// - Complexity: O(*n* · *k* · *d*) an iteration at most.
/// - SeeAlso: Lloyd, "Least squares quantization in PCM", 1982; Arthur and Vassilvitskii,
///   "k-means++: the advantages of careful seeding", 2007; Hamerly, "Making k-means even faster",
///   2010.
package struct KMeans: Algorithm, Hashable {
  package static let name = "kmeans"
  package static let summary = "Clusters around centres, each the mean of its rows."
  package static let tasks: Set<Task> = [.clustering]
  package static let missing = FeatureEncoding.Missing.mean
  package static let isIterative = true
  package static let isScaleSensitive = true

  /// How the first centres are chosen.
  package enum Start: String, CaseIterable, Sendable {
    case plusPlus = "k-means++"
    case random
  }

  package var clusters: Int
  package var start: Start
  /// How many starts are tried; nil for one of k-means++ or ten at random.
  package var starts: Int?
  package var maxIterations: Int
  package var tolerance: Double
  /// The numbers of clusters whose inertia is shown.
  package var elbow: ClosedRange<Int>?
  /// Centres to begin from, row-major, in place of a start: for comparisons with others' runs.
  package var startingCentres: [Double]?

  package init(reading fields: inout FieldReader) {
    clusters = fields.integer("n_clusters", in: 1...1_000_000, default: 8, "How many clusters.")
    start =
      Start(
        rawValue: fields.choice(
          "init",
          of: Start.allCases.map { $0.rawValue },
          default: Start.plusPlus.rawValue,
          "How the first centres are chosen: k-means++ spreads them, random takes any rows."
        )
      ) ?? .plusPlus
    starts = KMeans.starts(&fields)
    maxIterations = fields.integer(
      "max_iter",
      in: 1...1_000_000,
      default: 300,
      "The most iterations of one start."
    )
    tolerance = fields.number(
      "tol",
      in: .atLeast(0),
      default: 0.0001,
      "It ends when the centres' squared movement is at most this times the features' mean variance."
    )
    elbow = KMeans.elbow(&fields)
  }

  private static func starts(_ fields: inout FieldReader) -> Int? {
    let range = 1...10_000
    guard
      let node = fields.node(
        "n_init",
        .union([.choice(["auto"]), .integer(range)]),
        default: .string("auto"),
        "How many starts are tried, of which the one of least inertia is kept; auto is 1 for "
          + "k-means++ and 10 for random."
      )
    else { return nil }
    if case .string("auto") = node.content { return nil }
    guard case .integer(let count) = node.content else {
      fields.report(.wrongType("n_init", expected: "'auto' or a whole number", found: node))
      return nil
    }
    guard range.contains(count) else {
      fields.report(.outOfRange("n_init", allowed: FieldReader.words(range), found: node))
      return nil
    }
    return count
  }

  private static func elbow(_ fields: inout FieldReader) -> ClosedRange<Int>? {
    let ends = fields.numbers(
      "elbow",
      in: .closed(1, 1_000),
      "The least and the most clusters, such as [2, 10], for a chart of inertia by their number."
    )
    guard fields.has("elbow"), !fields.diagnostics.contains(where: { $0.severity == .error })
    else { return nil }
    let whole = ends.compactMap { Int(exactly: $0) }
    guard whole.count == 2, ends.count == 2, whole[0] < whole[1] else {
      fields.report(
        .parameterValue(
          "elbow",
          "is not two whole numbers, the lower first",
          at: fields.position(of: "elbow"),
          hint: "such as [2, 10]"
        )
      )
      return nil
    }
    return whole[0]...whole[1]
  }

  /// How many starts are tried.
  var startCount: Int { startingCentres != nil ? 1 : starts ?? (start == .random ? 10 : 1) }

  package static func decodeModel(_ bytes: [UInt8]) throws -> any Model {
    try KMeansModel(decoding: bytes)
  }
}
