/// A box loss whose corners are rounded off by parabolas: ν (m − t) − ½ c ν² at its largest, for
/// slopes ν of the box and a width c above 0.
///
/// It lies below the box loss by at most ½ c ν², and its optimum moves to that of the box loss as c
/// goes to 0 (Nesterov, "Smooth minimization of non-smooth functions", 2005). Huber's loss is one of
/// these itself. The curvature jumps at the ends of a corner; Newton's steps still end after finitely
/// many where the optimum is one point (Qi and Sun, "A nonsmooth version of Newton's method", 1993).
struct SmoothedBoxLoss: MarginLoss {
  let box: BoxLoss
  let width: Double

  var outputs: Int { 1 }
  var shapes: Int { 1 }
  var slopeScale: Double { box.slopeScale }

  func evaluate(_ range: Range<Int>, _ part: LossPart) -> Double {
    var value = 0.0
    box.targets.withUnsafeBufferPointer { targets in
      box.lower.withUnsafeBufferPointer { lower in
        box.upper.withUnsafeBufferPointer { upper in
          box.shares.withUnsafeBufferPointer { shares in
            for (i, row) in range.enumerated() {
              let distance = part.margins[i] - targets[row]
              let free = distance / width
              let slope = min(max(free, lower[row]), upper[row])
              value += shares[row] * (slope * distance - 0.5 * width * slope * slope)
              part.slopes[i] = shares[row] * slope
              part.shapes[i] = slope == free ? shares[row] / width : 0
            }
          }
        }
      }
    }
    return value
  }

  func thinned(to places: [Int], shares: [Double]) -> SmoothedBoxLoss {
    SmoothedBoxLoss(box: box.thinned(to: places, shares: shares), width: width)
  }
}
