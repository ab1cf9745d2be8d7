import ColophonCore
import ColophonMath

/// Points among which the search begins: some over the whole of the bounds, some near the best trials.
struct Candidates {
  private let model: SurrogateModel
  private let lengths: [Double]
  private let bounds: SearchBounds
  private let spread: Int
  private let keep: Double

  /// Points near each leader, and how far, in lengths.
  private static let near = 16
  private static let widths = [0.02, 0.1, 0.3]

  /// `count` observations, which make each candidate dearer.
  init(_ model: SurrogateModel, _ lengths: [Double], _ bounds: SearchBounds, count: Int) {
    self.model = model
    self.lengths = lengths
    self.bounds = bounds
    spread = count > 200 ? 128 : 384
    // Where there are many coordinates, some eight of them move.
    keep = max(0.4, 1 - 8 / Double(max(1, model.geometry.count)))
  }

  func points(_ random: inout RandomStream) -> [[Double]] {
    var points = (0..<spread).map { _ in
      (0..<model.geometry.count).map { c in
        bounds.lower[c] + (bounds.upper[c] - bounds.lower[c]) * random.uniform()
      }
    }
    for leader in model.leaders {
      for i in 0..<Candidates.near {
        points.append(moved(leader, Candidates.widths[i % Candidates.widths.count], &random))
      }
    }
    return points.map { bounds.held($0, model.geometry) }
  }

  private func moved(
    _ leader: [Double],
    _ width: Double,
    _ random: inout RandomStream
  ) -> [Double] {
    leader.indices.map { c in
      if random.uniform() < keep { return leader[c] }
      if model.geometry.isCategory(c) {
        return random.uniform() < 0.7 ? leader[c] : random.uniform()
      }
      return leader[c] + width * min(lengths[c], 1) * random.standardNormal()
    }
  }
}
