package import ColophonCore
import ColophonMath

/// One way to make up rows whose law is known.
///
/// Each column draws from a stream of its own, so that a longer table begins with the rows of a
/// shorter one. Numbers are kept to the digits that tell them apart.
package protocol Generator: Sendable {
  /// The word after `synthetic:`.
  static var name: String { get }
  /// One sentence for the reference, with the formula.
  static var summary: String { get }

  init(reading fields: inout FieldReader)

  /// The columns' names, the target's among them.
  var columns: [String] { get }
  /// What is to be learned, unless the cell says otherwise.
  var task: Task { get }
  /// The column to predict.
  var target: String { get }
  /// The column by which rows follow each other.
  var time: String? { get }
  /// The column that names each row's series.
  var group: String? { get }

  /// The rows' values, column by column in the order of `columns`.
  func values(_ draw: SyntheticDrawing) -> [[Double]]
}

extension Generator {
  package var time: String? { nil }
  package var group: String? { nil }
}

/// The generators that a dataset cell may name, in the order the reference lists them.
package let generators = Catalogue<any Generator.Type>(
  "generator",
  [
    ClassificationGenerator.self, RegressionGenerator.self, FriedmanGenerator.self,
    MoonsGenerator.self, CirclesGenerator.self, BlobsGenerator.self, XorGenerator.self,
    SpiralsGenerator.self, SeriesGenerator.self, WordCountsGenerator.self,
    RecallGenerator.self,
  ]
) { $0.name }

/// Where a generator's numbers come from: the cell's streams, one for each purpose and column.
package struct SyntheticDrawing: Sendable {
  package let rows: Int
  private let stream: @Sendable (_ purpose: String, _ index: Int) -> RandomStream

  package init(
    rows: Int,
    stream: @escaping @Sendable (_ purpose: String, _ index: Int) -> RandomStream
  ) {
    self.rows = rows
    self.stream = stream
  }

  /// A stream for what isn't drawn row by row.
  func random(_ purpose: String, _ index: Int = 0) -> RandomStream { stream(purpose, index) }

  /// A number for each row, from a stream of their own.
  func column(
    _ purpose: String,
    _ index: Int = 0,
    _ draw: (inout RandomStream, Int) -> Double
  ) -> [Double] {
    var random = stream(purpose, index)
    return (0..<rows).map { draw(&random, $0) }
  }

  /// Standard normal numbers.
  func normals(_ purpose: String, _ index: Int = 0) -> [Double] {
    column(purpose, index) { random, _ in random.standardNormal() }
  }

  /// Normal numbers of a deviation, added to others; as many are drawn whatever it is.
  func adding(_ noise: Double, to values: [Double], _ index: Int = 0) -> [Double] {
    zip(values, normals("noise", index)).map { $0 + noise * $1 }
  }
}

extension FieldReader {
  /// `noise`: the deviation of what is added to the numbers.
  mutating func noise(_ what: String) -> Double {
    number(
      "noise",
      in: .atLeast(0),
      default: 0,
      "The standard deviation of the normal numbers that are added to \(what)."
    )
  }
}

/// x0, x1, … up to a number of features.
func featureNames(_ count: Int) -> [String] { (0..<count).map { "x\($0)" } }
