import ColophonCore

/// The wording of what can be wrong with a script.
extension Diagnostic {
  static func onlyForScripts(_ field: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "train.script",
      at: position,
      "'\(field)' is for the algorithm 'script' alone",
      hint: "leave it out, or take 'algorithm: script'"
    )
  }

  static func notForScripts(_ field: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "train.script",
      at: position,
      "'\(field)' has no effect on a script, which trains by itself",
      hint: field == "metrics"
        ? "say in 'metric_definitions' how its metrics are found in what it prints"
        : "leave it out; the script may do the like itself"
    )
  }

  static func openQuote(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "train.script",
      at: position,
      "a quote in the command is not closed",
      hint: "write the command as a list of words"
    )
  }

  static func pattern(_ problem: PatternProblem, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "train.pattern",
      at: position,
      problem.message,
      hint: "patterns have groups, classes, repetitions and alternatives, and take linear time"
    )
  }

  static func noContainers(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "cell.not-in-this-version",
      at: position,
      length: 9,
      "the algorithm 'container' needs a container engine, which this version does not drive",
      hint: "let 'algorithm: script' run the program under the same layout"
    )
  }
}
