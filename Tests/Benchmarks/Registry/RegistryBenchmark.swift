import ColophonCore
import ColophonLineage
import ColophonRegistry
import Foundation

extension Benchmark {
  /// A registry of 100,000 versions beside MLflow's own store over SQLite, both on this disk, both
  /// called inside a process; the medians of single calls.
  static let registry = Benchmark(name: "registry") {
    do { try RegistryBench(versions: 100_000).run() } catch { print("left out: \(error)") }
  }
}

private struct RegistryBench {
  let versions: Int
  private let folder: URL
  private let registry: Registry
  private let hand = RegistryHand(actor: "bench") { 1_700_000_000_000 }

  init(versions: Int) throws {
    self.versions = versions
    folder = FileManager.default.temporaryDirectory
      .appending(path: "registry-bench-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    registry = Registry(path: folder.appending(path: "registry.sqlite").path)
  }

  func run() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try fill()
    var random = RandomStream(root: 1, cell: "bench", purpose: "version")
    func name() -> VersionName {
      VersionName(group: "churn", which: .number(1 + random.integer(below: versions)))
    }
    let query = try RegistryQuery(
      "status = Approved and roc_auc.low > 0.9995 and ancestor(dataset:people)"
    )
    var next = versions
    let ours: [(String, Double)] = [
      (
        "register",
        try median(51) {
          next += 1
          _ = try registry.register(RegistryBenchSample.candidate(next), by: hand) { _, _ in
            RegistryBenchSample.decision
          }
        }
      ),
      ("promote", try median(51) { _ = try? registry.promote(name(), to: "champion", by: hand) }),
      ("show", try median(51) { _ = try registry.show(name()) }),
      ("query", try median(21) { _ = try registry.list(query) }),
    ]
    let audit = try median(5) { _ = try registry.audit() }
    let peer = Self.peer(versions: versions)
    for (operation, milliseconds) in ours {
      FigureTable.keep(
        RegistryBench.words[operation] ?? operation,
        rows: versions,
        threads: 1,
        seconds: milliseconds / 1000,
        peer: peer[operation].map { FigureTable.Peer(name: "MLflow", seconds: $0 / 1000) },
        goal: operation == "register" ? "under 10 ms" : "under 20 ms",
        table: "registry-speed"
      )
    }
    let events = try registry.tail().sequence
    FigureTable.keep(
      "audit of 100,000 events",
      rows: versions,
      threads: 1,
      seconds: audit / Double(events) * 100,
      goal: "under 1 s",
      table: "registry-speed"
    )
    let full = try median(1) { _ = try registry.audit(full: true) }
    FigureTable.keep(
      "full audit of 100,000 events",
      rows: versions,
      threads: 1,
      seconds: full / Double(events) * 100,
      table: "registry-speed"
    )
  }

  /// What is measured, as the table of figures says it.
  private static let words = [
    "register": "register a version; durable", "promote": "move an alias; durable",
    "show": "show a version", "query": "list by a query",
  ]

  /// In transactions of a thousand; this is not measured.
  private func fill() throws {
    for start in stride(from: 1, through: versions, by: 1000) {
      _ = try registry.register(
        all: (start..<start + 1000).map { RegistryBenchSample.candidate($0) },
        by: hand
      ) { _, _ in RegistryBenchSample.decision }
    }
  }

  /// The median of some calls, in milliseconds.
  private func median(_ count: Int, _ body: () throws -> Void) throws -> Double {
    let clock = ContinuousClock()
    let times = try (0..<count).map { _ in
      let (seconds, attoseconds) = try clock.measure(body).components
      return Double(seconds) * 1e3 + Double(attoseconds) * 1e-15
    }
    return times.sorted()[count / 2]
  }

  /// The same operations of MLflow's store, in milliseconds; empty where it is missing.
  private static func peer(versions: Int) -> [String: Double] {
    guard let python = ProcessInfo.processInfo.environment["COLOPHON_PEER"] else { return [:] }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-P", "-c", script, String(versions)]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return [:] }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Dictionary(
      text.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ")
        return words.count == 2 ? Double(words[1]).map { (String(words[0]), $0) } : nil
      }
    ) { _, last in last }
  }

  /// MLflow has no metrics in its registry; a tag holds the number, and a query compares it as text.
  private static let script = """
    import os, random, sys, tempfile, time, warnings
    warnings.filterwarnings("ignore")
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    import sqlalchemy
    from mlflow.store.model_registry.sqlalchemy_store import SqlAlchemyStore
    n = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        store = SqlAlchemyStore("sqlite:///" + folder + "/m.db")
        store.create_registered_model("churn")
        versions = [dict(name="churn", version=i, creation_time=i, last_updated_time=i,
                         current_stage="None", source=f"s/{i}", status="READY")
                    for i in range(1, n + 1)]
        tags = [dict(name="churn", version=i, key="auc", value=f"{(i % 10000) / 10000:.4f}")
                for i in range(1, n + 1)]
        def insert(table, rows):
            meta = sqlalchemy.MetaData()
            t = sqlalchemy.Table(table, meta, autoload_with=store.engine)
            known = {c.name for c in t.columns}
            rows = [{k: v for k, v in r.items() if k in known} for r in rows]
            with store.engine.begin() as c:
                c.execute(t.insert(), rows)
        insert("model_versions", versions)
        insert("model_version_tags", tags)
        def median(count, body):
            times = []
            for _ in range(count):
                t = time.perf_counter(); body(); times.append((time.perf_counter() - t) * 1e3)
            return sorted(times)[count // 2]
        print("register", median(21, lambda: store.create_model_version("churn", "s", None, [], None, None)))
        print("promote", median(21, lambda: store.set_registered_model_alias(
            "churn", "champion", str(random.randint(1, n)))))
        print("show", median(21, lambda: store.get_model_version("churn", str(random.randint(1, n)))))
        print("query", median(3, lambda: store.search_model_versions(
            "name='churn' and tags.auc = '0.9998'", 100)))
    """
}

/// Made-up versions.
private enum RegistryBenchSample {
  static let decision = GateDecision(status: .approved, reason: "the bench approves")

  static func candidate(_ number: Int) -> Candidate {
    let auc = Double(number % 10_000) / 10_000
    let data = node(
      "people",
      "dataset",
      files: ["data/people.csv": Digest(of: "rows".utf8)],
      artifact: "dataset"
    )
    let model = node("fit", "train", inputs: ["people": data], artifact: "model", number: number)
    let final = node(
      "final",
      "evaluate",
      inputs: ["fit": model],
      values: ["roc_auc": .number(auc), "ci": ["roc_auc": ["low": .number(auc)]]]
    )
    return Candidate(
      group: "churn",
      content: VersionContent(
        engine: "1",
        model: "fit",
        evaluation: ["final"],
        cells: [data, model, final]
      ),
      source: VersionSource(
        path: "a.md",
        title: "A",
        text: "# A\n",
        parameters: [:],
        seed: 1,
        cell: "release"
      )
    )
  }

  private static func node(
    _ name: String,
    _ kind: String,
    inputs: [String: LineageNode] = [:],
    files: [String: Digest] = [:],
    values: Value = [:],
    artifact: String? = nil,
    number: Int = 0
  ) -> LineageNode {
    let made = artifact.map {
      StoredOutcome.Artifact(digest: Digest(of: "\(name) \(number)".utf8), kind: $0)
    }
    let output = CellOutput.digest(artifact: made?.digest, values: values, exhibits: [])
    let stamps = inputs.mapValues { $0.stamp }
    let stamp = CellStamp(
      kind: kind,
      configuration: ["number": .integer(number)],
      inputs: stamps,
      files: files,
      engine: "1",
      output: output
    )
    return LineageNode(
      name: name,
      kind: kind,
      stamp: stamp.digest,
      inputs: stamps,
      files: files,
      configuration: ["number": .integer(number)],
      output: output,
      artifact: made,
      values: values
    )
  }
}
