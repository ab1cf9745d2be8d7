import ColophonCluster
import Testing

@Suite struct AWarmPool {
  @Test func savesTheStartOfAllRunsButTheFirst() {
    let pool = WarmPool(runs: 4, start: 240, gap: 100, keep: 1800)
    let cold = pool.cold(wall: 1000, billed: 900)
    let warm = pool.warm(wall: 1000, billed: 900)
    // Four times 240 + 1,000 with three gaps; the pool starts once and pays for the gaps.
    #expect(cold.wall == 5260.0)
    #expect(cold.billed == 4560.0)
    #expect(warm.wall == 4540.0)
    #expect(warm.billed == 4140.0)
  }

  /// Keeping pays while the gap is shorter than the start that it saves.
  @Test(arguments: [(239.0, true), (241.0, false)])
  func paysWhileTheGapIsShorterThanTheStart(gap: Double, pays: Bool) {
    let pool = WarmPool(runs: 3, start: 240, gap: gap, keep: 1800)
    let saved = pool.cold(wall: 10, billed: 10).billed - pool.warm(wall: 10, billed: 10).billed
    #expect((saved > 0) == pays)
  }

  @Test func isPaidInVainWhereTheNextRunComesTooLate() {
    let pool = WarmPool(runs: 3, start: 240, gap: 2000, keep: 1800)
    let (cold, warm) = (pool.cold(wall: 10, billed: 10), pool.warm(wall: 10, billed: 10))
    #expect(warm.wall == cold.wall && warm.billed == cold.billed + 3600)
  }
}
