import ColophonCore
import ColophonTuning
import Testing

@Suite struct StoppingRules {
  static let space = SearchSpace([
    ParameterRange("x", .continuous(lower: 0, upper: 1, .linear))
  ])

  static func history(_ curves: [[Double]], _ direction: Direction = .minimize) -> History {
    var history = History(space, direction)
    for (index, curve) in curves.enumerated() {
      history.add(
        Trial(
          index: index,
          configuration: Configuration(["x": .number(Double(index) / 10)]),
          state: .completed,
          objective: curve.last,
          curve: curve
        )
      )
    }
    return history
  }

  /// Running averages at the second epoch: 3, 4, 5, 6, 7; their median is 5.
  static let curves = [[4.0, 2], [5, 3], [6, 4], [7, 5], [8, 6]]

  @Test(arguments: [(5.0, false), (5.1, true), (.nan, true)])
  func comparesTheLastValueWithTheMedianOfRunningAverages(last: Double, stops: Bool) {
    #expect(MedianRule().stops([9, last], among: Self.history(Self.curves)) == stops)
    let negative = Self.history(Self.curves.map { $0.map { -$0 } }, .maximize)
    #expect(MedianRule().stops([-9, -last], among: negative) == stops)
  }

  @Test func waitsForJobsAndEpochs() {
    #expect(!MedianRule().stops([100], among: Self.history(Self.curves)))
    #expect(!MedianRule().stops([100, 100], among: Self.history(Array(Self.curves.prefix(4)))))
    #expect(!MedianRule().stops([9, 9, 9], among: Self.history(Self.curves)))
  }

  @Test func isOverAtATargetOrWithoutImprovement() {
    let history = Self.history([[3], [1], [2], [2]])
    #expect(Completion(target: 1).reason(history)?.contains("1.0 was asked for") == true)
    #expect(Completion(target: 0.5).reason(history) == nil)
    #expect(Completion(noImprovement: 2).reason(history)?.hasPrefix("2 jobs in a row") == true)
    #expect(Completion(noImprovement: 3).reason(history) == nil)
  }
}
