import ColophonCore
import ColophonMath

/// Shapes in a plane: points x0, x1 of classes that take turns, row i being of class i mod k.
private protocol PlaneShape: Generator {
  var classCount: Int { get }
  var noise: Double { get }
  /// The point of a class, from two numbers of U(0, 1).
  func point(_ label: Int, _ u: Double, _ v: Double) -> (x: Double, y: Double)
}

extension PlaneShape {
  var columns: [String] { ["x0", "x1", "label"] }
  var task: Task { classCount == 2 ? .binary : .multiclass }
  var target: String { "label" }

  func values(_ draw: SyntheticDrawing) -> [[Double]] {
    var random = draw.random("point")
    let points = (0..<draw.rows).map { row in
      let u = random.uniform()
      return point(row % classCount, u, random.uniform())
    }
    return [
      draw.adding(noise, to: points.map { $0.x }, 0),
      draw.adding(noise, to: points.map { $0.y }, 1),
      (0..<draw.rows).map { Double($0 % classCount) },
    ]
  }
}

/// Two half circles that reach into each other: (cos t, sin t) and (1 − cos t, ½ − sin t) for t from
/// U(0, π).
///
/// As scikit-learn's `make_moons`, which spaces t evenly.
struct MoonsGenerator: PlaneShape {
  static let name = "moons"
  static let summary = "Two half circles that reach into each other."
  var noise: Double
  let classCount = 2

  init(reading fields: inout FieldReader) { noise = fields.noise("both coordinates") }

  func point(_ label: Int, _ u: Double, _ v: Double) -> (x: Double, y: Double) {
    let (x, y) = (Elementary.cos(Double.pi * u), Elementary.sin(Double.pi * u))
    return label == 0 ? (x, y) : (1 - x, 0.5 - y)
  }
}

/// A circle in a circle: radius 1 and `factor`, at an angle from U(0, 2π).
///
/// As scikit-learn's `make_circles`, which spaces angles evenly.
struct CirclesGenerator: PlaneShape {
  static let name = "circles"
  static let summary = "A circle inside a circle."
  var noise: Double
  var factor: Double
  let classCount = 2

  init(reading fields: inout FieldReader) {
    noise = fields.noise("both coordinates")
    factor = fields.number(
      "factor",
      in: Interval(0, 1, upperIsOpen: true),
      default: 0.8,
      "The inner circle's radius; the outer one's is 1."
    )
  }

  func point(_ label: Int, _ u: Double, _ v: Double) -> (x: Double, y: Double) {
    let radius = label == 0 ? 1 : factor
    let angle = 2 * Double.pi * u
    return (radius * Elementary.cos(angle), radius * Elementary.sin(angle))
  }
}

/// Arms that wind around the origin: radius r = √u at the angle 2π (`turns` · r + class / k).
struct SpiralsGenerator: PlaneShape {
  static let name = "spirals"
  static let summary = "Arms that wind around the origin, one for each class."
  var noise: Double
  var turns: Double
  var classCount: Int

  init(reading fields: inout FieldReader) {
    noise = fields.noise("both coordinates")
    turns = fields.number(
      "turns",
      in: .above(0, upTo: 100),
      default: 1.5,
      "How often an arm winds around the origin."
    )
    classCount = fields.integer("n_classes", in: 2...100, default: 2, "How many arms.")
  }

  func point(_ label: Int, _ u: Double, _ v: Double) -> (x: Double, y: Double) {
    let radius = u.squareRoot()
    let angle = 2 * Double.pi * (turns * radius + Double(label) / Double(classCount))
    return (radius * Elementary.cos(angle), radius * Elementary.sin(angle))
  }
}

/// Squares of a chessboard of four: x0 and x1 from U(−1, 1), class 1 where their signs differ.
///
/// Noise is added to the coordinates after the class was told. Classes don't take turns.
struct XorGenerator: Generator {
  static let name = "xor"
  static let summary = "Class 1 where the signs of x0 and x1 differ."
  var noise: Double

  init(reading fields: inout FieldReader) { noise = fields.noise("both coordinates") }

  var columns: [String] { ["x0", "x1", "label"] }
  var task: Task { .binary }
  var target: String { "label" }

  func values(_ draw: SyntheticDrawing) -> [[Double]] {
    let x = (0..<2).map { j in
      draw.column("feature", j) { random, _ in 2 * random.uniform() - 1 }
    }
    let labels = zip(x[0], x[1]).map { ($0 > 0) != ($1 > 0) ? 1.0 : 0 }
    return [draw.adding(noise, to: x[0], 0), draw.adding(noise, to: x[1], 1), labels]
  }
}
