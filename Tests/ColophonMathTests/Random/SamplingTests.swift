import ColophonCore
import ColophonMath
import Testing

@Suite struct Sampling {
  private func stream(_ purpose: String) -> RandomStream {
    RandomStream(root: 5, cell: "sampling", purpose: purpose)
  }

  /// The rule of `fillIndices`, one candidate at a time.
  private func reference(_ count: Int, below bound: Int, _ random: inout RandomStream) -> [Int32] {
    var found: [Int32] = []
    let threshold = 0x1_0000_0000 % UInt64(bound)
    while found.count < count {
      let word = random.next()
      for half in [word & 0xFFFF_FFFF, word >> 32] where found.count < count {
        let product = half * UInt64(bound)
        if product & 0xFFFF_FFFF >= threshold { found.append(Int32(product >> 32)) }
      }
    }
    return found
  }

  @Test(arguments: [1, 2, 3, 1000, 3_000_000, 1 << 30, 1_500_000_000, 1 << 31])
  func indicesFollowTheDocumentedRule(bound: Int) {
    for count in [0, 1, 2, 7, 1023, 1024, 1025, 5001] {
      var one = stream("indices")
      var other = one
      #expect(one.indices(count, below: bound) == reference(count, below: bound, &other))
      #expect(one.next() == other.next(), "both have used the same words")
    }
  }

  @Test func indicesAreUniform() {
    var random = stream("uniform")
    var counts = [Double](repeating: 0, count: 100)
    for index in random.indices(200_000, below: 100) { counts[Int(index)] += 1 }
    let statistic = counts.reduce(0) { $0 + ($1 - 2000) * ($1 - 2000) / 2000 }
    #expect(ChiSquared(degreesOfFreedom: 99).survival(at: statistic) > 0.001)
  }

  @Test func samplesWithoutReplacementAreDistinctAndUniform() {
    var random = stream("distinct")
    var counts = [Double](repeating: 0, count: 10)
    for _ in 0..<20_000 {
      let sample = random.sample(3, of: 10)
      #expect(Set(sample).count == 3)
      for position in sample { counts[position] += 1 }
    }
    // Each position is in 3/10 of the samples; drawing without replacement shrinks the variance.
    let statistic = counts.reduce(0) { $0 + ($1 - 6000) * ($1 - 6000) / 6000 } / (1 - 0.3) * 0.9
    #expect(ChiSquared(degreesOfFreedom: 9).survival(at: statistic) > 0.001)
  }

  @Test func aWholeSampleIsAPermutation() {
    var random = stream("whole")
    #expect(random.sample(50, of: 50).sorted() == Array(0..<50))
    #expect(random.sample(0, of: 0).isEmpty)
  }

  @Test func weightedSamplesLeaveOutWeightlessPositions() {
    var random = stream("weights")
    for _ in 0..<100 {
      #expect(Set(random.sample(5, weights: [1, 0, 2, 0, 3])) == [0, 2, 4])
      #expect(random.choice(weights: [0, 4, 0]) == 1)
    }
  }

  @Test func choicesFollowTheirWeights() {
    let weights = [1.0, 0, 5, 0.5, 3.5]
    let table = AliasTable(weights: weights)
    var random = stream("choices")
    var direct = [Double](repeating: 0, count: 5)
    var aliased = direct
    for _ in 0..<50_000 {
      direct[random.choice(weights: weights)] += 1
      aliased[table.draw(from: &random)] += 1
    }
    for counts in [direct, aliased] {
      #expect(counts[1] == 0)
      var statistic = 0.0
      for (count, weight) in zip(counts, weights) where weight > 0 {
        let expected = 5000 * weight
        statistic += (count - expected) * (count - expected) / expected
      }
      #expect(ChiSquared(degreesOfFreedom: 3).survival(at: statistic) > 0.001)
    }
  }
}
