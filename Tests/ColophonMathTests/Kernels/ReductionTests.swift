import ColophonMath
import Testing

/// Sums against the order that `Reduction` documents, written out slowly.
@Suite struct ReductionTests {
  private static let lengths = Array(0...130) + [4_095, 4_096, 4_097, 10_000]

  /// The documented order for any step that takes a running sum and an index to the next sum.
  private func reference(_ count: Int, step: (Double, Int) -> Double) -> Double {
    var total = 0.0
    for start in stride(from: 0, to: count, by: 4_096) {
      var lanes = Array(repeating: 0.0, count: 32)
      for index in start..<min(start + 4_096, count) {
        lanes[(index - start) % 32] = step(lanes[(index - start) % 32], index)
      }
      for half in [16, 8, 4, 2, 1] {
        for lane in 0..<half { lanes[lane] += lanes[lane + half] }
      }
      total += lanes[0]
    }
    return total.canonical
  }

  @Test(arguments: CodePath.available, [true, false])
  func addsInTheDocumentedOrder(path: CodePath, plain: Bool) {
    CodePath.withPath(path) {
      for length in Self.lengths {
        let x = plain ? KernelInputs.uniform(length) : KernelInputs.mixed(length)
        let y = KernelInputs.uniform(length, seed: 2)
        let w = KernelInputs.uniform(length, seed: 3)
        let sums = [
          Reduction.sum(x), Reduction.dot(x, y), Reduction.sumOfSquares(x),
          Reduction.weightedDot(x, y, weights: w), Reduction.squaredDistance(x, y),
        ]
        let expected = [
          reference(length) { $0 + x[$1] },
          reference(length) { $0.addingProduct(x[$1], y[$1]) },
          reference(length) { $0.addingProduct(x[$1], x[$1]) },
          reference(length) { $0.addingProduct(w[$1] * x[$1], y[$1]) },
          reference(length) { $0.addingProduct(x[$1] - y[$1], x[$1] - y[$1]) },
        ]
        #expect(sums.bits == expected.bits, "\(length) elements")
      }
    }
  }

  @Test(arguments: [1, 2, 3, 8])
  func givesTheSameBitsOnAnyNumberOfThreads(threads: Int) {
    for length in [0, 1, 4_096, 50_001] {
      let x = KernelInputs.uniform(length)
      let y = KernelInputs.uniform(length, seed: 2)
      #expect(Reduction.sum(x, threads: threads).bitPattern == Reduction.sum(x).bitPattern)
      #expect(Reduction.dot(x, y, threads: threads).bitPattern == Reduction.dot(x, y).bitPattern)
    }
  }

  @Test(arguments: CodePath.available)
  func keepsEveryRoundingErrorInThePreciseSum(path: CodePath) {
    CodePath.withPath(path) {
      // The large numbers cancel, and 3 000 ones are left.
      let x = (0..<9_000).map { [1e16, 1, -1e16][$0 % 3] }
      #expect(Reduction.preciseSum(x) == 3_000)
      #expect(Reduction.preciseSum([.infinity, 1]) == .infinity)
      #expect(Reduction.preciseSum([.infinity, -.infinity]).isNaN)
      #expect(Reduction.mean([1, 2, 6]) == 3)
      #expect(Reduction.preciseSum([]) == 0)
    }
  }

  @Test func addsPreciselyOnEveryPathAlike() {
    for length in Self.lengths {
      let x = KernelInputs.uniform(length).map { $0 * 1e8 }
      let sums = CodePath.available.map { path in
        CodePath.withPath(path) { Reduction.preciseSum(x).bitPattern }
      }
      #expect(Set(sums).count == 1, "\(length) elements")
    }
  }
}
