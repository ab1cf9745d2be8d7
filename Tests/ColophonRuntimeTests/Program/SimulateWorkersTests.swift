import ColophonCore
import ColophonTestSupport
import Testing

/// A simulate cell over a train cell, in the real program.
@Suite struct ASimulateCellOverATrainCell {
  static let head = """
    # Workers

    ```yaml dataset d
    source: {synthetic: moons, rows: 120}
    target: label
    ```

    ```yaml train net
    data: d
    algorithm: mlp
    layers: [{dense: {units: 6, activation: tanh}}, {dense: 4}]
    batch_size: 24
    epochs: 3
    ```

    ```yaml train forest
    data: d
    algorithm: random_forest
    hyperparameters: {n_estimators: 3}
    ```

    """
  static let cluster = "cluster: {accelerator: A10G, devices: 4, network_gbps: 10}"

  private func notebook(_ body: String) throws -> ProjectFolder {
    let folder = try ProjectFolder.study()
    try folder.write("\(Self.head)```yaml simulate s\n\(body)\n```\n", to: "workers.md")
    return folder
  }

  /// A cell's body from line 22 on, and what `check` says of it.
  @Test(arguments: [
    ("workload: forest\n\(cluster)", "22:11 simulate.workload"),
    ("workload: net\n\(cluster)\nworkers: {count: 5}", "24:18 simulate.workers"),
    ("workload: net\n\(cluster)\nworkers: {count: 8}", "24:18 simulate.workers"),
    ("workload: net\n\(cluster)\nworkers: {method: sinchronous}", "24:19 cell.unknown-choice"),
    ("workload: net\n\(cluster)\nworkers: {local_steps: 4}", "24:24 simulate.workers"),
    (
      "workload: net\n\(cluster)\nworkers: {method: pipeline, micro_batches: 5}",
      "24:44 simulate.workers"
    ),
    (
      "workload: net\n\(cluster)\nworkers: {count: 2}\nparallelism: {data: 2}",
      "25:14 simulate.workers"
    ),
    ("workload: net\n\(cluster)\nworkers: {count: 2}\nsteps: 9", "25:8 simulate.workers"),
    (
      "workload: {layers: [{flops: 1e6}]}\n\(cluster)\nbatch: {global: 8}\nworkers: {count: 2}",
      "25:10 simulate.workers"
    ),
    (
      "workload: net\n\(cluster)\ncompare: [{name: a, workers: {count: 2}}]",
      "24:30 simulate.workers"
    ),
    (
      "workload: net\n\(cluster)\nworkers: {method: local_sgd}\nfailures: {mtbf_hours: 1}\n"
        + "checkpoint: {every: 1, elastic: true}",
      "26:33 simulate.workers"
    ),
  ])
  func isCheckedBeforeAnythingRuns(body: String, expected: String) throws {
    let ending = try notebook(body).colophon("check", "workers.md", "--format", "json")
    let found = try #require(try Value(json: Array(ending.output.utf8))["diagnostics"]?.asArray)
    let errors = found.filter { $0["severity"]?.asString == "error" }.map { finding in
      "\(finding["line"]?.asInteger ?? 0):\(finding["column"]?.asInteger ?? 0) "
        + (finding["code"]?.asString ?? "")
    }
    #expect(errors.contains(expected), "\(errors)")
  }

  private func values(_ body: String) throws -> Value {
    let folder = try notebook(body)
    let ending = try folder.colophon("run", "workers.md")
    #expect(ending.status == 0, "\(ending.error)")
    let report = try Value(json: folder.bytes("output/workers.json"))
    let cells = try #require(report["cells"]?.asArray)
    #expect(try folder.colophon("verify", "output/workers.html").status == 0)
    return try #require(cells.first { $0["name"]?.asString == "s" }?["values"])
  }

  @Test func countsTheNetworksOperations() throws {
    let found = try values("workload: net\n\(Self.cluster)")
    // Two features to 6, 4 and 1: 12 + 6, 24 + 4, 4 + 1 weights; 5 batches of 3 epochs.
    #expect(found["parameters"]?.asNumber == 51)
    #expect(found["fits"] == .boolean(true))
    let step = try #require(found["step_seconds"]?.asNumber)
    #expect(found["wall_seconds"]?.asNumber == 12 * step)
  }

  @Test func trainsAndVerifies() throws {
    let found = try values(
      "workload: net\n\(Self.cluster)\nworkers: {count: 4}\n"
        + "compare: [{name: one, workers: {count: 1}}, {name: asynch, workers: {method: asynchronous}}]\n"
        + "failures: {mtbf_hours: 0.0001}\n"
        + "checkpoint: {every: 0.01, seconds: 0.001, restart_seconds: 0.01, spare_nodes: 9}"
    )
    let workers = try #require(found["workers"])
    #expect(workers["equality"]?["holds"] == .boolean(true))
    #expect(workers["equality"]?["same_bits"] == .boolean(false))
    #expect(workers["steps"]?.asInteger == 12)
    #expect(workers["spot"]?["same_bits"] == .boolean(true))
    #expect(found["compare"]?["one"]?["same_bits"] == .boolean(true))
    #expect(found["compare"]?["asynch"]?["loss"]?.asNumber != nil)
  }
}
