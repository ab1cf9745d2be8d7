import Testing

/// Residuals of a family of rows.
struct Residuals: CustomStringConvertible {
  let name: String
  let rows: [PublishedRow]

  /// The mean of the errors' magnitudes.
  var mean: Double { rows.reduce(0) { $0 + $1.error.magnitude } / Double(rows.count) }
  /// The mean error.
  var bias: Double { rows.reduce(0) { $0 + $1.error } / Double(rows.count) }
  /// The ninth decile of the errors' magnitudes.
  var p90: Double {
    let sorted = rows.map { $0.error.magnitude }.sorted()
    return sorted[min(sorted.count - 1, sorted.count * 9 / 10)]
  }

  var description: String {
    func percent(_ x: Double) -> String { "\((x * 1000).rounded() / 10) %" }
    return "\(name): n \(rows.count) mean \(percent(mean)) p90 \(percent(p90)) bias \(percent(bias))"
  }
}

@Suite struct PublishedMeasurements {
  @Test func printsAll() {
    let all = [
      Residuals(name: "vTrain single", rows: PublishedRows.vtrainSingle()),
      Residuals(name: "vTrain multi", rows: PublishedRows.vtrainMulti()),
      Residuals(name: "Korthikanti", rows: PublishedRows.korthikanti()),
      Residuals(name: "Megatron 2020", rows: PublishedRows.megatron2020()),
      Residuals(name: "foundry 8", rows: PublishedRows.foundry(onEight: true)),
      Residuals(name: "torchtitan speed", rows: PublishedRows.torchtitan(memory: false)),
      Residuals(name: "torchtitan memory", rows: PublishedRows.torchtitan(memory: true)),
    ]
    for family in all {
      print(family)
      if family.rows.count < 50 {
        for row in family.rows {
          print("  \(row.group) \(row.label) \(row.measured) \(row.predicted) \((row.error * 1000).rounded() / 10)")
        }
      }
    }
  }
}
