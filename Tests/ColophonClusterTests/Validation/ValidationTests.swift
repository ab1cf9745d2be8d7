import ColophonCluster
import ColophonPublishedRows
import Testing

/// How far predictions lie from what was measured; the bounds are what stands in the handbook.
@Suite struct PublishedMeasurements {
  /// Rows that set the constants.
  @Test(arguments: [
    (Residuals("vTrain, one node", PublishedRows.vtrainSingle()), 0.085),
    (Residuals("llm-foundry, 8 devices", PublishedRows.foundry(onEight: true)), 0.05),
  ])
  func areFollowedWhereTheySetTheConstants(residuals: Residuals, bound: Double) {
    #expect(residuals.mean < bound, "\(residuals)")
    #expect(residuals.mean < residuals.null, "\(residuals)")
  }

  /// Rows that set nothing: another size of cluster, another program, another generation.
  @Test(arguments: [
    (Residuals("vTrain, many nodes", PublishedRows.vtrainMulti()), 0.055, 0.12),
    (Residuals("Korthikanti 2022", PublishedRows.korthikanti()), 0.03, 0.075),
    (Residuals("Megatron 2020", PublishedRows.megatron2020()), 0.05, 0.11),
  ])
  func arePredictedWhereTheySetNothing(residuals: Residuals, mean: Double, p90: Double) {
    #expect(residuals.mean < mean, "\(residuals)")
    #expect(residuals.p90 < p90, "\(residuals)")
    #expect(residuals.mean < residuals.null, "\(residuals)")
  }

  /// 0.91 among the plans of 3.6 billion parameters, 0.71 among those of 18.4 billion, whose times lie
  /// within a tenth of one another.
  @Test func ranksThePlansOfAModel() {
    let residuals = Residuals("vTrain, many nodes", PublishedRows.vtrainMulti())
    #expect(residuals.order > 0.85, "\(residuals)")
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
