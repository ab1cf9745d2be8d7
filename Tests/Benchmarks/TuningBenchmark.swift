import ColophonCore
import ColophonTuning
import Foundation

extension Benchmark {
  /// One suggestion of Bayesian search in 8 dimensions, beside Optuna's GPSampler; a thousand trials
  /// of Random.
  static let tuning = Benchmark(name: "tuning") {
    for observations in [60, 500] {
      let history = observed(observations)
      let ours = Stopwatch.best(rounds: observations > 200 ? 3 : 7, { suggest(history) })[0] / 1e6
      let peer = observations > 200 ? nil : peerMilliseconds(observations)
      let beside = peer.map { ", \(($0 / ours).short) times as fast as GPSampler (\($0.short) ms)" }
      print("suggestion after \(observations): \(ours.short) ms\(beside ?? "")")
    }
    let thousand = Stopwatch.best(rounds: 3, { run(1_000) })[0] / 1e6
    print("1000 trials of Random, one thread each, in virtual time: \(thousand.short) ms")
  }

  /// A whole tuning of a trivial objective: strategy, virtual clock, a thread for each job.
  private static func run(_ jobs: Int) {
    let tuning = VirtualTuning(RandomSearch(), plan: VirtualTuning.Plan(jobs: jobs, workers: 4)) {
      RandomStream(root: 1, cell: "bench", purpose: "p", index: $0)
    }
    let executor = ThreadedExecutor(cores: 2, isPaced: false) { trial, _ in
      JobEnding(objective: trial.configuration["x0"]?.asNumber)
    }
    _ = try? tuning.run(History(space, .minimize, seed: 1), on: executor)
  }

  private static let space = SearchSpace(
    (0..<8).map { ParameterRange("x\($0)", .continuous(lower: 0, upper: 1, .linear)) }
  )

  private static func observed(_ count: Int) -> History {
    var history = History(space, .minimize, seed: 1)
    for index in 0..<count {
      var random = RandomStream(root: 1, cell: "bench", purpose: "p", index: index)
      let proposal = RandomSearch().propose(history, drawing: &random)
      guard case .job(let configuration, _, _) = proposal else { break }
      let objective = space.ranges.reduce(0.0) { sum, range in
        let off = (configuration[range.name]?.asNumber ?? 0) - 0.3
        return sum + off * off
      }
      history.add(
        Trial(
          index: index,
          configuration: configuration,
          state: .completed,
          objective: objective
        )
      )
    }
    return history
  }

  private static func suggest(_ history: History) {
    let count = history.trials.count
    var random = RandomStream(root: 1, cell: "bench", purpose: "p", index: count)
    _ = BayesianSearch().propose(history, drawing: &random)
  }

  /// The least of five suggestions by GPSampler on as many observations, on one thread; nil where
  /// the peer is missing.
  private static func peerMilliseconds(_ observations: Int) -> Double? {
    guard let python = ProcessInfo.processInfo.environment["COLOPHON_PEER"] else { return nil }
    let script = """
      import time, warnings
      warnings.filterwarnings("ignore")
      import optuna, torch
      torch.set_num_threads(1)
      optuna.logging.set_verbosity(optuna.logging.ERROR)
      space = {f"x{i}": optuna.distributions.FloatDistribution(0, 1) for i in range(8)}
      study = optuna.create_study(sampler=optuna.samplers.GPSampler(seed=0))
      random = optuna.samplers.RandomSampler(seed=0)._rng.rng
      for _ in range(\(observations)):
          p = {n: random.uniform() for n in space}
          value = sum((v - 0.3) ** 2 for v in p.values())
          study.add_trial(optuna.trial.create_trial(params=p, distributions=space, value=value))
      times = []
      for _ in range(5):
          start = time.perf_counter()
          study.ask(space)
          times.append(time.perf_counter() - start)
      print(min(times) * 1000)
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-P", "-c", script]
    let output = Pipe()
    process.standardOutput = output
    guard (try? process.run()) != nil else { return nil }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Double(text.trimmingCharacters(in: .whitespacesAndNewlines))
  }
}
