import ColophonCore
import ColophonMath
import Testing

/// Fixed seeds make these tests deterministic: each either always passes or never.
@Suite struct Variates {
  private let draws = 20_000

  private func stream(_ purpose: String) -> RandomStream {
    RandomStream(root: 11, cell: "variates", purpose: purpose)
  }

  /// The p-value of the Kolmogorov–Smirnov test of a sample against a law.
  private func fit(_ sample: [Double], _ law: any Distribution) -> Double {
    let n = Double(sample.count)
    var distance = 0.0
    for (i, x) in sample.sorted().enumerated() {
      let p = law.cumulative(at: x)
      distance = max(distance, p - Double(i) / n, Double(i + 1) / n - p)
    }
    return KolmogorovExact(sampleSize: sample.count).survival(at: distance)
  }

  /// The p-value of the χ² test of whole numbers against a law, rare values pooled.
  private func fitOfCounts(_ sample: [Int], _ law: any Distribution) -> Double {
    var observed: [Int: Int] = [:]
    for k in sample { observed[k, default: 0] += 1 }
    let n = Double(sample.count)
    var statistic = 0.0
    var cells = 0
    var (pooled, expected) = (0, 0.0)
    for k in 0...(sample.max() ?? 0) {
      pooled += observed[k] ?? 0
      expected += n * law.density(at: Double(k))
      if expected < 10 { continue }
      statistic += (Double(pooled) - expected) * (Double(pooled) - expected) / expected
      cells += 1
      (pooled, expected) = (0, 0)
    }
    let above = n * law.survival(at: Double(sample.max() ?? 0)) + expected
    if above > 0 { statistic += (Double(pooled) - above) * (Double(pooled) - above) / above }
    return ChiSquared(degreesOfFreedom: Double(max(cells, 1))).survival(at: statistic)
  }

  @Test func normalsAreNormal() {
    var random = stream("normal")
    let sample = (0..<draws).map { _ in random.normal(mean: 3, standardDeviation: 2) }
    #expect(fit(sample, Normal(mean: 3, standardDeviation: 2)) > 0.001)
  }

  @Test func theKthNormalDependsOnTheKthWordAlone() {
    var words = stream("normal")
    var normals = words
    for _ in 0..<9 { _ = words.next() }
    for _ in 0..<9 { _ = normals.standardNormal() }
    #expect(words.next() == normals.next())
  }

  @Test func normalsAreTheSameBitsForever() {
    var random = RandomStream(root: 0, cell: "golden", purpose: "normal")
    let golden = (0..<3).map { _ in random.standardNormal().bitPattern }
    var again = RandomStream(root: 0, cell: "golden", purpose: "normal")
    #expect(again.standardNormals(3).map { $0.bitPattern } == golden)
  }

  @Test func exponentialsAreExponential() {
    var random = stream("exponential")
    let sample = (0..<draws).map { _ in random.exponential(rate: 0.5) }
    #expect(fit(sample, Gamma(shape: 1, scale: 2)) > 0.001)
  }

  @Test(arguments: [0.05, 0.5, 1, 1.7, 30, 1000])
  func gammasFit(shape: Double) {
    var random = stream("gamma")
    let sample = (0..<draws).map { _ in random.gamma(shape: shape, scale: 3) }
    #expect(fit(sample, Gamma(shape: shape, scale: 3)) > 0.001)
  }

  @Test(arguments: [(0.5, 0.5), (0.2, 3.0), (2.0, 5.0), (80.0, 40.0)])
  func betasFit(a: Double, b: Double) {
    var random = stream("beta")
    let sample = (0..<draws).map { _ in random.beta(a, b) }
    #expect(fit(sample, Beta(a, b)) > 0.001)
  }

  @Test(arguments: [(1, 0.3), (20, 0.1), (60, 0.5), (500, 0.9), (100_000, 0.01)])
  func binomialsFit(trials: Int, probability: Double) {
    var random = stream("binomial")
    let sample = (0..<draws).map { _ in random.binomial(trials: trials, probability: probability) }
    #expect(fitOfCounts(sample, Binomial(trials: trials, probability: probability)) > 0.001)
  }

  @Test func binomialsOfCertainTrialsAreCertain() {
    var random = stream("binomial")
    #expect(random.binomial(trials: 5, probability: 0) == 0)
    #expect(random.binomial(trials: 5, probability: 1) == 5)
    #expect(random.binomial(trials: 0, probability: 0.5) == 0)
  }

  @Test(arguments: [0.1, 3, 9.9, 10, 75, 2000])
  func poissonsFit(mean: Double) {
    var random = stream("poisson")
    let sample = (0..<draws).map { _ in random.poisson(mean: mean) }
    #expect(fitOfCounts(sample, Poisson(mean: mean)) > 0.001)
  }

  @Test func dirichletSharesAddUpToOne() {
    var random = stream("dirichlet")
    for _ in 0..<100 {
      let shares = random.dirichlet([0.01, 2, 30])
      #expect(abs(shares.reduce(0, +) - 1) < 1e-15)
      #expect(shares.allSatisfy { $0 >= 0 })
    }
  }
}
