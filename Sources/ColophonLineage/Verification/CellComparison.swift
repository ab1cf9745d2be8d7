import ColophonCore

/// One cell of two runs.
struct CellComparison {
  var was: Manifest.Cell
  var now: Manifest.Cell?
  var engines: (was: Manifest.Engine, now: Manifest.Engine)
  var tolerance: CellTolerance

  var verdict: CellVerdict {
    guard let now else { return .different(path: "cell", was: "present", now: "absent") }
    if was.status != now.status {
      return .different(path: "status", was: was.status.rawValue, now: now.status.rawValue)
    }
    if was.stamp == now.stamp, was.stamp != nil || was.status != .done {
      // A stamp vouches for what it was made of; values that were edited beside it still differ.
      return valueDifference(now, within: .all(0)) ?? .identical
    }
    if let cause = cause(now) { return cause }
    if max(was.reproducibility, now.reproducibility) == .external {
      return valueDifference(now, within: tolerance) ?? .withinTolerance
    }
    return valueDifference(now, within: .all(0)) ?? consequence(now)
  }

  /// What the cell was given, where that differs: kind, data, configuration.
  private func cause(_ now: Manifest.Cell) -> CellVerdict? {
    if was.kind != now.kind { return .different(path: "kind", was: was.kind, now: now.kind) }
    if let verdict = difference(of: was.files ?? [:], now.files ?? [:], as: { $0 }) {
      return verdict
    }
    guard let a = was.configuration, let b = now.configuration else { return nil }
    return ValueChange.between(a, b).first.map { CellVerdict($0) }
  }

  private func valueDifference(
    _ now: Manifest.Cell,
    within tolerance: CellTolerance
  ) -> CellVerdict? {
    let changes = ValueChange.between(.object(was.values), .object(now.values))
    for change in changes {
      if let a = change.was?.asNumber, let b = change.now?.asNumber,
        abs(a - b) <= tolerance.bound(at: change.path)
      {
        continue
      }
      return CellVerdict(change)
    }
    return nil
  }

  /// Where neither values nor causes differ: the engine, the inputs, the artifact or a drawing.
  private func consequence(_ now: Manifest.Cell) -> CellVerdict {
    if engines.was.version != engines.now.version {
      return .different(
        path: "engine",
        was: engines.was.version,
        now: engines.now.version
      )
    }
    let libraries = Set(engines.was.libraries.keys).union(engines.now.libraries.keys).sorted()
    for name in libraries where engines.was.libraries[name] != engines.now.libraries[name] {
      let was = engines.was.libraries[name] ?? "absent"
      let now = engines.now.libraries[name] ?? "absent"
      return .different(path: "library \(name)", was: was, now: now)
    }
    if let verdict = difference(of: was.inputs, now.inputs, as: { "input '\($0)'" }) {
      return verdict
    }
    let sameOutput = was.output == now.output
    return .different(
      path: sameOutput ? "stamp" : "output",
      was: (sameOutput ? was.stamp : was.output)?.short ?? "none",
      now: (sameOutput ? now.stamp : now.output)?.short ?? "none"
    )
  }

  private func difference(
    of was: [String: Digest],
    _ now: [String: Digest],
    as name: (String) -> String
  ) -> CellVerdict? {
    let changed = Set(was.keys).union(now.keys).sorted().first { was[$0] != now[$0] }
    return changed.map { key in
      .different(
        path: name(key),
        was: was[key]?.short ?? "absent",
        now: now[key]?.short ?? "absent"
      )
    }
  }
}

extension CellVerdict {
  /// A change of a value, told as a difference.
  init(_ change: ValueChange) {
    self = .different(
      path: change.path,
      was: change.was?.briefText ?? "absent",
      now: change.now?.briefText ?? "absent"
    )
  }
}
