import ColophonCore
import ColophonMath

/// Counts of words in documents of several topics, mostly zeros.
///
/// Word j of class c has the share p_cj, proportional to b / (j + 1) with b = `contrast` where
/// j mod k = c, else 1; its count is from Poisson(`length` · p_cj). Row i is of class i mod k.
struct WordCountsGenerator: Generator {
  static let name = "word_counts"
  static let summary = "Counts of words in documents of several topics, mostly zeros."

  var words: Int
  var classes: Int
  var length: Double
  var contrast: Double

  init(reading fields: inout FieldReader) {
    words = fields.integer("n_features", in: 2...10_000, default: 200, "How many words.")
    classes = fields.integer("n_classes", in: 2...100, default: 2, "How many topics.")
    length = fields.number(
      "length",
      in: .above(0, upTo: 1e6),
      default: 50,
      "How many words a document has on average."
    )
    contrast = fields.number(
      "contrast",
      in: .atLeast(1),
      default: 3,
      "How many times as often a word stands in documents of its own topic."
    )
  }

  var columns: [String] { (0..<words).map { "w\($0)" } + ["label"] }
  var task: Task { classes == 2 ? .binary : .multiclass }
  var target: String { "label" }

  func values(_ draw: SyntheticDrawing) -> [[Double]] {
    let means = (0..<classes).map { label -> [Double] in
      let shares = (0..<words).map { j in
        (j % classes == label ? contrast : 1) / Double(j + 1)
      }
      let total = shares.reduce(0, +)
      return shares.map { length * $0 / total }
    }
    let counts = (0..<words).map { j in
      draw.column("word", j) { random, row in
        Double(random.poisson(mean: means[row % classes][j]))
      }
    }
    return counts + [(0..<draw.rows).map { Double($0 % classes) }]
  }
}
