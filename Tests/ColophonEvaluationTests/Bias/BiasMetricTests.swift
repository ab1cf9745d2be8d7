import ColophonCore
import ColophonData
import ColophonEvaluation
import Testing

@Suite struct BiasMetrics {
  /// Ten sets of rows: two and more values of the facet, weights, few others, rare and absent labels,
  /// and a group without members; null where smclarify divides by zero or refuses.
  @Test(arguments: 0..<10) func equalClarifys(place: Int) throws {
    let fixture = try FixtureFile.list("bias.json", "cases")[place]
    let evidence = try AuditRows(fixture).rows.evidence()
    let expected = try #require(fixture["expected"]?.asObject)
    #expect(expected.count == biasMetrics.members.count)
    for metric in biasMetrics.members {
      let found = metric.value(evidence)
      let value = try #require(expected[metric.name]).asNumber
      #expect(agree(found, value), "\(metric.name): \(found as Any) for \(value as Any)")
    }
  }

  @Test(arguments: biasMetrics.names) func stayInTheirRange(name: String) throws {
    let metric = try #require(biasMetrics[name])
    var defined = 0
    for fixture in try FixtureFile.list("bias.json", "cases") {
      guard let value = metric.value(try AuditRows(fixture).rows.evidence()) else { continue }
      defined += 1
      #expect(metric.range.contains(value), "\(value)")
    }
    #expect(defined > 3)
  }

  /// Swapping the groups turns every difference round, and inverts the ratio.
  @Test func turnWithTheGroups() throws {
    var rows = try AuditRows(FixtureFile.list("bias.json", "cases")[0]).rows
    let before = rows.evidence()
    rows.isDisadvantaged = rows.isDisadvantaged.map { !$0 }
    let after = rows.evidence()
    let turned = [
      "CI", "DPL", "DPPL", "DCAcc", "DCR", "SD", "RD", "DAR", "DRR", "AD", "TE", "CDDL", "CDDPL",
    ]
    for name in turned {
      let metric = try #require(biasMetrics[name])
      let there = try #require(metric.value(before))
      #expect(agree(metric.value(after), -there), "\(name)")
    }
    for name in ["JS", "LP", "TVD", "KS", "GE"] {
      let metric = try #require(biasMetrics[name])
      #expect(agree(metric.value(after), metric.value(before)), "\(name)")
    }
    let impact = try #require(biasMetrics["DI"])
    let there = try #require(impact.value(before))
    #expect(agree(impact.value(after), 1 / there))
  }

  @Test func areAtParityWhereBothGroupsAreAlike() throws {
    let rows = try AuditRows(FixtureFile.list("bias.json", "cases")[0]).rows
    let half = Array(0..<rows.count)
    var twice = rows.picked(half + half)
    twice.isDisadvantaged = half.map { _ in false } + half.map { _ in true }
    let evidence = BiasMetric.Evidence(twice.counts())
    for metric in biasMetrics.members where metric.need != .neighbours && metric.name != "GE" {
      let value = try #require(metric.value(evidence), "\(metric.name)")
      #expect(abs(value - metric.parity) < 1e-15, "\(metric.name): \(value)")
    }
  }

  /// A weight of 2 equals the row twice, 0 equals none.
  @Test func multiplyRowsByTheirWeights() throws {
    let rows = try AuditRows(FixtureFile.list("bias.json", "cases")[0]).rows
    var weighted = rows
    weighted.weights = rows.labels.indices.map { Double($0 % 3) }
    let expanded = rows.picked(rows.labels.indices.flatMap { Array(repeating: $0, count: $0 % 3) })
    for metric in biasMetrics.members {
      let found = metric.value(weighted.evidence())
      #expect(agree(found, metric.value(expanded.evidence())), "\(metric.name)")
    }
  }

  @Test func needPredictionsAfterTraining() throws {
    var rows = try AuditRows(FixtureFile.list("bias.json", "cases")[0]).rows
    rows.predictions = nil
    for metric in biasMetrics.members {
      #expect((metric.value(rows.evidence()) == nil) == (metric.stage == .post), "\(metric.name)")
    }
  }

  @Test func sayWhatADirectionMeans() throws {
    let impact = try #require(biasMetrics["DI"])
    #expect(impact.words(0.7) == "the group is accepted less often")
    #expect(impact.words(1) == "both alike")
    let entropy = try #require(biasMetrics["GE"])
    #expect(entropy.words(0.1) == entropy.above)
  }
}

@Suite struct TheFlipTest {
  private func rows(_ x: [Double], _ d: [Bool], _ said: [Bool]) -> BiasRows {
    BiasRows(
      isDisadvantaged: d,
      labels: said,
      predictions: said,
      features: FeatureMatrix(names: ["x"], rows: x.count, values: x)
    )
  }

  /// Of two others as near, the earlier row decides, whatever the number of threads.
  @Test func takesTheEarlierOfEquallyNear() throws {
    let flips = try #require(
      FlipTest(rows([1, 3, 2], [false, false, true], [true, false, false]))
    )
    #expect(flips.disfavoured == 1 && flips.favoured == 0)
    let other = try #require(
      FlipTest(rows([3, 1, 2], [false, false, true], [false, true, false]))
    )
    #expect(other.disfavoured == 0)
  }

  @Test func doesNotDependOnThreads() throws {
    let audit = try AuditRows(FixtureFile.list("bias.json", "cases")[4]).rows
    let one = FlipTest(audit)
    #expect(one != nil && one == FlipTest(audit, threads: 5))
  }

  @Test func saysWhatIsInTheWay() {
    #expect(FlipTest.obstacle(rows([1, .nan], [true, false], [true, true])) != nil)
    var bare = rows([1, 2], [true, false], [true, true])
    #expect(FlipTest.obstacle(bare) == nil)
    bare.features = nil
    #expect(FlipTest(bare) == nil)
  }
}

/// A flip test is the same under weights as on the rows that they stand for.
@Suite struct TheFlipTestUnderWeights {
  private func rows(_ count: Int) -> BiasRows {
    var stream = RandomStream(root: 8, cell: "audit", purpose: "flips")
    let d = (0..<count).map { _ in stream.uniform() < 0.4 }
    let said = (0..<count).map { _ in stream.uniform() < 0.5 }
    return BiasRows(
      isDisadvantaged: d,
      labels: said,
      predictions: said,
      features: FeatureMatrix(
        names: ["x", "y"],
        rows: count,
        values: (0..<2 * count).map { _ in (stream.uniform() * 20).rounded() }
      )
    )
  }

  /// Weights that leave out nearly all, so that some members must look beyond what was kept.
  @Test(arguments: [1.0, 0.3, 0.02])
  func isThatOfTheRowsDrawn(share: Double) throws {
    let all = rows(600)
    let search = try #require(FlipSearch(all, forResamples: true, threads: 2))
    var stream = RandomStream(root: 9, cell: "audit", purpose: "weights")
    let weights = (0..<all.count).map { _ in
      stream.uniform() < share ? Double(1 + stream.integer(below: 3)) : 0
    }
    var weighted = all
    weighted.weights = weights
    #expect(search.test(weights: weights) == FlipTest(weighted))
    #expect(search.test() == FlipTest(all))
  }

  @Test func hasNoAnswerWithoutOthers() throws {
    let all = rows(50)
    let search = try #require(FlipSearch(all))
    #expect(search.test(weights: all.isDisadvantaged.map { $0 ? 1 : 0 }) == nil)
    #expect(search.test(weights: all.isDisadvantaged.map { $0 ? 0 : 1 }) == nil)
  }

  @Test func hasAnIntervalAboutItself() throws {
    let all = rows(300)
    let metric = try #require(biasMetrics["FT"])
    func interval(_ kind: Bootstrap.Kind, threads: Int) -> ConfidenceInterval? {
      BiasBootstrap(Bootstrap(kind: kind, resamples: 200)).intervals(
        of: [metric],
        rows: all,
        flips: FlipSearch(all, forResamples: true, threads: threads),
        threads: threads
      ) { RandomStream(root: 7, cell: "audit", purpose: "bootstrap", index: $0) }[0]
    }
    let found = try #require(interval(.bca, threads: 1))
    #expect(found == interval(.percentile, threads: 3))
    let value = try #require(metric.value(all.evidence()))
    #expect(found.low < value && value < found.high)
  }
}

@Suite struct BiasIntervals {
  @Test func holdTheValueAndDoNotDependOnThreads() throws {
    let rows = try AuditRows(FixtureFile.list("bias.json", "cases")[0]).rows
    let metrics = biasMetrics.members.filter { $0.need != .neighbours }
    func intervals(_ threads: Int, _ kind: Bootstrap.Kind) -> [ConfidenceInterval?] {
      BiasBootstrap(Bootstrap(kind: kind, resamples: 300)).intervals(
        of: metrics,
        rows: rows,
        threads: threads
      ) { RandomStream(root: 7, cell: "audit", purpose: "bootstrap", index: $0) }
    }
    let found = intervals(1, .bca)
    #expect(found == intervals(3, .bca))
    #expect(found != intervals(1, .percentile))
    let evidence = rows.evidence()
    // Distances are never below 0, so that the percentiles of their resamples lie above them.
    for (metric, interval) in zip(metrics, found) where metric.below != nil {
      let value = try #require(metric.value(evidence))
      let interval = try #require(interval, "\(metric.name)")
      #expect(interval.low < value && value < interval.high, "\(metric.name)")
    }
  }

  /// 400 rows, 208 others of whom 121 are accepted … : the plain interval about a difference of two
  /// proportions is its estimate ± 1.96 standard errors.
  @Test func areAsWideAsTheNormalOnes() throws {
    let rows = try AuditRows(FixtureFile.list("bias.json", "cases")[0]).rows
    let counts = rows.counts()
    let metric = try #require(biasMetrics["DPPL"])
    let interval = try #require(
      BiasBootstrap(Bootstrap(kind: .percentile, resamples: 4_000)).intervals(
        of: [metric],
        rows: rows
      ) { RandomStream(root: 1, cell: "audit", purpose: "bootstrap", index: $0) }[0]
    )
    func variance(_ group: BiasCounts.Group) -> Double {
      let share = group.accepted / group.rows
      return share * (1 - share) / group.rows
    }
    let error = (variance(counts.others) + variance(counts.disadvantaged)).squareRoot()
    // 4,000 resamples leave about 3 % of Monte Carlo error in the width.
    #expect(abs((interval.high - interval.low) / (2 * 1.96 * error) - 1) < 0.1)
  }

  @Test func areMissingWhereTooManyResamplesAreUndefined() throws {
    let rows = try AuditRows(FixtureFile.list("bias.json", "cases")[5]).rows
    let metric = try #require(biasMetrics["TE"])
    let found = BiasBootstrap(Bootstrap(resamples: 200)).intervals(of: [metric], rows: rows) {
      RandomStream(root: 1, cell: "audit", purpose: "bootstrap", index: $0)
    }
    #expect(found == [nil])
  }
}
