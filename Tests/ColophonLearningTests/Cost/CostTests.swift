import ColophonCore
import ColophonLearning
import Testing

@Suite struct ThePriceList {
  @Test func namesEachInstanceOnceWithSensibleFigures() {
    #expect(instances.names.count >= 12)
    #expect(Set(instances.names).count == instances.names.count)
    for instance in instances.members {
      #expect(instance.name.hasPrefix("ml."))
      #expect(instance.processors > 0 && instance.memory > 0 && instance.hourly > 0)
    }
  }

  /// Within a family twice the machine costs twice as much, but for the rounding of the list.
  @Test(arguments: [
    ("ml.m5.xlarge", "ml.m5.2xlarge"), ("ml.m5.2xlarge", "ml.m5.4xlarge"),
    ("ml.c5.2xlarge", "ml.c5.4xlarge"), ("ml.c5.9xlarge", "ml.c5.18xlarge"),
    ("ml.m5.12xlarge", "ml.m5.24xlarge"),
  ])
  func pricesGrowWithTheMachine(small: String, large: String) throws {
    let (one, two) = (try #require(instances[small]), try #require(instances[large]))
    #expect(two.processors == 2 * one.processors)
    #expect(abs(two.hourly / one.hourly - 2) < 0.01)
  }
}

@Suite struct VirtualClocks {
  /// 400 000 rows of 25 features are 10 million visits: a second of one processor, a quarter of four.
  @Test func countVisitsOfFeatures() throws {
    let instance = try #require(instances["ml.m5.xlarge"])
    let clock = VirtualClock(rows: 400_000, features: 25, on: instance)
    #expect(clock.roundSeconds == 0.25)
    // 60 s of preparing and 100 rounds, at 0.23 USD an hour.
    let cost = JobCost(rounds: 100, clock, on: instance)
    #expect(cost.trainingSeconds == 85)
    #expect(cost.wallSeconds == 205)
    #expect(cost.billedSeconds == 85)
    #expect(cost.saving == 0)
    #expect(cost.dollars == 85 * 0.23 / 3600)
  }

  @Test func startAtOnceWhereTheInstanceIsWarm() throws {
    let clock = VirtualClock(roundSeconds: 2).warm
    let cost = JobCost(rounds: 10, clock, on: instances["ml.c5.xlarge"])
    #expect(cost.wallSeconds == 20)
    #expect(cost.dollars == 20 * 0.204 / 3600)
  }

  @Test func goByTheMeasuredRoundWhereThereIsOne() throws {
    let terms = JobTerms(instance: instances["ml.m5.large"], roundSeconds: 7)
    #expect(terms.clock(rows: 5, features: 5)?.roundSeconds == 7)
    #expect(JobTerms().clock(rows: 5, features: 5) == nil)
  }
}
