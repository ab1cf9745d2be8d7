import ColophonCore
import ColophonTuning

extension Study {
  /// Bayesian search beside Optuna's samplers: eight functions, budgets of 30 and 60, one, four and
  /// sixteen jobs at a time, ten seeds.
  static let tuning = Study(name: "tuning") {
    let peers = try TuningPeer()
    var table = StudyTable(
      "tuning",
      columns: [
        "function", "parallel", "jobs", "q1", "median", "q3", "gp_q1", "gp_median", "gp_q3",
        "tpe_q1", "tpe_median", "tpe_q3", "best_peer", "p", "verdict",
      ]
    )
    for parallel in [1, 4, 16] {
      for function in TuningFunction.all {
        let ours = (0..<10).map {
          VirtualRun(function: function, parallel: parallel, jobs: 60, seed: $0)
            .regrets(BayesianSearch())
        }
        for jobs in [30, 60] {
          let (gp, tpe) = (
            peers.sample(function.name, "gp", parallel, jobs: jobs),
            peers.sample(function.name, "tpe", parallel, jobs: jobs)
          )
          let own = RegretSample(values: ours.map { $0[jobs - 1] })
          table.add([function.name, "\(parallel)", "\(jobs)"] + row(own, gp, tpe))
        }
      }
    }
    try table.write()
  }

  private static func row(_ own: RegretSample, _ gp: RegretSample?, _ tpe: RegretSample?)
    -> [String]
  {
    func quartiles(_ sample: RegretSample?) -> [String] {
      [0.25, 0.5, 0.75].map { sample?.quantile($0).threeDigits ?? "" }
    }
    let peers = [("GPSampler", gp), ("TPESampler", tpe)]
    let present = peers.compactMap { name, sample in sample.map { (name, $0) } }
    let best = present.min { $0.1.quantile(0.5) < $1.1.quantile(0.5) }
    return quartiles(own) + quartiles(gp) + quartiles(tpe) + verdict(own, best?.0, best?.1)
  }

  /// The best peer, the rank test's p, and who is ahead where p is below 0.05.
  static func verdict(_ own: RegretSample, _ name: String?, _ peer: RegretSample?) -> [String] {
    guard let name, let peer else { return ["", "", ""] }
    let p = own.chance(beside: peer)
    let isAhead = own.quantile(0.5) < peer.quantile(0.5)
    return [name, p.threeDigits, p >= 0.05 ? "level" : isAhead ? "ahead" : "behind"]
  }
}
