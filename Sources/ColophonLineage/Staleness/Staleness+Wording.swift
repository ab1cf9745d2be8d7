import ColophonCore

extension Staleness: CustomStringConvertible {
  /// `ran: learning_rate 0.1 → 0.2; input 'churn' changed`, or `kept: same 4 digests`.
  package var description: String {
    switch self {
    case .kept(let digests): "kept: same \(digests) digests"
    case .ran(let reasons): "ran: " + Staleness.list(reasons)
    }
  }

  /// The first three reasons, then how many more there are.
  private static func list(_ reasons: [Reason]) -> String {
    let shown = reasons.prefix(3).map { $0.description }.joined(separator: "; ")
    return reasons.count > 3 ? "\(shown) and \(reasons.count - 3) more" : shown
  }
}

extension Staleness.Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .firstRun: "first run"
    case .askedToRunAfresh: "asked to run afresh"
    case .resultDamaged: "its stored result was damaged"
    case .resultGone: "its result was no longer in the store"
    case .notInRegistry: "the registry does not hold the version"
    case .kind(let was, let now): "kind \(was) \u{2192} \(now)"
    case .setting(let change) where change.path.isEmpty: "configuration changed"
    case .setting(let change): change.description
    case .file(let path, let was?, let now?):
      "\(path) changed (\(was.short) \u{2192} \(now.short))"
    case .file(let path, nil, _): "\(path) is read now"
    case .file(let path, _, nil): "\(path) is no longer read"
    case .input(let name, _?, _?): "input '\(name)' changed"
    case .input(let name, nil, _): "input '\(name)' is new"
    case .input(let name, _, nil): "input '\(name)' is gone"
    case .seed(let was, let now): "seed \(was) \u{2192} \(now)"
    case .build: "new engine build"
    }
  }
}
