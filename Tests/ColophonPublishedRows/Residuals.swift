/// Residuals of a family of rows.
package struct Residuals: CustomStringConvertible {
  package let name: String
  package let rows: [PublishedRow]

  package init(_ name: String, _ rows: [PublishedRow]) {
    self.name = name
    self.rows = rows
  }

  /// The mean of the errors' magnitudes.
  package var mean: Double { rows.reduce(0) { $0 + $1.error.magnitude } / Double(rows.count) }
  /// The mean error.
  package var bias: Double { rows.reduce(0) { $0 + $1.error } / Double(rows.count) }
  /// The ninth decile of the errors' magnitudes.
  package var p90: Double {
    let sorted = rows.map { $0.error.magnitude }.sorted()
    return sorted[min(sorted.count - 1, sorted.count * 9 / 10)]
  }

  /// Kendall's τ between predicted and measured within each group of at least three, averaged by the
  /// groups' pairs.
  package var order: Double {
    var (agreeing, pairs) = (0, 0)
    for group in Set(rows.map { $0.group }).sorted() {
      let members = rows.filter { $0.group == group }
      guard members.count > 2 else { continue }
      for i in members.indices {
        for j in members.indices where j > i {
          let predicted = members[i].predicted - members[j].predicted
          let measured = members[i].measured - members[j].measured
          if predicted * measured != 0 { pairs += 1 }
          agreeing += predicted * measured > 0 ? 1 : predicted * measured < 0 ? -1 : 0
        }
      }
    }
    return pairs > 0 ? Double(agreeing) / Double(pairs) : 1
  }

  /// The mean error of one constant efficiency, the best for these very rows: the null model.
  package var null: Double { error(at: constant) }

  /// That constant: measured over ideal.
  package var constant: Double {
    let candidates = rows.map { $0.measured / $0.ideal }
    return candidates.min { (error(at: $0), $0) < (error(at: $1), $1) } ?? .nan
  }

  private func error(at constant: Double) -> Double {
    rows.reduce(0) { $0 + ($1.ideal * constant / $1.measured - 1).magnitude } / Double(rows.count)
  }

  package var description: String {
    func percent(_ x: Double) -> String { "\((x * 1000).rounded() / 10) %" }
    return "\(name): n \(rows.count), mean \(percent(mean)), p90 \(percent(p90)), bias "
      + "\(percent(bias)), order \((order * 100).rounded() / 100), null \(percent(null))"
  }
}
