import ColophonMath
import Foundation

extension Reference {
  /// A recurrent layer in one direction; states of each row and time.
  static func recurrent(
    _ x: [Double],
    _ p: [Double],
    _ cell: RecurrentCell,
    steps: Int,
    features: Int,
    width n: Int,
    lengths: [Int],
    isReversed: Bool
  ) -> [[[Double]]] {
    let gates = cell.gates * n
    let wx = 0
    let wh = features * gates
    let (bx, bh) = (wh + n * gates, wh + n * gates + gates)
    return (0..<x.count / (steps * features)).map { row in
      var states = [[Double]](repeating: [], count: steps)
      var (h, c) = ([Double](repeating: 0, count: n), [Double](repeating: 0, count: n))
      for time in isReversed ? Array((0..<steps).reversed()) : Array(0..<steps) {
        if time < lengths[row] {
          let own = (0..<gates).map { g in
            (0..<features).reduce(p[bx + g]) {
              $0 + x[(row * steps + time) * features + $1] * p[wx + $1 * gates + g]
            }
          }
          let share = (0..<gates).map { g in
            (0..<n).reduce(p[bh + g]) { $0 + h[$1] * p[wh + $1 * gates + g] }
          }
          step(cell, own, share, &h, &c)
        }
        states[time] = h
      }
      return states
    }
  }

  private static func step(
    _ cell: RecurrentCell,
    _ own: [Double],
    _ share: [Double],
    _ h: inout [Double],
    _ c: inout [Double]
  ) {
    let n = h.count
    for i in 0..<n {
      func sum(_ gate: Int) -> Double { own[gate * n + i] + share[gate * n + i] }
      switch cell {
      case .plain(let isRelu): h[i] = isRelu ? max(0, sum(0)) : tanh(sum(0))
      case .lstm:
        c[i] = sigmoid(sum(1)) * c[i] + sigmoid(sum(0)) * tanh(sum(2))
        h[i] = sigmoid(sum(3)) * tanh(c[i])
      case .gru:
        let update = sigmoid(sum(1))
        let fresh = tanh(own[2 * n + i] + sigmoid(sum(0)) * share[2 * n + i])
        h[i] = (1 - update) * fresh + update * h[i]
      }
    }
  }

  static func attention(
    _ x: [Double],
    _ p: [Double],
    steps: Int,
    width d: Int,
    heads: Int,
    lengths: [Int]
  ) -> [Double] {
    let inner = adding(
      p[(3 * d * d)..<(3 * d * d + 3 * d)],
      to: dense(x, Array(p[..<(3 * d * d)]), inputs: d, outputs: 3 * d)
    )
    let wide = d / heads
    var mixed = [Double](repeating: 0, count: x.count)
    for row in lengths.indices {
      for head in 0..<heads {
        func number(_ step: Int, _ part: Int, _ i: Int) -> Double {
          inner[(row * steps + step) * 3 * d + part * d + head * wide + i]
        }
        for step in 0..<steps {
          let scores = (0..<lengths[row]).map { other in
            (0..<wide).reduce(0) { $0 + number(step, 0, $1) * number(other, 1, $1) }
              / Double(wide).squareRoot()
          }
          let shares = softmax(scores, width: scores.count)
          for i in 0..<wide {
            mixed[(row * steps + step) * d + head * wide + i] =
              shares.indices.reduce(0) { $0 + shares[$1] * number($1, 2, i) }
          }
        }
      }
    }
    let start = 3 * d * d + 3 * d
    return adding(
      p[(start + d * d)..<(start + d * d + d)],
      to: dense(mixed, Array(p[start..<(start + d * d)]), inputs: d, outputs: d)
    )
  }
}
