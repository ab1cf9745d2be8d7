package import ColophonCore
package import ColophonData

/// A program of the author's that trains, under the layout of a training container: on its own, or
/// in an image.
package struct ScriptRecipe: Sendable {
  /// The word after `algorithm:` for a program of this machine.
  package static let name = "script"
  /// The word after `algorithm:` for a program in an image.
  package static let containerName = "container"

  /// One metric and the pattern that finds it in a line of output.
  package struct MetricDefinition: Sendable {
    package var name: String
    package var pattern: LinePattern
    /// Where the pattern is written.
    package var place: SourcePosition
  }

  /// What lies in `input/data/NAME/`.
  package struct Channel: Sendable {
    /// Where the channel's content comes from.
    package enum Source: Sendable {
      case file(Located<String>)
      /// The rows of a split of a dataset cell, as a CSV file.
      case rows(cell: String, Split)
    }
    package var name: String
    package var source: Source
  }

  /// The image that a container engine runs; nil for a program of this machine.
  package var image: String?
  /// The program and its arguments, before those of the hyperparameters; empty for an image that
  /// brings its own.
  package var command: [String]
  /// In the order of their names.
  package var hyperparameters: [(name: String, value: Value)]
  package var metrics: [MetricDefinition]
  package var channels: [Channel]
  /// The files that the command names and those that it needs, relative to the notebook.
  package var files: [String]
  /// Seconds after which the program is ended.
  package var timeLimit: Double

  /// The word after `algorithm:`.
  package var algorithm: String {
    image == nil ? ScriptRecipe.name : ScriptRecipe.containerName
  }

  /// The hyperparameters as the training container gets them: each value a text.
  var texts: [(name: String, text: String)] {
    hyperparameters.map { ($0.name, ScriptRecipe.text($0.value)) }
  }

  /// A value as an argument.
  static func text(_ value: Value) -> String {
    if case .string(let text) = value { return text }
    return value.canonicalText
  }

  /// What is appended to the command: `--name value` for each hyperparameter.
  var arguments: [String] { texts.flatMap { ["--\($0.name)", $0.text] } }

  /// Where the metrics' values stand: `SPLIT.NAME` for a name such as `validation:rmse`, else
  /// `metrics.NAME`.
  var paths: [PathPattern] { metrics.map { PathPattern(exactly: ScriptRecipe.path(of: $0.name)) } }

  static func path(of metric: String) -> [String] {
    let parts = metric.split(separator: ":", maxSplits: 1).map { String($0) }
    if parts.count == 2, Split(rawValue: parts[0]) != nil { return parts }
    return ["metrics", metric]
  }
}
