/// What a second run says of one recorded cell.
package enum CellVerdict: Hashable, Sendable {
  /// The same stamp: the same result for the same reasons.
  case identical
  /// An external cell whose values lie within its tolerance of the recorded ones.
  case withinTolerance
  /// Where the two runs first differ, and how.
  case different(path: String, was: String, now: String)
  /// A file that the cell reads is not there.
  case inputMissing(file: String)
  /// The cell was not run again, such as a script without `--allow-scripts`.
  case notRun(why: String)

  /// Whether the record is confirmed.
  package var confirms: Bool { self == .identical || self == .withinTolerance }

  /// One word or two for tables and for JSON.
  package var name: String {
    switch self {
    case .identical: "identical"
    case .withinTolerance: "within tolerance"
    case .different: "different"
    case .inputMissing: "input missing"
    case .notRun: "not run"
    }
  }

  /// What the name leaves open: `roc_auc 0.971 → 0.969`.
  package var detail: String? {
    switch self {
    case .identical, .withinTolerance: nil
    case .different(let path, let was, let now): "\(path) \(was) \u{2192} \(now)"
    case .inputMissing(let file): file
    case .notRun(let why): why
    }
  }
}
