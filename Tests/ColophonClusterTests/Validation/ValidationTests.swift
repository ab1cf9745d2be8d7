import ColophonCluster
import Testing

/// Residuals of a family of rows.
struct Residuals: CustomStringConvertible {
  let name: String
  let rows: [PublishedRow]

  init(_ name: String, _ rows: [PublishedRow]) {
    self.name = name
    self.rows = rows
  }

  /// The mean of the errors' magnitudes.
  var mean: Double { rows.reduce(0) { $0 + $1.error.magnitude } / Double(rows.count) }
  /// The mean error.
  var bias: Double { rows.reduce(0) { $0 + $1.error } / Double(rows.count) }
  /// The ninth decile of the errors' magnitudes.
  var p90: Double {
    let sorted = rows.map { $0.error.magnitude }.sorted()
    return sorted[min(sorted.count - 1, sorted.count * 9 / 10)]
  }

  /// Kendall's τ between predicted and measured within each group of at least three, averaged by the
  /// groups' pairs.
  var order: Double {
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
  var null: Double {
    let candidates = rows.map { $0.measured / $0.ideal }
    return candidates.map { constant in
      rows.reduce(0) { $0 + ($1.ideal * constant / $1.measured - 1).magnitude } / Double(rows.count)
    }.min() ?? .nan
  }

  var description: String {
    func percent(_ x: Double) -> String { "\((x * 1000).rounded() / 10) %" }
    return "\(name): n \(rows.count), mean \(percent(mean)), p90 \(percent(p90)), bias "
      + "\(percent(bias)), order \((order * 100).rounded() / 100), null \(percent(null))"
  }
}

/// How far predictions lie from what was measured; the bounds are what stands in the handbook.
@Suite struct PublishedMeasurements {
  /// Rows that set the constants.
  @Test(arguments: [
    (Residuals("vTrain, one node", PublishedRows.vtrainSingle()), 0.08),
    (Residuals("llm-foundry, 8 devices", PublishedRows.foundry(onEight: true)), 0.05),
  ])
  func areFollowedWhereTheySetTheConstants(residuals: Residuals, bound: Double) {
    #expect(residuals.mean < bound, "\(residuals)")
    #expect(residuals.mean < residuals.null, "\(residuals)")
  }

  /// Rows that set nothing: another size of cluster, another program, another generation.
  @Test(arguments: [
    (Residuals("vTrain, many nodes", PublishedRows.vtrainMulti()), 0.09, 0.15),
    (Residuals("Korthikanti 2022", PublishedRows.korthikanti()), 0.03, 0.06),
    (Residuals("Megatron 2020", PublishedRows.megatron2020()), 0.05, 0.07),
  ])
  func arePredictedWhereTheySetNothing(residuals: Residuals, mean: Double, p90: Double) {
    #expect(residuals.mean < mean, "\(residuals)")
    #expect(residuals.p90 < p90, "\(residuals)")
    #expect(residuals.mean < residuals.null, "\(residuals)")
  }

  /// 0.90 among the plans of 3.6 billion parameters, 0.60 among those of 18.4 billion, whose times lie
  /// within a tenth of one another.
  @Test func ranksThePlansOfAModel() {
    let residuals = Residuals("vTrain, many nodes", PublishedRows.vtrainMulti())
    #expect(residuals.order > 0.82, "\(residuals)")
  }

  /// The interval is told for nine cases of ten.
  @Test func tellsIntervalsThatHold() {
    let rows =
      PublishedRows.vtrainSingle() + PublishedRows.vtrainMulti() + PublishedRows.korthikanti()
      + PublishedRows.megatron2020()
    let known = rows.compactMap { $0.isInside }
    let share = Double(known.count { $0 }) / Double(known.count)
    #expect(share > 0.85 && share < 0.97, "\(share)")
  }

  @Test func predictsPeakMemory() {
    let residuals = Residuals("torchtitan", PublishedRows.torchtitan(memory: true))
    #expect(residuals.mean < 0.03, "\(residuals)")
  }
}
