/// The names that the library's `eval_metric` takes: `auc`, `error@0.3`, `ndcg@5-`.
enum LibraryMetric {
  /// What may follow a metric's name.
  private enum Form {
    case plain
    /// A threshold or power may, after `@`.
    case number
    /// A length may, after `@`, and a `-` at the end, which counts empty lists as 0.
    case cut
  }

  private static let forms: [(name: String, form: Form)] = [
    ("rmse", .plain), ("rmsle", .plain), ("mae", .plain), ("mape", .plain), ("mphe", .plain),
    ("logloss", .plain), ("error", .number), ("merror", .plain), ("mlogloss", .plain),
    ("auc", .plain), ("aucpr", .plain), ("ndcg", .cut), ("map", .cut), ("pre", .cut),
    ("ams", .number), ("poisson-nloglik", .plain), ("gamma-nloglik", .plain),
    ("cox-nloglik", .plain), ("gamma-deviance", .plain), ("tweedie-nloglik", .number),
    ("aft-nloglik", .plain), ("interval-regression-accuracy", .plain),
  ]

  /// The names without what may follow them, for suggestions.
  static var names: [String] { forms.map { $0.name } }

  /// Whether the library knows a name, with what follows it.
  static func isKnown(_ text: String) -> Bool {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let bare = parts.count == 1 && text.hasSuffix("-") ? String(text.dropLast()) : String(parts[0])
    guard let form = forms.first(where: { $0.name == bare })?.form else { return false }
    guard parts.count == 2 else { return bare == text || form == .cut }
    switch form {
    case .plain: return false
    case .number: return Double(parts[1]).map { $0.isFinite } ?? false
    case .cut:
      let digits = parts[1].hasSuffix("-") ? parts[1].dropLast() : parts[1]
      return Int(digits).map { $0 > 0 } ?? false
    }
  }
}
