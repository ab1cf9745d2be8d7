import ColophonMath
import Testing

/// Expected values come from mpmath (`Tests/Fixtures/make/distributions.py`).
@Suite struct Distributions {
  static let table = FixtureTable("distributions.csv")
  static let names = [
    "normal", "student", "fisher", "chi", "gamma", "beta", "binomial", "poisson", "kolmogorov",
  ]

  static func make(_ name: String, _ p1: Double, _ p2: Double) -> (any Distribution)? {
    switch name {
    case "normal": Normal(mean: p1, standardDeviation: p2)
    case "student": StudentT(degreesOfFreedom: p1)
    case "fisher": FisherF(numerator: p1, denominator: p2)
    case "chi": ChiSquared(degreesOfFreedom: p1)
    case "gamma": Gamma(shape: p1, scale: p2)
    case "beta": Beta(p1, p2)
    case "binomial": Binomial(trials: Int(p1), probability: p2)
    case "poisson": Poisson(mean: p1)
    case "kolmogorov": Kolmogorov()
    default: nil
    }
  }

  @Test(arguments: names)
  func hasAccurateTailsAndDensity(name: String) throws {
    var bulk = WorstError()
    var tail = WorstError()
    var density = WorstError()
    for row in Self.table.rows(name) {
      let n = row.numbers
      let distribution = try #require(Self.make(name, n[0], n[1]))
      let (cumulative, survival) = (
        distribution.cumulative(at: n[2]), distribution.survival(at: n[2])
      )
      if min(n[4], n[5]) > 1e-5 {
        bulk.see(cumulative, n[4], at: row.testDescription)
        bulk.see(survival, n[5], at: row.testDescription)
      } else {
        tail.see(cumulative, n[4], at: row.testDescription)
        tail.see(survival, n[5], at: row.testDescription)
      }
      // The density's relative error is its logarithm's absolute one.
      let error = abs(distribution.logDensity(at: n[2]) - n[3]) / max(1, abs(n[3]))
      density.see(1 + error, 1, at: row.testDescription)
    }
    #expect(bulk.error <= 2e-14, "bulk \(bulk)")
    #expect(tail.error <= 1e-12, "tail \(tail)")
    #expect(density.error <= 1e-13, "density \(density)")
  }

  @Test(arguments: names.dropLast())
  func invertsBothTails(name: String) throws {
    var worst = WorstError()
    for row in Self.table.rows(name + ".quantile") {
      let n = row.numbers
      let distribution = try #require(Self.make(name, n[0], n[1]))
      worst.see(distribution.quantile(n[2]), n[3], at: row.testDescription)
    }
    for row in Self.table.rows(name + ".upper") {
      let n = row.numbers
      let distribution = try #require(Self.make(name, n[0], n[1]))
      worst.see(distribution.upperQuantile(n[2]), n[3], at: row.testDescription)
    }
    #expect(worst.error <= 2e-13, "\(worst)")
  }

  @Test func kolmogorovQuantileLeadsBack() {
    let distribution = Kolmogorov()
    // SciPy 1.17.1, kolmogi(0.05).
    #expect(abs(distribution.upperQuantile(0.05) - 1.3580986393225507) < 1e-12)
    #expect(
      relativeError(distribution.survival(at: distribution.upperQuantile(1e-50)), 1e-50) < 1e-12
    )
    #expect(relativeError(distribution.cumulative(at: distribution.quantile(0.3)), 0.3) < 1e-14)
  }

  @Test func kolmogorovOfSmallSamplesIsExact() {
    var worst = WorstError()
    for row in Self.table.rows("kolmogorov_exact") {
      let n = row.numbers
      let statistic = KolmogorovExact(sampleSize: Int(n[0]))
      worst.see(statistic.cumulative(at: n[2]), n[4], at: row.testDescription)
      worst.see(statistic.survival(at: n[2]), n[5], at: row.testDescription)
    }
    #expect(worst.error <= 1e-10, "\(worst)")
  }

  @Test func kolmogorovOfLargeSamplesNearsTheLimit() {
    let distance = 1.0 / 50  // √n D = 1 at n = 2500
    let exact = KolmogorovExact(sampleSize: 2500).survival(at: distance)
    #expect(abs(exact - Kolmogorov().survival(at: 1)) < 0.01)
  }

  @Test func momentsAreTheTextbooksOnes() {
    #expect(StudentT(degreesOfFreedom: 1).mean.isNaN)
    #expect(StudentT(degreesOfFreedom: 5).variance == 5.0 / 3)
    #expect(FisherF(numerator: 3, denominator: 10).mean == 1.25)
    #expect(ChiSquared(degreesOfFreedom: 4).variance == 8)
    #expect(Beta(2, 6).mean == 0.25)
    #expect(Binomial(trials: 10, probability: 0.5).variance == 2.5)
    #expect(Poisson(mean: 3).variance == 3)
    #expect(abs(Kolmogorov().standardDeviation - 0.2603) < 1e-4)
  }

  @Test func outsideTheSupportNothingIsLikely() {
    #expect(Gamma(shape: 2).density(at: -1) == 0)
    #expect(Beta(2, 2).cumulative(at: -1) == 0)
    #expect(Beta(2, 2).survival(at: 2) == 0)
    #expect(Binomial(trials: 3, probability: 0.5).density(at: 1.5) == 0)
    #expect(Poisson(mean: 2).survival(at: -0.5) == 1)
    #expect(FisherF(numerator: 2, denominator: 3).cumulative(at: -4) == 0)
  }
}
