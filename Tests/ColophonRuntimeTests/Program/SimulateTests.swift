import ColophonCore
import ColophonTestSupport
import Testing

@Suite struct ASimulateCell {
  private func findings(_ body: String) throws -> [String] {
    let folder = try ProjectFolder.study()
    try folder.write("# A cluster\n\n```yaml simulate plan\n\(body)\n```\n", to: "cluster.md")
    let ending = try folder.colophon("check", "cluster.md", "--format", "json")
    let found = try #require(
      try Value(json: Array(ending.output.utf8))["diagnostics"]?.asArray
    )
    return found.map { finding in
      "\(finding["line"]?.asInteger ?? 0):\(finding["column"]?.asInteger ?? 0) "
        + (finding["code"]?.asString ?? "")
    }
  }

  static let model =
    "workload: {transformer: {layers: 96, hidden: 12288, heads: 96, sequence: 2048, vocab: 51200}}"
  static let cluster = "cluster: {accelerator: A100-SXM4-80GB, devices: 64, network_gbps: 1600}"

  /// A cell's body from line 4 on, and where `check` finds what.
  @Test(arguments: [
    ("parallelism: {tensor: 8}", ["7:14 simulate.does-not-fit"]),
    (
      "parallelism: {tensor: 7, pipeline: 100}",
      ["7:14 simulate.plan", "7:23 simulate.plan", "7:36 simulate.plan"]
    ),
    (
      "parallelism: {tensor: 8, pipeline: 8, schedule: interleaved, interleave: 1}",
      ["7:49 simulate.plan"]
    ),
    ("precision: fp8\nparallelism: {tensor: 8, pipeline: 8}", ["7:12 simulate.precision"]),
    (
      "search: true\nspot: {max_run: 3, max_wait: 2}",
      ["8:30 spot.wait-below-run", "8:7 spot.no-checkpoint"]
    ),
    ("parallelism: {tensr: 8}", ["7:15 cell.unknown-field", "7:14 simulate.does-not-fit"]),
  ])
  func isCheckedBeforeAnythingRuns(body: String, expected: [String]) throws {
    let whole = "\(Self.model)\n\(Self.cluster)\nbatch: {global: 64}\n\(body)"
    #expect(Set(try findings(whole)) == Set(expected))
  }

  static let small =
    "workload: {transformer: {layers: 8, hidden: 512, heads: 8, sequence: 512, vocab: 1000}}"

  /// What contradicts itself or means nothing, and what would do better: a cell's lines from 4 on.
  @Test(arguments: [
    (
      "workload: {transformer: {layers: 8, hidden: 500, heads: 8, kv_heads: 3, sequence: 512, "
        + "vocab: 1000, experts: 4, top_k: 5}}\n\(cluster)\nbatch: {global: 64}",
      ["4:57 simulate.workload", "4:70 simulate.workload", "4:120 simulate.workload"]
    ),
    (
      "\(small)\ncluster: {instance: p4d.24xlarge, devices: 16, network_gbps: 9}\n"
        + "batch: {global: 64}",
      ["5:44 simulate.cluster", "5:62 simulate.cluster"]
    ),
    (
      "\(small)\ncluster: {accelerator: T4, devices: 12, count: 2}\nprecision: fp16\n"
        + "batch: {global: 48}",
      ["5:37 simulate.cluster", "5:48 simulate.cluster"]
    ),
    (
      "\(small)\n\(cluster)\nbatch: {global: 64}\nparallelism: {pipeline: 2, interleave: 2}",
      ["7:40 simulate.plan", "7:14 simulate.model-parallel-unneeded"]
    ),
    (
      "\(small)\n\(cluster)\nbatch: {global: 64}\nsteps: 10\ntokens: 100",
      ["8:9 simulate.run"]
    ),
    (
      "\(small)\n\(cluster)\nbatch: {global: 64}\nfailures: {mtbf_hours: 9}\n"
        + "checkpoint: {every: 9, optimal: true}",
      ["8:33 simulate.run", "8:21 simulate.checkpoint-interval"]
    ),
    (
      "\(small)\n\(cluster)\nbatch: {global: 64}\nspot: {interruptions: [1]}\n"
        + "checkpoint: {seconds: 9}",
      ["8:13 simulate.run"]
    ),
    (
      "\(small)\n\(cluster)\nbatch: {global: 64}\nspot: {interruptions: [1], rate: 2, nodes: 2}\n"
        + "checkpoint: {every: 300}",
      ["7:7 simulate.spot"]
    ),
    (
      "\(small)\n\(cluster)\nbatch: {global: 64}\nstragglers: {fraction: 0.5}",
      ["7:13 cell.missing-field"]
    ),
    (
      "\(small)\ncluster: {accelerator: V100-SXM2-32GB, devices: 64}\nbatch: {global: 64}\n"
        + "precision: bf16\nsearch: true",
      ["7:12 simulate.precision"]
    ),
    (
      "\(model)\n\(cluster)\nbatch: {global: 64}\nrecompute: full\n"
        + "parallelism: {tensor: 16, pipeline: 4}",
      ["8:23 simulate.tensor-across-nodes"]
    ),
    (
      "\(model)\n\(cluster)\nbatch: {global: 16}\nrecompute: full\n"
        + "parallelism: {tensor: 8, pipeline: 8, sequence: true}",
      ["8:36 simulate.pipeline-bubble"]
    ),
    (
      "\(small)\n\(cluster)\nbatch: {global: 64}\nfailures: {mtbf_hours: 5000}\n"
        + "checkpoint: {every: 100000, seconds: 10}",
      ["8:21 simulate.checkpoint-interval"]
    ),
    (
      "\(small)\n\(cluster)\nbatch: {global: 64}\nspot: {rate: 1}\n"
        + "checkpoint: {every: 5, seconds: 60}",
      ["8:21 simulate.checkpoint-interval"]
    ),
  ])
  func isToldWhatMeansNothingOrWouldDoBetter(body: String, expected: [String]) throws {
    #expect(Set(try findings(body)) == Set(expected))
  }

  @Test func saysThatASmallModelNeedsNoCutting() throws {
    let small =
      "workload: {transformer: {layers: 2, hidden: 512, heads: 8, sequence: 512, vocab: 1000}}"
    let body = "\(small)\n\(Self.cluster)\nbatch: {global: 64}\nparallelism: {tensor: 8}"
    #expect(try findings(body) == ["7:14 simulate.model-parallel-unneeded"])
  }

  @Test func runsAndVerifies() throws {
    let folder = try ProjectFolder.study()
    let body =
      "\(Self.model)\n\(Self.cluster)\nbatch: {global: 64}\nrecompute: full\n"
      + "parallelism: {tensor: 8, pipeline: 8, sequence: true}\nsteps: 1000\nspot: {rate: 0.2}\n"
      + "checkpoint: {every: 600, seconds: 20}"
    try folder.write("# A cluster\n\n```yaml simulate plan\n\(body)\n```\n", to: "cluster.md")
    #expect(try folder.colophon("run", "cluster.md").status == 0)
    #expect(try folder.colophon("verify", "output/cluster.html").status == 0)
  }
}
