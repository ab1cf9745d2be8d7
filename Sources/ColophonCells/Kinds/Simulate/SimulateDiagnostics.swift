import ColophonCluster
import ColophonCore

/// The wording of what can be wrong with a simulate cell.
extension Diagnostic {
  static func simulatePlan(_ message: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(.error, "simulate.plan", at: position, message)
  }

  static func doesNotFit(_ remedies: Remedies, at position: SourcePosition) -> Diagnostic {
    let changes = remedies.changes.prefix(4)
    return Diagnostic(
      .error,
      "simulate.does-not-fit",
      at: position,
      remedies.sentence + " (\(Int(remedies.memory.total.rounded())) bytes)",
      hint: changes.isEmpty
        ? "take more devices, or a smaller model"
        : "what would fit: " + changes.joined(separator: "; ")
    )
  }

  static func modelParallelUnneeded(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .advice,
      "simulate.model-parallel-unneeded",
      at: position,
      "the model fits on one device, so tensor and pipeline parallelism only add communication",
      hint: "leave 'tensor' and 'pipeline' out, and let all devices be data-parallel"
    )
  }

  static func noPrecision(_ precision: String, of cluster: Cluster, at position: SourcePosition)
    -> Diagnostic
  {
    let known = Precision.allCases.filter { cluster.accelerator.peak[$0] != nil }
    return Diagnostic(
      .error,
      "simulate.precision",
      at: position,
      length: precision.utf8.count,
      "\(cluster.accelerator.name) doesn't compute in \(precision)",
      hint: "it knows " + known.map { $0.rawValue }.joined(separator: ", ")
    )
  }

  static func workloadForm(_ node: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "simulate.workload",
      at: node.position,
      length: node.length,
      "'workload' takes a train cell, {transformer: {…}} or {layers: […]}"
    )
  }

  static func noGradients(
    _ fault: (message: String, hint: String),
    at position: SourcePosition
  ) -> Diagnostic {
    Diagnostic(.error, "simulate.workload", at: position, fault.message, hint: fault.hint)
  }

  static func workers(
    _ message: String,
    hint: String? = nil,
    at position: SourcePosition
  ) -> Diagnostic {
    Diagnostic(.error, "simulate.workers", at: position, message, hint: hint)
  }

  static func clusterForm(at position: SourcePosition, both: Bool) -> Diagnostic {
    Diagnostic(
      .error,
      "simulate.cluster",
      at: position,
      both
        ? "'cluster' names an instance and an accelerator, and takes one of them"
        : "'cluster' names neither an instance nor an accelerator",
      hint:
        "such as {instance: p4d.24xlarge, count: 4} or {accelerator: A100-SXM4-80GB, devices: 64}"
    )
  }

  /// A key of `cluster` that the form chosen leaves no room for.
  static func clusterKey(_ message: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(.error, "simulate.cluster", at: position, message, hint: "leave it out")
  }

  static func partNode(_ devices: Int, perNode: Int, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "simulate.cluster",
      at: position,
      "\(devices) devices leave a node of \(perNode) part empty",
      hint: "take a multiple of \(perNode), or say 'devices_per_node'"
    )
  }

  static func transformerShape(_ message: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(.error, "simulate.workload", at: position, message)
  }

  static func simulateRun(_ message: String, hint: String, at position: SourcePosition)
    -> Diagnostic
  {
    Diagnostic(.error, "simulate.run", at: position, message, hint: hint)
  }

  static func tensorAcrossNodes(_ tensor: Int, perNode: Int, at position: SourcePosition)
    -> Diagnostic
  {
    Diagnostic(
      .advice,
      "simulate.tensor-across-nodes",
      at: position,
      "tensor \(tensor) goes beyond a node of \(perNode), so every layer waits for the network",
      hint: "let 'tensor' be at most \(perNode), and cut the model by 'pipeline' as well"
    )
  }

  static func idlePipeline(_ share: Double, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .advice,
      "simulate.pipeline-bubble",
      at: position,
      "devices wait for other stages \(Int((share * 100).rounded())) % of the pipeline's time",
      hint:
        "take more micro-batches (a smaller 'micro', a larger 'global'), fewer stages, or another "
        + "'schedule'"
    )
  }

  static func checkpointInterval(
    every: Double,
    best: Double,
    at position: SourcePosition
  ) -> Diagnostic {
    let kind = every < best ? "much more often than pays" : "much more seldom than pays"
    return Diagnostic(
      .advice,
      "simulate.checkpoint-interval",
      at: position,
      "a checkpoint each \(Int(every.rounded())) s is \(kind) at this rate of failures",
      hint: "Daly's interval is \(Int(best.rounded())) s: 'optimal: true'"
    )
  }
}
