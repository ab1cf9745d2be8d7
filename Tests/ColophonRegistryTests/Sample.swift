import ColophonCore
import ColophonLineage
import ColophonRegistry
import Foundation
import Synchronization

/// A registry in a fresh folder that goes with the test, and a clock that ticks a minute each event.
final class SampleRegistry: Sendable {
  static let start = 1_767_225_600_000  // 2026-01-01T00:00Z

  let folder: String
  let registry: Registry
  private let ticks = Mutex(0)

  init() throws {
    let path = "\(FileManager.default.temporaryDirectory.path)/registry-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    folder = path
    registry = Registry(path: "\(path)/registry.sqlite", patience: 10)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  var path: String { registry.path }

  func hand(_ actor: String = "ada", key: RegistryKey? = nil, ownsFile: Bool = true) -> RegistryHand
  {
    RegistryHand(actor: actor, key: key, ownsFile: ownsFile) { [self] in
      ticks.withLock {
        $0 += 1
        return SampleRegistry.start + $0 * 60_000
      }
    }
  }

  @discardableResult
  func register(
    _ number: Int,
    group: String = "churn",
    status: VersionStatus = .approved,
    alias: String? = nil,
    by hand: RegistryHand? = nil
  ) throws -> Registration {
    var candidate = Sample.candidate(number, group: group)
    candidate.alias = alias
    return try registry.register(candidate, by: hand ?? self.hand()) { _, _ in
      GateDecision(status: status, reason: "the sample says so")
    }
  }

  func statement(_ sql: String) throws { try SQLite.run(sql, path) }

  /// Folds the log into the file, as the last one who closes the registry does; the file's bytes.
  func folded() throws -> [UInt8] {
    try SQLite.run("PRAGMA wal_checkpoint(TRUNCATE)", SQLite.summed(path))
    return try [UInt8](Data(contentsOf: URL(filePath: path)))
  }
}

extension RegistryAudit {
  /// What the journal and its tables say, without the sums of the file's pages.
  var beyondSums: [RegistryFinding] {
    findings.filter { if case .pages = $0 { false } else { true } }
  }
}

extension VersionName {
  init(_ group: String, _ number: Int) { self.init(group: group, which: .number(number)) }
}

/// A made-up model with a closed lineage: a dataset, a model trained on it, an evaluation.
enum Sample {
  static let engine = "1.0.0"

  static func content(_ number: Int, auc: Double? = nil) -> VersionContent {
    let data = node(
      "people",
      "dataset",
      files: ["data/people.csv": Digest(of: "rows".utf8)],
      artifact: "dataset",
      number: 0
    )
    let model = node(
      "fit",
      "train",
      inputs: ["people": data.stamp],
      configuration: ["eta": .number(Double(number) / 16)],
      artifact: "model",
      number: number
    )
    let value = auc ?? Double(number % 1000) / 1000
    let final = node(
      "final",
      "evaluate",
      inputs: ["fit": model.stamp],
      values: [
        "roc_auc": .number(value), "rows": 240,
        "ci": ["roc_auc": ["low": .number(value - 0.02), "high": .number(value + 0.02)]],
        "best": .string(number % 2 == 0 ? "even" : "odd"), "significant": .boolean(number > 2),
      ],
      number: number
    )
    return VersionContent(
      engine: engine,
      model: "fit",
      evaluation: ["final"],
      cells: [data, model, final]
    )
  }

  static func node(
    _ name: String,
    _ kind: String,
    inputs: [String: Digest] = [:],
    files: [String: Digest] = [:],
    configuration: Value = [:],
    values: Value = [:],
    artifact: String? = nil,
    number: Int
  ) -> LineageNode {
    let made = artifact.map {
      StoredOutcome.Artifact(digest: Digest(of: "\(name) \(number)".utf8), kind: $0)
    }
    let output = CellOutput.digest(artifact: made?.digest, values: values, exhibits: [])
    let stamp = CellStamp(
      kind: kind,
      configuration: configuration,
      inputs: inputs,
      files: files,
      engine: engine,
      output: output
    )
    return LineageNode(
      name: name,
      kind: kind,
      stamp: stamp.digest,
      inputs: inputs,
      files: files,
      configuration: configuration,
      output: output,
      artifact: made,
      values: values
    )
  }

  static func candidate(_ number: Int, group: String) -> Candidate {
    Candidate(
      group: group,
      content: content(number),
      source: VersionSource(
        path: "study.md",
        title: "A study",
        text: "# A study\n",
        parameters: [:],
        seed: 1,
        cell: "release"
      )
    )
  }
}
