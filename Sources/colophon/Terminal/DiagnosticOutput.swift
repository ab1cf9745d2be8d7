import ColophonCore

/// How findings leave the program.
enum DiagnosticOutput {
  /// Writes findings to standard error, each with its line of the notebook; as events of the
  /// progress where that is written for programs.
  static func show(
    _ diagnostics: [Diagnostic],
    as style: ProgressStyle = .auto,
    line: (SourcePosition) -> String?
  ) {
    for diagnostic in diagnostics {
      Console.error(
        style == .json ? JSONProgress.line(diagnostic) : diagnostic.text(sourceLine: line)
      )
    }
  }

  /// "2 errors and 1 piece of advice", or nil where there is nothing.
  static func summary(_ diagnostics: [Diagnostic]) -> String? {
    let errors = diagnostics.count { $0.severity == .error }
    let advice = diagnostics.count - errors
    var parts: [String] = []
    if errors > 0 { parts.append(count(errors, "error")) }
    if advice > 0 { parts.append(advice == 1 ? "1 piece of advice" : "\(advice) pieces of advice") }
    return parts.isEmpty ? nil : parts.joined(separator: " and ")
  }

  /// "1 cell", "2 cells".
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
