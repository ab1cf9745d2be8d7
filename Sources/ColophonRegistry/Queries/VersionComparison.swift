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
  package var metrics: [Reading]
  /// Values of slices.
  package var slices: [Reading]
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
    let all = VersionComparison.readings(a.content, b.content)
    metrics = all.filter { !$0.path.hasPrefix("slice.") }
    slices = all.filter { $0.path.hasPrefix("slice.") }
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

  /// The values of the first evaluation cells side by side.
  private static func readings(_ a: VersionContent, _ b: VersionContent) -> [Reading] {
    let (x, y) = (bare(a), bare(b))
    return Set(x.keys).union(y.keys).sorted().compactMap { path in
      guard !path.hasSuffix(".low"), !path.hasSuffix(".high"), !path.hasPrefix("ci.") else {
        return nil
      }
      return Reading(
        path: path,
        was: x[path],
        now: y[path],
        wasInterval: interval(path, x),
        nowInterval: interval(path, y)
      )
    }
  }

  private static func bare(_ content: VersionContent) -> [String: Value] {
    let names = Set(content.cells.map { $0.name })
    return content.searchable.reduce(into: [:]) { values, entry in
      let first = entry.path.split(separator: ".").first.map { String($0) } ?? ""
      if !names.contains(first), !entry.path.hasPrefix("confusion.") {
        values[entry.path] = entry.value
      }
    }
  }

  private static func interval(_ path: String, _ values: [String: Value]) -> [Double]? {
    guard let low = values["\(path).low"]?.asNumber, let high = values["\(path).high"]?.asNumber
    else { return nil }
    return [low, high]
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
      "engine": changes(engine), "metrics": readings(metrics), "slices": readings(slices),
    ]
  }
}
