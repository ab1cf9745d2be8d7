import ColophonCore

/// Round clouds: row i is of centre i mod `centers`, at the centre plus `cluster_std` · N(0, 1).
///
/// Centres are drawn from U(−`center_box`, `center_box`) in every feature. As scikit-learn's
/// `make_blobs`, which draws other numbers.
struct BlobsGenerator: Generator {
  static let name = "blobs"
  static let summary = "Round clouds around random centres."

  var features: Int
  var centers: Int
  var deviation: Double
  var box: Double

  init(reading fields: inout FieldReader) {
    features = fields.integer("n_features", in: 1...10_000, default: 2, "How many features.")
    centers = fields.integer("centers", in: 2...10_000, default: 3, "How many clouds.")
    deviation = fields.number(
      "cluster_std",
      in: .atLeast(0),
      default: 1,
      "The standard deviation of a cloud in every feature."
    )
    box = fields.number(
      "center_box",
      in: .above(0),
      default: 10,
      "How far from 0 a centre may lie in a feature."
    )
  }

  var columns: [String] { featureNames(features) + ["label"] }
  var task: Task { centers == 2 ? .binary : .multiclass }
  var target: String { "label" }

  func values(_ draw: SyntheticDrawing) -> [[Double]] {
    let made = (0..<features).map { j -> [Double] in
      var random = draw.random("centre", j)
      let places = (0..<centers).map { _ in box * (2 * random.uniform() - 1) }
      return draw.normals("feature", j).enumerated().map { row, normal in
        places[row % centers] + deviation * normal
      }
    }
    return made + [(0..<draw.rows).map { Double($0 % centers) }]
  }
}
