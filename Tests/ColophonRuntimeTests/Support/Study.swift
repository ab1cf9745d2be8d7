import ColophonCore

/// A small notebook with every kind of cell, and its table: what most tests of the program run.
enum Study {
  static let notebook = """
    ---
    title: A small study
    authors: [A. Tester]
    seed: 3
    parameters:
      rounds: 25
      rate: 0.1
      floor: 0.5
    ---

    # A small study

    Who leaves? We know `= people.rows` people.

    ```yaml dataset people
    source: data/people.csv
    target: left
    positive: "yes"
    split: {train: 0.6, validation: 0.2, test: 0.2, by: stratified}
    caption: The people, all `= people.rows` of them.
    ```

    ```yaml train line
    data: people
    algorithm: linear_learner
    hyperparameters: {alpha: 0.01, l1_ratio: 0.5}
    ```

    ```yaml train trees
    data: people
    algorithm: xgboost
    hyperparameters:
      # the learning rate
      eta: "${rate}"
      max_depth: 3
      subsample: 0.8
      num_round: "${rounds}"
    ```

    The trees reach `= trees.validation.roc_auc | .3f`.

    ```yaml evaluate final
    model: trees
    split: test
    confidence: {method: bootstrap, level: 0.95, resamples: 200}
    ```

    ```yaml plot ages
    from: people
    kind: histogram
    y: age
    ```

    ```yaml table head
    from: people
    columns: [age, bill]
    limit: 3
    ```

    ```yaml require acceptance
    - final.roc_auc >= ${floor}
    ```

    """

  /// A cell that chooses a threshold on the test split; two of them are worth advice.
  static func choice(_ name: String) -> String {
    "\n```yaml evaluate \(name)\nmodel: line\nsplit: test\nthreshold: {maximize: f1}\n```\n"
  }

  static let cells = ["people", "line", "trees", "final", "ages", "head", "acceptance"]

  /// 240 rows whose label follows from the columns but for some noise.
  static let table: String = {
    var random = RandomStream(root: 5, cell: "people", purpose: "rows")
    var text = "age,bill,calls,region,left\n"
    for _ in 0..<240 {
      let age = 18 + random.integer(below: 60)
      let bill = 100 + random.integer(below: 900)
      let calls = random.integer(below: 9)
      let region = ["north", "south", "east"][random.integer(below: 3)]
      let score = bill / 20 + calls * 4 - age / 2 + random.integer(below: 25)
      text += "\(age),\(bill / 10).\(bill % 10),\(calls),\(region),\(score > 35 ? "yes" : "no")\n"
    }
    return text
  }()
}

/// One line of `--progress json`.
struct ProgressEvent {
  var members: [String: Value]

  var event: String { members["event"]?.asString ?? "" }
  var cell: String { members["cell"]?.asString ?? "" }
  var status: String { members["status"]?.asString ?? "" }
  var why: String { members["why"]?.asString ?? "" }
  var isKept: Bool { why.hasPrefix("kept") }

  /// The lines of a text that are JSON objects; a line cut off by a kill is left out.
  static func all(in text: String) -> [ProgressEvent] {
    text.split(separator: "\n").compactMap { line in
      (try? Value(json: Array(line.utf8)))?.asObject.map { ProgressEvent(members: $0) }
    }
  }

  /// Why each cell ran, was kept or skipped, by its name.
  static func reasons(in text: String) -> [String: String] {
    Dictionary(
      all(in: text).filter { $0.event == "finished" }.map { ($0.cell, $0.why) }
    ) { _, last in last }
  }
}
