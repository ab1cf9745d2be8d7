import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import Foundation
import Testing

/// A fixture file, read as a value.
func fixture(_ name: String) throws -> Value {
  let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
  let data = try Data(contentsOf: tests.appendingPathComponent("Fixtures/\(name)"))
  return try Value(json: data)
}

/// A value that must be there, where `#require` can't stand inside another.
func need<Value>(_ value: Value?) throws -> Value { try #require(value) }

/// The public data sets that the fixtures rest on.
struct SampleData {
  var features: FeatureMatrix
  var labels: [Double]

  init(_ name: String) throws {
    let data = try #require(try fixture("linear.json")["data"]?[name])
    let width = try #require(data["features"]?.asInteger)
    let values = try #require(data["values"]).numbers
    labels = try #require(data["labels"]).numbers
    features = FeatureMatrix(
      names: (0..<width).map { "x\($0)" },
      rows: labels.count,
      values: values
    )
  }

  init(features: FeatureMatrix, labels: [Double]) {
    self.features = features
    self.labels = labels
  }

  func rows(_ kept: [Int], weights: [Double]? = nil, task: Task) -> TrainingRows {
    let matrix = FeatureMatrix(
      names: features.names,
      rows: kept.count,
      values: kept.flatMap { Array(features.row($0)) }
    )
    let labels: Labels =
      task == .regression
      ? .numbers(kept.map { self.labels[$0] }) : .classes(kept.map { Int32(self.labels[$0]) })
    return TrainingRows(
      features: matrix,
      labels: labels,
      weights: weights.map { all in kept.map { all[$0] } }
    )
  }

  func job(
    _ task: Task,
    classes: [String] = [],
    weights: [Double]? = nil,
    early: EarlyStopping? = nil,
    threads: Int = 1
  ) -> TrainingJob {
    let test = labels.indices.filter { $0 % 4 == 0 }
    let train = labels.indices.filter { $0 % 4 != 0 }
    return makeJob(
      task,
      classes: classes,
      splits: [
        .train: rows(train, weights: weights, task: task),
        .validation: rows(test, weights: weights, task: task),
      ],
      early: early,
      threads: threads
    )
  }
}

func makeJob(
  _ task: Task,
  classes: [String] = [],
  splits: [Split: TrainingRows],
  early: EarlyStopping? = nil,
  threads: Int = 1
) -> TrainingJob {
  let names: [String] =
    switch task {
    case .binary: ["log_loss", "roc_auc"]
    case .multiclass: ["log_loss", "accuracy"]
    default: ["rmse", "mae"]
    }
  let defaults = task == .binary ? ["no", "yes"] : task == .multiclass ? ["a", "b", "c"] : []
  let labels = classes.isEmpty ? defaults : classes
  return TrainingJob(
    task: task,
    classes: labels,
    splits: splits,
    scorer: Scorer(names.compactMap { Metric.named($0, task: task) }, classes: labels),
    earlyStopping: early,
    threads: threads
  ) { RandomStream(root: 7, cell: "model", purpose: $0) }
}

/// Reads a recipe from `key: value` pairs, one a line from line 10 on, values in column 5.
func read<Recipe: Algorithm>(
  _ type: Recipe.Type = Recipe.self,
  _ entries: [(String, Node.Content)]
) -> (recipe: Recipe, diagnostics: [Diagnostic], configuration: [String: Value]) {
  let (recipe, fields) = readAny(type, entries)
  guard let recipe = recipe as? Recipe else { fatalError("another type") }
  return (recipe, fields.diagnostics, fields.configuration)
}

func readAny(
  _ type: any Algorithm.Type,
  _ entries: [(String, Node.Content)]
) -> (any Algorithm, FieldReader) {
  let nodes = entries.enumerated().map { i, entry in
    let place = SourcePosition(path: "a.md", line: 10 + i, column: 5)
    return Node.Entry(
      key: entry.0,
      keyPosition: SourcePosition(path: "a.md", line: 10 + i, column: 1),
      value: node(entry.1, at: place)
    )
  }
  var fields = FieldReader(
    nodes,
    context: "'hyperparameters'",
    at: SourcePosition(path: "a.md", line: 9, column: 1)
  )
  let recipe = type.init(reading: &fields)
  fields.finish()
  return (recipe, fields)
}

private func node(_ content: Node.Content, at place: SourcePosition) -> Node {
  let text =
    switch content {
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): value
    default: ""
    }
  return Node(content, text: text, at: place)
}

/// What a value would be in a cell.
func content(_ value: Value) -> Node.Content {
  switch value {
  case .boolean(let value): .boolean(value)
  case .integer(let value): .integer(value)
  case .number(let value): .number(value)
  case .string(let value): .string(value)
  default: .null
  }
}

extension Value {
  var numbers: [Double] {
    (asArray ?? []).flatMap { $0.asNumber.map { [$0] } ?? $0.numbers }
  }
}

/// The largest difference, over the largest expected magnitude.
func relativeError(_ found: [Double], _ expected: [Double]) -> Double {
  guard found.count == expected.count else { return .infinity }
  let scale = expected.reduce(0) { max($0, $1.magnitude) }
  return zip(found, expected).reduce(0) { max($0, ($1.0 - $1.1).magnitude) } / max(scale, 1e-300)
}
