import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

/// Rows whose answer is known, and models of them.
enum ExplanationRows {
  static func rows(_ count: Int, missing: Bool, columns: Int = 10) -> FeatureMatrix {
    var random = RandomStream(root: 4, cell: "study", purpose: "explanation")
    // Multiples of 1/1024 are the same number in 32 bits.
    let values = (0..<count * columns).map { index in
      let value = (random.uniform() * 2_048).rounded(.down) / 1_024 - 1
      return missing && index % 11 == 3 ? Double.nan : value
    }
    return FeatureMatrix(names: (0..<columns).map { "x\($0)" }, rows: count, values: values)
  }

  static func first(_ count: Int, of rows: FeatureMatrix) -> FeatureMatrix {
    FeatureMatrix(
      names: rows.names,
      rows: count,
      values: Array(rows.values[..<(count * rows.columns)])
    )
  }

  static func last(_ count: Int, of rows: FeatureMatrix) -> FeatureMatrix {
    FeatureMatrix(
      names: rows.names,
      rows: count,
      values: Array(rows.values.suffix(count * rows.columns))
    )
  }

  static func fit(
    _ algorithm: String,
    _ hyperparameters: [(String, Node.Content)],
    _ rows: FeatureMatrix,
    _ task: Task
  ) throws -> any Model {
    let place = SourcePosition(path: "study", line: 1, column: 1)
    let entries = hyperparameters.map { name, content in
      var text = ""
      if case .string(let word) = content { text = word }
      return Node.Entry(key: name, keyPosition: place, value: Node(content, text: text, at: place))
    }
    var fields = FieldReader(entries, context: "the study", at: place)
    guard let type = algorithms[algorithm] else {
      throw TrainingFault("study.algorithm", "no algorithm is called that")
    }
    let recipe = type.init(reading: &fields)
    let answers = (0..<rows.rows).map { row -> Double in
      let x = (0..<5).map { rows[row, $0].isNaN ? 0 : rows[row, $0] }
      return 2 * x[0] * x[1] + x[2] - x[3] * abs(x[4])
    }
    let labels: Labels =
      switch task {
      case .binary: .classes(answers.map { $0 > 0 ? 1 : 0 })
      case .multiclass: .classes(answers.map { $0 > 0.4 ? 2 : $0 > -0.4 ? 1 : 0 })
      default: .numbers(answers)
      }
    let classes = task == .binary ? ["no", "yes"] : task == .multiclass ? ["a", "b", "c"] : []
    let job = TrainingJob(
      task: task,
      classes: classes,
      splits: [.train: TrainingRows(features: rows, labels: labels)],
      scorer: Scorer([], classes: classes),
      threads: 2
    ) { RandomStream(root: 7, cell: "study", purpose: $0) }
    return try recipe.fit(job, observer: SilentObserver()).model
  }
}

/// The only clock of the studies.
enum StudyClock {
  /// The least milliseconds of three runs.
  static func best(_ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    return (0..<3).reduce(Double.infinity) { best, _ in
      let (seconds, attoseconds) = clock.measure(body).components
      return min(best, Double(seconds) * 1e3 + Double(attoseconds) * 1e-15)
    }
  }
}

/// Numbers as the tables print them.
enum ExplanationText {
  static func number(_ number: Double) -> String { DecimalText.general(number, digits: 3) }
}
