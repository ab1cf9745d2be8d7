import ColophonCore
import ColophonMath

extension SurrogateView {
  /// How much of the objective's variation over the space goes back to what, by the model.
  package struct Importance: Hashable, Sendable {
    /// The share of one hyperparameter alone (main effect), or of two beyond their own shares.
    package struct Effect: Hashable, Sendable {
      /// One name or two, in the space's order.
      package var names: [String]
      /// Of the whole variance, from 0 to 1.
      package var share: Double
    }
    /// Main effects, in the space's order.
    package var effects: [Effect]
    /// Pairs, the largest share first; only among the hyperparameters with the largest totals.
    package var interactions: [Effect]
    /// Everything that a hyperparameter has a part in, by the space's order.
    package var totals: [Effect]
  }

  /// Points of the base sample: 2¹⁰.
  private static let base = 1024
  /// Hyperparameters whose pairs are looked at.
  private static let paired = 8

  /// An even spread of snapped points.
  func spread(_ count: Int) -> [[Double]] {
    var random = RandomStream(root: 0, cell: "surrogate", purpose: "spread")
    var sequence = SobolSequence(dimensions: max(1, geometry.count), scrambledBy: &random)
    return (0..<count).map { _ in geometry.snapped(Array(sequence.next().prefix(geometry.count))) }
  }

  /// The functional analysis of variance of the model's mean (Hutter, Hoos and Leyton-Brown 2014),
  /// over values spread evenly on the ranges' scales: first-order and closed second-order indices
  /// by exchanged columns (Saltelli and others 2010, table 2 b), totals by Jansen's formula
  /// (table 2 f).
  package func importance() -> Importance {
    let names = history.space.ranges.map { $0.name }
    let d = names.count
    guard d > 0, d * 2 <= SobolSequence.maximumDimensions else {
      return Importance(effects: [], interactions: [], totals: [])
    }
    var random = RandomStream(root: 0, cell: "surrogate", purpose: "importance")
    var sequence = SobolSequence(dimensions: 2 * d, scrambledBy: &random)
    let pairs = (0..<SurrogateView.base).map { _ in sequence.next() }
    let (a, b) = (pairs.map { Array($0.prefix(d)) }, pairs.map { Array($0.suffix(d)) })
    func values(_ points: [[Double]]) -> [Double] {
      model.predict(points.map { geometry.snapped($0) }).means
    }
    func mixed(_ columns: [Int]) -> [Double] {
      values(
        zip(a, b).map { first, second in
          var point = first
          for c in columns { point[c] = second[c] }
          return point
        }
      )
    }
    let (fa, fb) = (values(a), values(b))
    let mean = Reduction.mean(fa + fb)
    let variance = (fa + fb).reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(2 * fa.count)
    guard variance > 1e-12 else {
      let none = names.map { Importance.Effect(names: [$0], share: 0) }
      return Importance(effects: none, interactions: [], totals: none)
    }
    func closed(_ f: [Double]) -> Double {
      let terms = f.indices.map { (fb[$0] - mean) * (f[$0] - fa[$0]) }
      return Reduction.mean(terms) / variance
    }
    func total(_ f: [Double]) -> Double {
      Reduction.mean(f.indices.map { (fa[$0] - f[$0]) * (fa[$0] - f[$0]) }) / (2 * variance)
    }
    let single = (0..<d).map { mixed([$0]) }
    let first = single.map { closed($0) }
    let totals = single.map { total($0) }
    let chosen = (0..<d).sorted { (totals[$1], $0) < (totals[$0], $1) }
      .prefix(SurrogateView.paired).sorted()
    var interactions: [Importance.Effect] = []
    for (place, i) in chosen.enumerated() {
      for j in chosen.dropFirst(place + 1) {
        let share = closed(mixed([i, j])) - first[i] - first[j]
        interactions.append(.init(names: [names[i], names[j]], share: min(max(share, 0), 1)))
      }
    }
    let order = interactions.indices.sorted {
      (interactions[$1].share, $0) < (interactions[$0].share, $1)
    }
    func effects(_ shares: [Double]) -> [Importance.Effect] {
      zip(names, shares).map { .init(names: [$0], share: min(max($1, 0), 1)) }
    }
    return Importance(
      effects: effects(first),
      interactions: order.map { interactions[$0] },
      totals: effects(totals)
    )
  }
}
