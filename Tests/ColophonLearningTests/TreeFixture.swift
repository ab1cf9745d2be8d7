import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// The rows and trees that `make/trees.py` wrote.
struct TreeFixture {
  let value: Value
  let columns: Int

  init() throws {
    value = try fixture("trees.json")
    columns = try need(value["columns"]?.asInteger)
  }

  func cases(_ name: String) throws -> [Value] { try need(value[name]?.asArray) }

  func named(_ name: String, in list: String) throws -> Value {
    try need(try cases(list).first { $0["name"] == .string(name) })
  }

  func task(_ entry: Value) throws -> Task {
    guard case .string(let word)? = entry["task"] else { throw TrainingFault.noTask }
    return try need(Task(rawValue: word))
  }

  func features(missing: Bool) throws -> FeatureMatrix {
    let values = try need(value[missing ? "missing" : "features"]?.asArray)
      .map { $0.asNumber ?? .nan }
    return FeatureMatrix(
      names: (0..<columns).map { "x\($0)" },
      rows: values.count / columns,
      values: values
    )
  }

  func rows(
    _ task: Task,
    target: String? = nil,
    weighted: Bool = false,
    missing: Bool = false
  ) throws -> LawRows {
    let numbers = try need(value["targets"]?[target ?? task.rawValue]).numbers
    return LawRows(
      features: try features(missing: missing),
      labels: task == .regression ? .numbers(numbers) : .classes(numbers.map { Int32($0) }),
      weights: weighted ? try need(value["weights"]).numbers : nil
    )
  }

  func job(_ task: Task, _ rows: LawRows, threads: Int = 1) -> TrainingJob {
    makeJob(
      task,
      classes: task == .binary ? ["0", "1"] : task == .multiclass ? ["0", "1", "2"] : [],
      splits: [.train: rows.rows],
      threads: threads
    )
  }

  /// A case's hyperparameters as they would be written.
  func entries(_ entry: Value) throws -> [(String, Node.Content)] {
    guard case .object(let members)? = entry["hyperparameters"] else { return [] }
    return members.keys.sorted().map { key in
      let value = members[key] ?? .null
      guard case .object(let weights) = value else { return (key, content(value)) }
      let place = SourcePosition(path: "a.md", line: 1, column: 1)
      return (
        key,
        .mapping(
          weights.keys.sorted().map {
            Node.Entry(
              key: $0,
              keyPosition: place,
              value: Node(content(weights[$0] ?? .null), at: place)
            )
          }
        )
      )
    }
  }

  func fit<Recipe: Algorithm>(_ type: Recipe.Type, _ entry: Value) throws -> TrainingResult {
    let task = try task(entry)
    let (recipe, diagnostics, _) = read(type, try entries(entry))
    #expect(diagnostics.isEmpty)
    let rows = try rows(
      task,
      target: entry["target"]?.asString,
      weighted: entry["weights"] == .boolean(true),
      missing: entry["missing"] == .boolean(true)
    )
    return try recipe.fit(job(task, rows), observer: SilentObserver())
  }
}

extension TrainingFault {
  static let noTask = TrainingFault("test.task", "a fixture without a task")
}
