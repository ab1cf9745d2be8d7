import ColophonCells
import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// A dataset, models of it, and explain cells about them.
struct Explained {
  var supply = FolderSupply(folder: handbook)
  var recipes: [String: any CellKind] = [:]

  /// Rows of Friedman's first function, of five features that count and one that doesn't.
  init(rows: Int = 240) throws {
    try add(
      DatasetKind.self,
      "d",
      [
        "source": ["synthetic": "friedman1", "rows": .integer(rows), "n_features": 6],
        "split": ["train": 0.6, "test": 0.4],
      ]
    )
  }

  /// A table with a category, a number and an unrelated number, of three classes or a number.
  init(table task: Task, rows: Int = 150) throws {
    let codes = (0..<rows).map { Int32($0 * 7 % 3) }
    let numbers = (0..<rows).map { Double($0 * 37 % 101) / 101 }
    let noise = (0..<rows).map { Double($0 * 53 % 97) / 97 }
    let score = (0..<rows).map { numbers[$0] + (codes[$0] == 1 ? 0.6 : 0) }
    let labels = score.map { Int32($0 > 0.9 ? 2 : $0 > 0.5 ? 1 : 0) }
    let levels = ["high", "low", "mid"]
    let target: Column.Storage =
      task == .regression
      ? .numbers(score)
      : task == .binary
        ? .categories(codes: labels.map { min(1, $0) }, levels: ["no", "yes"])
        : .categories(codes: labels, levels: levels)
    supply.artifacts["d"] = Dataset(
      table: Table(
        columns: [
          Column(name: "n", type: .numeric, storage: .numbers(numbers)),
          Column(
            name: "c",
            type: .category,
            storage: .categories(codes: codes, levels: ["a", "b", "z"])
          ), Column(name: "noise", type: .numeric, storage: .numbers(noise)),
          Column(
            name: "y",
            type: task == .regression ? .numeric : .category,
            storage: target
          ),
        ],
        rowCount: rows
      ),
      task: task,
      target: "y",
      classes: task == .regression ? [] : task == .binary ? ["no", "yes"] : levels,
      splits: (0..<rows).map { $0 % 5 < 2 ? .test : .train }
    )
  }

  @discardableResult
  mutating func add<Kind: CellKind>(
    _ kind: Kind.Type,
    _ name: String,
    _ members: KeyValuePairs<String, Value>
  ) throws -> Outcome {
    let cell = read(kind, members, beside: recipes)
    let errors = cell.diagnostics.filter { $0.severity == .error }
    #expect(errors.isEmpty, "\(errors)")
    let outcome = try run(cell.cell, supply, named: name)
    supply.artifacts[name] = outcome.artifact
    recipes[name] = cell.cell
    return outcome
  }

  mutating func train(
    _ algorithm: String,
    _ hyperparameters: Value = [:],
    as name: String = "m"
  ) throws {
    try add(
      TrainKind.self,
      name,
      [
        "data": "d", "algorithm": .string(algorithm), "hyperparameters": hyperparameters,
      ]
    )
  }

  func explain(_ members: KeyValuePairs<String, Value>, threads: Int = 1) throws -> Outcome {
    let cell = read(ExplainKind.self, members, beside: recipes)
    let errors = cell.diagnostics.filter { $0.severity == .error }
    #expect(errors.isEmpty, "\(errors)")
    let workshop = Workshop(cell: "why", seed: 1, threads: threads, supply: supply)
    return try cell.cell.run(in: workshop)
  }

  func check(_ members: KeyValuePairs<String, Value>) -> [Diagnostic] {
    read(ExplainKind.self, members, beside: recipes).diagnostics
  }
}

extension Outcome {
  /// A number among the values, at a path of names and positions.
  func number(_ path: String...) -> Double? {
    var value: Value? = .object(values)
    for part in path {
      if let index = Int(part), let items = value?.asArray {
        value = items.indices.contains(index) ? items[index] : nil
      } else {
        value = value?[part]
      }
    }
    return value?.asNumber
  }
}
