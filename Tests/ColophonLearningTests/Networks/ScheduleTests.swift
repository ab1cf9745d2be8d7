import ColophonCore
import ColophonLearning
import Testing

/// Learning rates beside PyTorch's (Fixtures/make/networks.py): 12 steps, 3 to an epoch.
@Suite struct Schedules {
  static let settings: [String: [String: Value]] = [
    "constant": [:],
    "step": ["step_size": 2, "gamma": 0.5],
    "cosine": ["last": 0.1],
    "warm_up": ["epochs": 2],
    "one_cycle": ["pct_start": 0.25, "div_factor": 10, "final_div_factor": 100],
    "plateau": ["gamma": 0.5, "patience": 2],
  ]

  @Test func coverTheCatalogue() {
    #expect(Set(learningSchedules.names) == Set(Self.settings.keys))
  }

  @Test(arguments: settings.keys.sorted())
  func giveTheRatesOfThePeer(name: String) throws {
    let type = try #require(learningSchedules[name])
    var fields = FieldReader(
      (Self.settings[name] ?? [:]).sorted { $0.key < $1.key }.map {
        let place = SourcePosition(path: "a.md", line: 1, column: 1)
        return Node.Entry(key: $0.key, keyPosition: place, value: written($0.value))
      },
      context: "a schedule",
      at: SourcePosition(path: "a.md", line: 1, column: 1)
    )
    var schedule = type.init(reading: &fields)
    #expect(fields.diagnostics.isEmpty)
    let all = try fixture("networks.json")
    let expected =
      name == "constant"
      ? [Double](repeating: 1, count: 12) : try #require(all["rates"]?[name]).numbers
    let losses = try #require(all["plateau"]).numbers
    for step in 0..<12 {
      // A plateau is asked once an epoch; its fixture has one for each.
      let moment =
        name == "plateau"
        ? ScheduleMoment(step: 3 * step, stepsPerEpoch: 3, epochs: 12)
        : ScheduleMoment(step: step, stepsPerEpoch: 3, epochs: 4)
      #expect((schedule.factor(moment) - expected[step]).magnitude < 1e-12, "step \(step)")
      if type.watchesLoss { schedule.epochEnded(loss: losses[step]) }
      // What a checkpoint keeps is all there is to know.
      var again = type.init(reading: &fields)
      again.memory = schedule.memory
      #expect(again.factor(moment) == schedule.factor(moment))
    }
  }
}
