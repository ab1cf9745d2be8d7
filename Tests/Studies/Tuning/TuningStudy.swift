import ColophonCore
import ColophonTuning
import Foundation

extension Study {
  /// Bayesian search beside Optuna's samplers: eight functions, budgets of 30 and 60, one, four and
  /// sixteen jobs at a time, ten seeds.
  static let tuning = Study(name: "tuning") {
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
        let peers = ["gp", "tpe"].map { peerRegrets(function.name, $0, parallel) }
        for jobs in [30, 60] {
          table.add(
            [function.name, "\(parallel)", "\(jobs)"] + row(jobs, ours, peers[0], peers[1])
          )
        }
      }
    }
    try table.write()
  }

  private struct PeerRun: Decodable { let regrets: [Double] }

  private static func peerRegrets(_ name: String, _ sampler: String, _ parallel: Int)
    -> [[Double]]?
  {
    let input = """
      {"functions":["\(name)"],"sampler":"\(sampler)","parallel":\(parallel),\
      "jobs":60,"seeds":[0,1,2,3,4,5,6,7,8,9]}
      """
    let lines = Peer.run(TuningPeer.script, input: input)?.split(separator: "\n")
    let runs = lines?.compactMap { try? JSONDecoder().decode(PeerRun.self, from: Data($0.utf8)) }
    return runs.flatMap { $0.count == 10 ? $0.map { $0.regrets } : nil }
  }

  private static func row(
    _ jobs: Int,
    _ ours: [[Double]],
    _ gp: [[Double]]?,
    _ tpe: [[Double]]?
  ) -> [String] {
    func sample(_ runs: [[Double]]) -> RegretSample {
      RegretSample(values: runs.map { $0[jobs - 1] })
    }
    func quartiles(_ sample: RegretSample?) -> [String] {
      [0.25, 0.5, 0.75].map { sample?.quantile($0).threeDigits ?? "" }
    }
    let own = sample(ours)
    let peers = [("GPSampler", gp.map(sample)), ("TPESampler", tpe.map(sample))]
    let present = peers.compactMap { name, sample in sample.map { (name, $0) } }
    let best = present.min { $0.1.quantile(0.5) < $1.1.quantile(0.5) }
    return quartiles(own) + quartiles(peers[0].1) + quartiles(peers[1].1)
      + verdict(own, best?.0, best?.1)
  }

  /// The best peer, the rank test's p, and who is ahead where p is below 0.05.
  static func verdict(_ own: RegretSample, _ name: String?, _ peer: RegretSample?) -> [String] {
    guard let name, let peer else { return ["", "", ""] }
    let p = own.chance(beside: peer)
    let isAhead = own.quantile(0.5) < peer.quantile(0.5)
    return [name, p.threeDigits, p >= 0.05 ? "level" : isAhead ? "ahead" : "behind"]
  }
}
