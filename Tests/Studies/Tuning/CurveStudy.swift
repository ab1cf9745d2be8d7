import ColophonCore
import ColophonMath
import ColophonTuning
import Foundation

/// Learning curves that cross: what learns fast ends worse.
enum LearningCurve {
  static let space = SearchSpace(
    ["x", "y", "z"].map { ParameterRange($0, .continuous(lower: 0, upper: 1, .linear)) }
  )
  static let epochs = 81

  /// The loss after some epochs; the best after all of them is `least` (a grid search's, to 1e-4).
  static func loss(_ configuration: Configuration, epochs: Int) -> Double {
    func x(_ name: String) -> Double { configuration[name]?.asNumber ?? .nan }
    let end =
      0.1 + 2 * TuningFunction.square(x("x") - 0.7) + TuningFunction.square(x("y") - 0.3)
      + 0.5 * TuningFunction.square(x("z") - 0.6)
    let speed = 0.35 + 0.5 * (1 - x("x")) + 0.2 * x("z")
    return end + Elementary.pow(1 + Double(epochs), -speed)
  }
}

extension Study {
  /// Hyperband beside Optuna's pruners: epochs spent until a regret is reached.
  static let hyperband = Study(name: "tuning-hyperband") {
    var table = StudyTable(
      "tuning-hyperband",
      columns: ["strategy", "regret", "q1", "median", "q3", "p_beside_best_peer"]
    )
    let least = leastLoss()
    let targets = [0.05, 0.02, 0.01]
    let peers = ["hyperband", "halving"].compactMap { pruner in
      curvePeer(pruner).map { (name: "Optuna TPE, \(pruner)", runs: $0) }
    }
    let own = [true, false].map { model in
      (
        name: model ? "Hyperband with a model" : "Hyperband",
        runs: (0..<10).map { bestByEpoch(Hyperband(minimum: 1, maximum: 81, usesModel: model), $0) }
      )
    }
    for target in targets {
      func sample(_ runs: [[Double]]) -> RegretSample {
        RegretSample(values: runs.map { epochs($0, least + target) })
      }
      let best = peers.map { sample($0.runs) }.min { $0.quantile(0.5) < $1.quantile(0.5) }
      for way in own + peers {
        let found = sample(way.runs)
        let isOwn = way.name.hasPrefix("Hyperband")
        table.add(
          [way.name, target.threeDigits]
            + [0.25, 0.5, 0.75].map { found.quantile($0).threeDigits }
            + [isOwn ? best.map { found.chance(beside: $0).threeDigits } ?? "" : ""]
        )
      }
    }
    try table.write()
  }

  /// Epochs that a run may spend.
  private static let limit = 2_000

  /// The first epoch at which the best loss was low enough; one more than all where it never was.
  private static func epochs(_ best: [Double], _ target: Double) -> Double {
    Double((best.firstIndex { $0 <= target } ?? limit) + 1)
  }

  private static func leastLoss() -> Double {
    var least = Double.infinity
    for x in 0...200 {
      for z in 0...200 {
        let configuration = Configuration([
          "x": .number(Double(x) / 200), "y": .number(0.3), "z": .number(Double(z) / 200),
        ])
        least = min(least, LearningCurve.loss(configuration, epochs: LearningCurve.epochs))
      }
    }
    return least
  }

  /// The best loss so far after each epoch spent, one job at a time.
  private static func bestByEpoch(_ strategy: any Strategy, _ seed: Int) -> [Double] {
    var history = History(LearningCurve.space, .minimize, seed: UInt64(2000 + seed))
    var best: [Double] = []
    var least = Double.infinity
    while best.count < limit {
      let index = history.trials.count
      var random = RandomStream(
        root: UInt64(2000 + seed),
        cell: "tuning",
        purpose: "proposal",
        index: index
      )
      guard
        case .job(let configuration, let resource, let resumes) = strategy.propose(
          history,
          drawing: &random
        )
      else { break }
      var trial = Trial(
        index: index,
        configuration: configuration,
        resource: resource,
        resumes: resumes
      )
      history.add(trial)
      let last = resource ?? LearningCurve.epochs
      // A promoted job goes on from its checkpoint: only what is new is spent.
      let first = resumes.flatMap { history.trials[$0].resource } ?? 0
      for epoch in first + 1...max(first + 1, last) {
        let loss = LearningCurve.loss(configuration, epochs: epoch)
        trial.curve.append(loss)
        least = min(least, loss)
        best.append(least)
      }
      trial.objective = trial.curve.last
      trial.state = .completed
      history.tell(trial)
    }
    return best
  }

  private struct CurveRun: Decodable { let best: [Double] }

  private static func curvePeer(_ pruner: String) -> [[Double]]? {
    let input = "{\"pruner\":\"\(pruner)\",\"limit\":\(limit),\"seeds\":[0,1,2,3,4,5,6,7,8,9]}"
    let lines = Peer.run(CurvePeer.script, input: input)?.split(separator: "\n")
    let runs = lines?.compactMap { try? JSONDecoder().decode(CurveRun.self, from: Data($0.utf8)) }
    return runs.flatMap { $0.count == 10 ? $0.map { $0.best } : nil }
  }
}

/// Optuna on the same curves: TPE under a pruner that is told every epoch.
enum CurvePeer {
  static let script = #"""
    import json, sys, warnings
    warnings.filterwarnings("ignore")
    import optuna
    optuna.logging.set_verbosity(optuna.logging.ERROR)

    def loss(p, epochs):
        end = 0.1 + 2 * (p["x"] - 0.7) ** 2 + (p["y"] - 0.3) ** 2 + 0.5 * (p["z"] - 0.6) ** 2
        return end + (1 + epochs) ** -(0.35 + 0.5 * (1 - p["x"]) + 0.2 * p["z"])

    task = json.load(sys.stdin)
    for seed in task["seeds"]:
        if task["pruner"] == "hyperband":
            pruner = optuna.pruners.HyperbandPruner(min_resource=1, max_resource=81, reduction_factor=3)
        else:
            pruner = optuna.pruners.SuccessiveHalvingPruner(min_resource=1, reduction_factor=3)
        sampler = optuna.samplers.TPESampler(seed=seed)
        study = optuna.create_study(study_name=f"curves-{seed}", sampler=sampler, pruner=pruner)
        best, least = [], float("inf")
        while len(best) < task["limit"]:
            trial = study.ask()
            p = {n: trial.suggest_float(n, 0, 1) for n in "xyz"}
            pruned = False
            for epoch in range(1, 82):
                value = loss(p, epoch)
                least = min(least, value)
                best.append(least)
                trial.report(value, epoch)
                if epoch < 81 and trial.should_prune():
                    pruned = True
                    break
            if pruned:
                study.tell(trial, state=optuna.trial.TrialState.PRUNED)
            else:
                study.tell(trial, value)
        print(json.dumps({"best": best}), flush=True)
    """#
}
