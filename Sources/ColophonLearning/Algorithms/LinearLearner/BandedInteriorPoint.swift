import ColophonMath

/// The same optimum as the interior point method's, of many rows by way of few.
///
/// At the optimum most rows lie clearly on one side of their corner, and their slope is that end of
/// the box: together they are one linear term. So the loss with rounded corners is solved for, first
/// of a part of the rows, the rows in a band about the corners are kept, the others are summed up,
/// and the problem of the kept rows is solved. Rows that turn out to be on the other side join them.
/// What is found is certified over all rows.
///
/// - SeeAlso: Portnoy and Koenker, "The Gaussian hare and the Laplacian tortoise", 1997, section 5.
struct BandedInteriorPoint: Sendable {
  let design: LinearDesign
  let loss: BoxLoss
  let penalty: LinearPenalty
  let tolerance: Double
  let maxIterations: Int

  /// Rows from which on it is worth the passes.
  static let least = 20_000
  /// The fewest rows of a band.
  private static let sampled = 4_000

  /// The optimum; nil where the rows are few, or where it was not reached so.
  func solve() -> LinearSolution? {
    let rows = loss.targets.count
    var size = max(BandedInteriorPoint.sampled, 50 * design.columns, rows / 50)
    guard rows >= BandedInteriorPoint.least, 4 * size < rows, loss.curvature == 0,
      design.sparse == nil, design.columns > 0
    else { return nil }
    guard var w = rounded(size: size) else { return nil }
    while 2 * size < rows {
      let margins = design.margins(w, outputs: 1)
      var band = Band(loss, margins, size: size)
      var wrong: [Int] = []
      repeat {
        guard let found = solve(band), found.coefficients.allSatisfy({ $0.isFinite }) else {
          return nil
        }
        w = found.coefficients
        wrong = band.wrong(loss, design.margins(w, outputs: 1))
        if wrong.isEmpty { return certified(found, band) }
        if 4 * wrong.count > band.kept.count { break }
        band.keep(wrong)
      } while true
      size *= 2
    }
    return nil
  }

  private func solver(
    _ design: LinearDesign,
    _ loss: BoxLoss,
    _ penalty: LinearPenalty,
    _ tolerance: Double
  ) -> InteriorPoint {
    InteriorPoint(
      design: design,
      loss: loss,
      penalty: penalty,
      tolerance: tolerance,
      maxIterations: maxIterations
    )
  }

  /// Coefficients near the optimum: those of the loss with corners so round that about half of
  /// `size` rows lie on them.
  ///
  /// Corners are made sharper in steps on a part of the rows, then once on all.
  private func rounded(size: Int) -> [Double]? {
    let rows = loss.targets.count
    let places = Array(stride(from: 0, to: rows, by: max(1, rows / (2 * size))))
    let total = places.reduce(0) { $0 + loss.shares[$1] }
    let part = loss.thinned(to: places, shares: places.map { loss.shares[$0] / total })
    let thinned = design.thinned(to: places, shares: part.shares)
    var w = penalty.start(design.columns)
    var width = distance(part, thinned.margins(w, outputs: 1), share: 1)
    let share = 0.5 * Double(size) / Double(rows)
    while width > 0 {
      guard let next = newton(thinned, part, width, from: w) else { return nil }
      w = next
      let least = distance(part, thinned.margins(w, outputs: 1), share: share)
      if least >= width { break }
      width = max(least, width / 8)
    }
    return width > 0 ? newton(design, loss, width, from: w) : nil
  }

  /// How far from its corner the given share of the rows is at most.
  private func distance(_ loss: BoxLoss, _ margins: [Double], share: Double) -> Double {
    let all = margins.indices.map { (margins[$0] - loss.targets[$0]).magnitude }.sorted()
    return all[min(all.count - 1, Int(share * Double(all.count)))]
  }

  /// The optimum, roughly, with corners of some width.
  private func newton(
    _ design: LinearDesign,
    _ loss: BoxLoss,
    _ width: Double,
    from start: [Double]
  ) -> [Double]? {
    let solver = NewtonSolver(
      design: design,
      loss: SmoothedBoxLoss(box: loss, width: width),
      penalty: penalty,
      tolerance: 1e-4,
      maxIterations: 20,
      isRough: true
    )
    let found = try? solver.iterate(from: start).coefficients
    return found.flatMap { $0.allSatisfy { $0.isFinite } ? $0 : nil }
  }

  /// The optimum of the band's rows with the others on their sides.
  private func solve(_ band: Band) -> LinearSolution? {
    var pushes = band.slopes
    var constant = 0.0
    for row in pushes.indices {
      pushes[row] *= loss.shares[row]
      constant -= pushes[row] * loss.targets[row]
    }
    var penalty = penalty
    penalty.linear = design.gathered(pushes, outputs: 1)
    penalty.constant = constant
    let shares = band.kept.map { loss.shares[$0] }
    let part = loss.thinned(to: band.kept, shares: shares)
    let design = design.thinned(to: band.kept, shares: shares)
    return solver(design, part, penalty, tolerance).solve()
  }

  /// What was found, over all rows; nil where it is no optimum of theirs.
  private func certified(_ found: LinearSolution, _ band: Band) -> LinearSolution? {
    var slopes = band.slopes
    for (place, row) in band.kept.enumerated() { slopes[row] = found.slopes[place] }
    var all = solver(design, loss, penalty, tolerance)
      .certified(found.coefficients, slopes, iterations: found.iterations)
    all.isConverged = all.merit <= tolerance
    return all.isConverged ? all : nil
  }
}

/// Which rows are solved for, and the slopes of the others.
private struct Band {
  /// Ascending.
  private(set) var kept: [Int]
  /// Of every row; 0 for those that are kept.
  private(set) var slopes: [Double]

  /// Keeps about `size` rows, those nearest to their corners at some margins.
  init(_ loss: BoxLoss, _ margins: [Double], size: Int) {
    let distances = margins.indices.map { (margins[$0] - loss.targets[$0]).magnitude }
    let step = max(1, distances.count / 8_192)
    let some = stride(from: 0, to: distances.count, by: step).map { distances[$0] }.sorted()
    let limit = some[min(some.count - 1, size / step)]
    kept = distances.indices.filter { distances[$0] <= limit }
    slopes = margins.indices.map { row in
      distances[row] <= limit
        ? 0 : margins[row] > loss.targets[row] ? loss.upper[row] : loss.lower[row]
    }
  }

  /// The rows that are not kept and lie on the other side.
  func wrong(_ loss: BoxLoss, _ margins: [Double]) -> [Int] {
    var isKept = [Bool](repeating: false, count: margins.count)
    for row in kept { isKept[row] = true }
    return margins.indices.filter { row in
      guard !isKept[row] else { return false }
      let side = margins[row] > loss.targets[row] ? loss.upper[row] : loss.lower[row]
      return slopes[row] != side
    }
  }

  mutating func keep(_ more: [Int]) {
    kept = (kept + more).sorted()
    for row in more { slopes[row] = 0 }
  }
}
