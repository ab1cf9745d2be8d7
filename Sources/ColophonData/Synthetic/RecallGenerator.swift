import ColophonCore

/// Sequences whose first number must be remembered to the end.
///
/// Row by row: x0 is 1 or -1, with equal chances; x1 … are `noise` · N(0, 1); the label is whether x0
/// is above 0. A network that reads the row from left to right must keep one bit over all the steps
/// (after S. Hochreiter and J. Schmidhuber, "Long short-term memory", 1997, section 5.3).
struct RecallGenerator: Generator {
  static let name = "recall"
  static let summary = "Sequences whose first number tells the label, and noise after it."

  var length: Int
  var noise: Double

  init(reading fields: inout FieldReader) {
    length = fields.integer("length", in: 2...10_000, default: 50, "How many numbers a row has.")
    noise = fields.number(
      "noise",
      in: .atLeast(0),
      default: 0.5,
      "The standard deviation of the numbers after the first."
    )
  }

  var columns: [String] { featureNames(length) + ["label"] }
  var task: Task { .binary }
  var target: String { "label" }

  func values(_ draw: SyntheticDrawing) -> [[Double]] {
    let cues = draw.column("cue") { random, _ in random.uniform() < 0.5 ? -1 : 1 }
    let rest = (1..<length).map { step in draw.normals("noise", step).map { noise * $0 } }
    return [cues] + rest + [cues.map { $0 > 0 ? 1 : 0 }]
  }
}
