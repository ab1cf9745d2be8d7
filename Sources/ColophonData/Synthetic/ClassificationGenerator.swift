import ColophonCore

/// Normal clouds around corners of a cube.
///
/// Row i is of class c, drawn evenly. Class 0 stands at a random corner of the cube of side
/// 2 · `class_sep`; class c is flipped in feature j where bit j mod ⌈log₂ n_classes⌉ of c is set,
/// so that two classes face each other. Informative features are the corner plus N(0, 1);
/// redundant ones are sums of them with coefficients from U(−1, 1); all others are N(0, 1). A share
/// `flip_y` of the rows gets a class at random. Names as scikit-learn's `make_classification`, which
/// draws other rows.
struct ClassificationGenerator: Generator {
  static let name = "classification"
  static let summary = "Normal clouds around corners of a cube, one for each class."

  var features: Int
  var informative: Int
  var redundant: Int
  var classes: Int
  var separation: Double
  var flip: Double

  init(reading fields: inout FieldReader) {
    features = fields.integer("n_features", in: 1...10_000, default: 20, "How many features.")
    informative = fields.integer(
      "n_informative",
      in: 1...10_000,
      default: 2,
      "The first features, which tell the class."
    )
    redundant = fields.integer(
      "n_redundant",
      in: 0...10_000,
      default: 2,
      "The next ones, which are sums of the informative ones."
    )
    classes = fields.integer("n_classes", in: 2...100, default: 2, "How many classes.")
    separation = fields.number(
      "class_sep",
      in: .atLeast(0),
      default: 1,
      "Half the side of the cube at whose corners the classes stand."
    )
    flip = fields.number(
      "flip_y",
      in: .closed(0, 1),
      default: 0.01,
      "The share of rows whose class is drawn anew."
    )
    if informative + redundant > features || bits > informative {
      fields.report(
        .synthetic(
          informative + redundant > features
            ? "\(informative) informative and \(redundant) redundant features are more than "
              + "\(features)"
            : "\(classes) classes need \(bits) informative features at least",
          at: fields.position(of: informative + redundant > features ? "n_features" : "n_classes")
        )
      )
      (features, informative, redundant, classes) = (20, 2, 2, 2)
    }
  }

  /// How many bits tell the classes apart.
  private var bits: Int { Int.bitWidth - (classes - 1).leadingZeroBitCount }

  var columns: [String] { featureNames(features) + ["label"] }
  var task: Task { classes == 2 ? .binary : .multiclass }
  var target: String { "label" }

  func values(_ draw: SyntheticDrawing) -> [[Double]] {
    let labels = draw.column("class") { random, _ in Double(random.integer(below: classes)) }
    var corner = draw.random("corner")
    let signs = (0..<informative).map { _ in corner.uniform() < 0.5 ? -1.0 : 1.0 }
    var made = (0..<informative).map { j in
      zip(draw.normals("feature", j), labels).map { normal, label -> Double in
        let isFlipped = Int(label) >> (j % bits) & 1 == 1
        return normal + (isFlipped ? -signs[j] : signs[j]) * separation
      }
    }
    for j in informative..<informative + redundant {
      var random = draw.random("mixture", j)
      let weights = (0..<informative).map { _ in 2 * random.uniform() - 1 }
      made.append(
        (0..<draw.rows).map { row in
          weights.indices.reduce(0) { $0 + weights[$1] * made[$1][row] }
        }
      )
    }
    for j in made.count..<features { made.append(draw.normals("feature", j)) }
    var flips = draw.random("flip")
    let flipped = labels.map { label -> Double in
      let (share, other) = (flips.uniform(), flips.integer(below: classes))
      return share < flip ? Double(other) : label
    }
    return made + [flipped]
  }
}

extension Diagnostic {
  /// Settings of a generator that contradict each other.
  static func synthetic(_ message: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(.error, "data.synthetic", at: position, message)
  }
}
