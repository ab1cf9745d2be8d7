import ColophonCore
import ColophonMath

/// Word vectors in the making: one for each row of the vocabulary as a word, one for each word as a
/// neighbour.
struct WordVectorNetwork: Hashable, Sendable {
  var input: FloatRows
  var output: FloatRows

  /// A word, and the words that are not its neighbours.
  struct Draw {
    var target: Int32
    var negatives: [Int32]

    var all: [(word: Int, isTarget: Bool)] {
      [(Int(target), true)] + negatives.map { (Int($0), false) }
    }
  }

  /// One step for several bags of rows that share a draw, all computed from the vectors before it.
  ///
  /// - Returns: Σ −log of the probability of telling target and negatives apart, over the bags.
  mutating func learn(_ bags: [[Int32]], _ draw: Draw, rate: Float) -> Double {
    let words = draw.all
    let hidden = bags.map { mean($0) }
    var loss = 0.0
    let errors = hidden.map { hidden in
      words.map { word, isTarget in
        let lead = Double(dot(word, hidden)) * (isTarget ? 1 : -1)
        loss += Elementary.softplus(-lead)
        let miss = Elementary.sigmoid(-lead)
        return rate * Float(isTarget ? miss : -miss)
      }
    }
    let slopes = errors.map { slope($0, words) }
    for (bag, errors) in zip(hidden, errors) {
      for (k, error) in errors.enumerated() { add(error, bag, to: words[k].word, of: &output) }
    }
    for (bag, slope) in zip(bags, slopes) {
      for row in bag { add(1, slope, to: Int(row), of: &input) }
    }
    return loss
  }

  /// The mean of some input vectors, added in order.
  func mean(_ rows: [Int32]) -> [Float] {
    if rows.count == 1 { return Array(input.row(Int(rows[0]))) }
    var mean = [Float](repeating: 0, count: input.dimension)
    for row in rows {
      let start = Int(row) * mean.count
      for i in mean.indices { mean[i] += input.elements[start + i] }
    }
    let factor = 1 / Float(max(rows.count, 1))
    for i in mean.indices { mean[i] *= factor }
    return mean
  }

  private func dot(_ word: Int, _ hidden: [Float]) -> Float {
    output.elements.withUnsafeBufferPointer { output in
      hidden.withUnsafeBufferPointer { hidden in
        guard let base = output.baseAddress, let mean = hidden.baseAddress else { return 0 }
        return FloatVector.dot(base + word * hidden.count, mean, hidden.count)
      }
    }
  }

  private func slope(_ errors: [Float], _ words: [(word: Int, isTarget: Bool)]) -> [Float] {
    var slope = [Float](repeating: 0, count: input.dimension)
    output.elements.withUnsafeBufferPointer { output in
      slope.withUnsafeMutableBufferPointer { slope in
        guard let base = output.baseAddress, let target = slope.baseAddress else { return }
        for (k, error) in errors.enumerated() {
          FloatVector.add(error, base + words[k].word * slope.count, to: target, slope.count)
        }
      }
    }
    return slope
  }

  private func add(_ factor: Float, _ step: [Float], to row: Int, of rows: inout FloatRows) {
    rows.elements.withUnsafeMutableBufferPointer { rows in
      step.withUnsafeBufferPointer { step in
        guard let base = rows.baseAddress, let own = step.baseAddress else { return }
        FloatVector.add(factor, own, to: base + row * step.count, step.count)
      }
    }
  }
}
