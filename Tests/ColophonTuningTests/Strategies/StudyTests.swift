import ColophonCore
import ColophonTuning
import Foundation
import Testing

@Suite struct AStudy {
  /// The regret after 60 jobs, the median of five seeds, beats random search's on each function.
  @Test(arguments: TestFunction.all.map { $0.name })
  func isBetterThanChance(name: String) throws {
    let function = try #require(TestFunction.all.first { $0.name == name })
    func median(_ strategy: any Strategy) -> Double {
      let regrets = (0..<5).map { seed in
        (tuned(function, by: strategy, jobs: 60, seed: UInt64(seed)).best?.objective ?? .infinity)
          - function.minimum
      }
      return regrets.sorted()[2]
    }
    let (model, chance) = (median(BayesianSearch()), median(RandomSearch()))
    if ProcessInfo.processInfo.environment["COLOPHON_STUDY"] != nil {
      print("STUDY \(name) model \(model) chance \(chance)")
    }
    #expect(model < chance)
  }
}
