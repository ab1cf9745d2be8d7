package import ColophonCore
package import ColophonLineage

/// What is different between two versions of a group.
package struct VersionComparison: Hashable, Sendable {
  /// A value that both or one of them has.
  package struct Reading: Hashable, Sendable {
    package var path: String
    package var was: Value?
    package var now: Value?
    /// The interval's ends, where the evidence has them.
    package var wasInterval: [Double]?
    package var nowInterval: [Double]?

    var isOfSlice: Bool { path.hasPrefix("slice.") || path.contains(".slice.") }

    /// Whether both intervals are known and lie apart.
    package var liesApart: Bool {
      guard let a = wasInterval, let b = nowInterval else { return false }
      return a[1] < b[0] || b[1] < a[0]
    }
  }

  package var was: String
  package var now: String
  /// Files by path whose content differs, or that only one reads.
  package var data: [ValueChange]
  /// Settings by cell and key; cells of different names are matched by kind and place.
  package var configuration: [ValueChange]
  /// The notebooks' own parameters and seeds, and how many numbers the models learned.
  package var parameters: [ValueChange]
  package var metrics: [Reading]
  /// Values of slices.
  package var slices: [Reading]
  /// What `compare` cells found, `CELL.PATH`.
  package var tests: [Reading]
  /// All other evidence that is not the same, `CELL.PATH`.
  package var evidence: [Reading]
  package var card: [ValueChange]
  /// The engine's versions, where they differ.
  package var engine: [ValueChange]
  package var isSameModel: Bool

  package init(_ a: RegisteredVersion, _ b: RegisteredVersion) {
    was = a.name
    now = b.name
    data = ValueChange.between(
      .object(a.content.files.mapValues { .string($0.short) }),
      .object(b.content.files.mapValues { .string($0.short) })
    )
    configuration = VersionComparison.configuration(a.content, b.content)
    parameters = ValueChange.between(
      VersionComparison.parameters(a),
      VersionComparison.parameters(b)
    )
    let readings = { (isNamed: Bool, choice: (EvidenceReading) -> Bool) in
      VersionComparison.readings(
        a.content.readings.filter(choice),
        b.content.readings.filter(choice),
        isNamed: isNamed
      )
    }
    let measured = readings(false) { $0.isMetric }
    metrics = measured.filter { !$0.isOfSlice }
    slices = measured.filter { $0.isOfSlice }
    tests = readings(true) { $0.kind == EvidenceReading.testKind }
    evidence = readings(true) { !$0.isMetric && $0.kind != EvidenceReading.testKind }
      .filter { $0.was != $0.now }
    card = ValueChange.between(
      try? Value(encoding: a.content.card),
      try? Value(encoding: b.content.card)
    )
    engine = ValueChange.between(.string(a.content.engine), .string(b.content.engine), at: "engine")
    isSameModel = a.content.modelDigest == b.content.modelDigest
  }

  /// The settings of both models' cells and of the cells upstream, matched from the model backwards.
  private static func configuration(_ a: VersionContent, _ b: VersionContent) -> [ValueChange] {
    let (first, second) = (chain(a), chain(b))
    return (0..<max(first.count, second.count)).flatMap { i -> [ValueChange] in
      let x = i < first.count ? first[i] : nil
      let y = i < second.count ? second[i] : nil
      let name = y?.name ?? x?.name ?? ""
      let settings = { (node: LineageNode?) -> Value? in
        // What names another cell says nothing of the settings.
        guard let node else { return nil }
        let members = (node.configuration.asObject ?? [:]).filter { _, value in
          value.asString.map { node.inputs[$0] == nil } ?? true
        }
        return .object(members)
      }
      let (was, now) = (settings(x), settings(y))
      // Another algorithm has other settings altogether; naming each of them says nothing.
      if let a = was?["algorithm"], let b = now?["algorithm"], a != b {
        return [ValueChange(path: "\(name).algorithm", was: a, now: b)]
      }
      return ValueChange.between(was, now, at: name)
    }
  }

  /// The model's cell, then what it rests on, the nearest first.
  private static func chain(_ content: VersionContent) -> [LineageNode] {
    let wanted = content.upstream(of: content.model)
    return content.cells.reversed().filter { wanted.contains($0.name) }
  }

  /// What the notebook was run with, and the size of what came of it.
  private static func parameters(_ version: RegisteredVersion) -> Value {
    var members = version.source.parameters
    members["seed"] = .string(String(version.source.seed))
    let model = version.content[cell: version.content.model]
    if let count = model?.values["parameters"] { members["model.parameters"] = count }
    return .object(members)
  }

  /// Values side by side; cells of different names are matched by their place.
  ///
  /// Paths begin with the cell's name where that is asked for, or where there are several cells.
  private static func readings(
    _ a: [EvidenceReading],
    _ b: [EvidenceReading],
    isNamed: Bool
  ) -> [Reading] {
    let (first, second) = (cells(a), cells(b))
    let isNamed = isNamed || max(first.count, second.count) > 1
    return (0..<max(first.count, second.count)).flatMap { i -> [Reading] in
      let x = i < first.count ? first[i].values : [:]
      let y = i < second.count ? second[i].values : [:]
      let name = i < second.count ? second[i].name : first[i].name
      return Set(x.keys).union(y.keys).sorted().map { path in
        Reading(
          path: isNamed ? "\(name).\(path)" : path,
          was: x[path]?.value,
          now: y[path]?.value,
          wasInterval: x[path]?.interval,
          nowInterval: y[path]?.interval
        )
      }
    }
  }

  /// The readings by cell, in order.
  private static func cells(_ readings: [EvidenceReading]) -> [(
    name: String, values: [String: EvidenceReading]
  )] {
    var cells: [(name: String, values: [String: EvidenceReading])] = []
    for reading in readings {
      if cells.last?.name != reading.cell { cells.append((reading.cell, [:])) }
      cells[cells.count - 1].values[reading.path] = reading
    }
    return cells
  }
}

extension VersionComparison {
  package var value: Value {
    func changes(_ changes: [ValueChange]) -> Value {
      .array(
        changes.map {
          ["path": .string($0.path), "was": $0.was ?? .null, "now": $0.now ?? .null]
        }
      )
    }
    func readings(_ readings: [Reading]) -> Value {
      .array(
        readings.map { reading in
          var members: [String: Value] = [
            "path": .string(reading.path), "was": reading.was ?? .null,
            "now": reading.now ?? .null, "apart": .boolean(reading.liesApart),
          ]
          if let ends = reading.wasInterval {
            members["was_interval"] = .array(ends.map { .number($0) })
          }
          if let ends = reading.nowInterval {
            members["now_interval"] = .array(ends.map { .number($0) })
          }
          return .object(members)
        }
      )
    }
    return [
      "was": .string(was), "now": .string(now), "same_model": .boolean(isSameModel),
      "data": changes(data), "configuration": changes(configuration), "card": changes(card),
      "engine": changes(engine), "parameters": changes(parameters),
      "metrics": readings(metrics), "slices": readings(slices), "tests": readings(tests),
      "evidence": readings(evidence),
    ]
  }
}
