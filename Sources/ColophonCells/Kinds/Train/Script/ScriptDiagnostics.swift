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

  static func noContainerEngine(at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "train.container",
      at: position,
      length: 9,
      "neither podman nor docker is on this machine's path, and one of them runs the image",
      hint: "install podman, or let 'algorithm: script' run the program under the same layout"
    )
  }

  static func movingImage(_ image: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .advice,
      "train.image-not-pinned",
      at: position,
      length: image.utf8.count,
      "'\(image)' names whatever image bears that tag on the day of the run",
      hint: "name it by its digest, as in 'name@sha256:…'"
    )
  }

  static func onlyForContainers(_ position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "train.script",
      at: position,
      "'image_uri' is for the algorithm 'container' alone",
      hint: "leave it out, or take 'algorithm: container'"
    )
  }

  static func noImage(_ image: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      "train.container",
      at: image.position,
      length: image.value.utf8.count,
      "'\(image.value)' is no image's name",
      hint: "such as 'registry.example/team/train@sha256:…'"
    )
  }
}
