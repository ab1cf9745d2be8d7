import ColophonMath

/// A smooth convex loss of the margins of weighted rows, with the derivatives that Newton needs.
///
/// Margins, slopes and shapes are row-major: rows × outputs, or rows × shapes.
protocol MarginLoss: Sendable {
  /// Margins a row.
  var outputs: Int { get }
  /// Numbers a row that the curvature is made of, such as probabilities.
  var shapes: Int { get }
  /// The largest slope that a coefficient on a standardised column can have at the start.
  var slopeScale: Double { get }
  /// Whether the curvature is the same everywhere.
  var isQuadratic: Bool { get }
  /// Some rows' part of the mean loss; writes their slopes and shapes beside their margins.
  func evaluate(_ range: Range<Int>, _ part: LossPart) -> Double
  /// Some rows' second derivatives by the margins of two outputs, from their shapes.
  func curvature(
    _ range: Range<Int>,
    _ shapes: UnsafeBufferPointer<Double>,
    _ first: Int,
    _ second: Int,
    into weights: UnsafeMutablePointer<Double>
  )
  /// Multiplies directions in the margins by the curvature.
  func bend(_ directions: [Double], at point: LossPoint) -> [Double]
  /// By how much the row that is decided worst is still decided right; nil where rows are not
  /// decided. Above 0, every row is on its own side.
  func worstLead(_ margins: [Double]) -> Double?
  /// The loss of some rows alone, with their shares.
  func thinned(to places: [Int], shares: [Double]) -> Self
}

extension MarginLoss {
  var isQuadratic: Bool { false }

  // The curvature of one output is one number a row, which is its shape, and most losses decide
  // nothing.

  func curvature(
    _ range: Range<Int>,
    _ shapes: UnsafeBufferPointer<Double>,
    _ first: Int,
    _ second: Int,
    into weights: UnsafeMutablePointer<Double>
  ) {
    for i in 0..<range.count { weights[i] = shapes[i] }
  }

  func bend(_ directions: [Double], at point: LossPoint) -> [Double] {
    zip(directions, point.shapes).map { $0 * $1 }
  }

  func worstLead(_ margins: [Double]) -> Double? { nil }

  /// All rows, in blocks of 4,096 that are added up in order.
  func evaluate(_ margins: [Double], threads: Int) -> LossPoint {
    let block = 4_096
    let rows = margins.count / outputs
    let blocks = (rows + block - 1) / block
    var (values, margins) = ([Double](repeating: 0, count: blocks), margins)
    var slopes = [Double](repeating: 0, count: margins.count)
    var shapes = [Double](repeating: 0, count: rows * self.shapes)
    margins.withUnsafeMutableBufferPointer { margins in
      slopes.withUnsafeMutableBufferPointer { slopes in
        shapes.withUnsafeMutableBufferPointer { shapes in
          values.withUnsafeMutableBufferPointer { values in
            guard let margins = margins.baseAddress, let slopes = slopes.baseAddress else { return }
            // A loss without shapes writes none.
            let all = LossPart(margins, slopes, shapes.baseAddress ?? slopes)
            Workers.share(blocks, among: threads) { index in
              let range = index * block..<min((index + 1) * block, rows)
              let part = all.from(range.lowerBound, outputs: outputs, shapes: self.shapes)
              values[index] = evaluate(range, part)
            }
          }
        }
      }
    }
    return LossPoint(value: values.reduce(0, +), slopes: slopes, shapes: shapes)
  }
}

/// Where some rows' margins lie, and where their slopes and shapes go.
struct LossPart {
  var margins: UnsafeMutablePointer<Double>
  var slopes: UnsafeMutablePointer<Double>
  var shapes: UnsafeMutablePointer<Double>

  init(
    _ margins: UnsafeMutablePointer<Double>,
    _ slopes: UnsafeMutablePointer<Double>,
    _ shapes: UnsafeMutablePointer<Double>
  ) {
    self.margins = margins
    self.slopes = slopes
    self.shapes = shapes
  }

  /// The part from a row on.
  func from(_ row: Int, outputs: Int, shapes count: Int) -> LossPart {
    var part = self
    part.margins += row * outputs
    part.slopes += row * outputs
    part.shapes += row * count
    return part
  }
}

/// A loss at some margins.
struct LossPoint: Sendable {
  var value: Double
  /// Already multiplied by the rows' shares.
  var slopes: [Double]
  /// What the loss needs again for its curvature.
  var shapes: [Double]
}
