import ColophonMath
import Testing

/// Every operation against a reference in 64 bits, and its derivative against differences of that.
@Suite struct GradientTests {
  /// Of numbers of about 1 in 32 bits, after at most a few hundred sums.
  static let valueTolerance = 2e-6
  static let slopeTolerance = 2e-5

  @Test(arguments: GradientCase.all)
  func agreesWithTheReference(law: GradientCase) {
    let run = law.run()
    #expect(relativeGap(run.output, run.expected) < Self.valueTolerance)
  }

  @Test(arguments: GradientCase.all)
  func hasTheSlopeOfTheReference(law: GradientCase) {
    let run = law.run()
    #expect(relativeGap(run.gradient, run.differences) < Self.slopeTolerance)
  }

  @Test(arguments: GradientCase.all)
  func givesTheSameBitsOnEveryPathAndNumberOfThreads(law: GradientCase) {
    let expected = law.run()
    for path in CodePath.available {
      CodePath.withPath(path) {
        for threads in [1, 2, 4] {
          let run = law.run(threads: threads)
          #expect(run.output == expected.output, "\(path), \(threads) threads")
          #expect(run.gradient == expected.gradient, "\(path), \(threads) threads")
        }
      }
    }
  }

  /// Rows that a batch leaves empty change nothing.
  @Test(arguments: GradientCase.all)
  func hasRoomToSpare(law: GradientCase) {
    let (expected, run) = (law.run(), law.run(capacity: 7))
    #expect(run.output == expected.output)
    #expect(run.gradient == expected.gradient)
  }
}

@Suite struct MemoryPlanTests {
  /// The lowest free place, by hand: 32, then what is free again after the first is over.
  @Test func usesAPlaceAgain() {
    var plan = MemoryPlan()
    #expect(plan.place(20, from: 0, through: 2) == 0)
    #expect(plan.place(16, from: 1, through: 5) == 32)
    #expect(plan.place(10, from: 3, through: 4) == 0)
    #expect(plan.place(33, from: 2, through: 3) == 48)
    #expect(plan.count == 96)
  }
}
