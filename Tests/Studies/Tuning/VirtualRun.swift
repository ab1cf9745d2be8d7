import ColophonCore
import ColophonTuning

/// A tuning on a function in virtual time, the peers' script keeps the same one: every job takes
/// between one and two hours, by its number and the run's.
struct VirtualRun {
  var function: TuningFunction
  var parallel: Int
  var jobs: Int
  var seed: Int

  /// The regret of the best job that was seen so far, after each end.
  func regrets(_ strategy: any Strategy) -> [Double] {
    var history = History(function.space, .minimize, seed: UInt64(1000 + seed))
    var ends: [(time: Double, index: Int)] = []
    var (now, shown, best) = (0.0, Double.infinity, Double.infinity)
    var regrets: [Double] = []
    while regrets.count < jobs {
      while ends.count < parallel, history.trials.count < jobs {
        let index = history.trials.count
        var random = RandomStream(
          root: UInt64(1000 + seed),
          cell: "tuning",
          purpose: "proposal",
          index: index
        )
        guard case .job(let configuration, _, _) = strategy.propose(history, drawing: &random)
        else { return regrets }
        history.add(Trial(index: index, configuration: configuration))
        ends.append((now + duration(index), index))
      }
      guard let next = ends.min(by: { $0 < $1 }) else { return regrets }
      ends.removeAll { $0.index == next.index }
      now = next.time
      var trial = history.trials[next.index]
      let regret = function.regret(trial.configuration)
      let value = regret + function.noise * noise(next.index)
      trial.objective = value
      trial.state = .completed
      history.tell(trial)
      if value < shown { (shown, best) = (value, regret) }
      regrets.append(best)
    }
    return regrets
  }

  private func duration(_ job: Int) -> Double {
    let x = Double(job + 1) * 0.6180339887498949 + Double(seed) * 0.7548776662466927
    return 1 + x - x.rounded(.down)
  }

  /// Twelve uniform numbers, less six: nearly normal, and the same in Python to the last bit.
  private func noise(_ job: Int) -> Double {
    var sum = 0.0
    for k in 0..<12 {
      let word = VirtualRun.mixed(UInt64((seed * 1000 + job) * 12 + k))
      sum += Double(word >> 11) * 0x1p-53
    }
    return sum - 6
  }

  /// Steele, Lea and Flood's SplitMix64 (2014).
  private static func mixed(_ state: UInt64) -> UInt64 {
    var z = state &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
