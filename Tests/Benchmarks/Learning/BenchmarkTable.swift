import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

/// Made-up rows that an algorithm can learn something from; the same for every run.
struct BenchmarkTable: Sendable {
  let features: FeatureMatrix
  /// 0 or 1, for a classification.
  let labels: [Int32]
  /// For a regression.
  let numbers: [Double]

  /// Features from -1 to 1; what is learned rests on the first five (of at least as many).
  ///
  /// With `apart` above 0 rows are moved by so much along some of the first three columns, into
  /// eight groups in turn.
  ///
  /// With `clear` a row's class follows from along how many of so many columns
  /// it was moved: of one a plane tells it, of two an exclusive or.
  init(rows: Int, columns: Int, apart: Double = 0, clear bits: Int = 0) {
    var random = RandomStream(root: 1, cell: "bench", purpose: "rows")
    func uniform() -> Double { Double(random.next() >> 11) / 9_007_199_254_740_992 * 2 - 1 }
    var values: [Double] = []
    values.reserveCapacity(rows * columns)
    var numbers: [Double] = []
    numbers.reserveCapacity(rows)
    for _ in 0..<rows {
      let start = values.count
      for _ in 0..<columns { values.append(uniform()) }
      let x = values[start...].prefix(5)
      let signal =
        2 * x[start] * x[start + 1] + x[start + 2] - x[start + 3] * x[start + 4].magnitude
      numbers.append(signal + 0.5 * uniform())
    }
    if apart > 0 {
      for row in 0..<rows {
        for k in 0..<3 { values[row * columns + k] += apart * Double((row >> k) & 1) }
      }
    }
    features = FeatureMatrix(names: (0..<columns).map { "x\($0)" }, rows: rows, values: values)
    labels =
      bits > 0
      ? (0..<rows).map { Int32(($0 & (1 << bits) - 1).nonzeroBitCount & 1) }
      : numbers.map { $0 > 0 ? 1 : 0 }
    self.numbers = numbers
  }

  /// A job on all rows, measured after each round where metrics are named.
  func job(_ task: Task, metrics: [String] = [], threads: Int = 1) -> TrainingJob {
    let rows = TrainingRows(
      features: features,
      labels: task == .binary ? .classes(labels) : .numbers(numbers)
    )
    return TrainingJob(
      task: task,
      classes: task == .binary ? ["no", "yes"] : [],
      splits: [.train: rows],
      scorer: Scorer(
        metrics.compactMap { Metric.named($0, task: task) },
        classes: task == .binary ? ["no", "yes"] : []
      ),
      threads: threads
    ) { RandomStream(root: 7, cell: "bench", purpose: $0) }
  }

  /// Fits an algorithm of the catalogue under some hyperparameters.
  @discardableResult
  func fit(
    _ algorithm: String,
    _ hyperparameters: [(String, Node.Content)],
    _ job: TrainingJob
  ) throws -> TrainingResult {
    guard let type = algorithms[algorithm] else { throw Missing(algorithm: algorithm) }
    let place = SourcePosition(path: "bench", line: 1, column: 1)
    let entries = hyperparameters.map { name, content in
      var text = ""
      if case .string(let word) = content { text = word }
      return Node.Entry(key: name, keyPosition: place, value: Node(content, text: text, at: place))
    }
    var fields = FieldReader(entries, context: "the benchmark", at: place)
    let recipe = type.init(reading: &fields)
    fields.finish()
    if let problem = fields.diagnostics.first(where: { $0.severity == .error }) {
      throw Unreadable(message: problem.message)
    }
    return try recipe.fit(job, observer: SilentObserver())
  }

  struct Missing: Error { var algorithm: String }
  struct Unreadable: Error { var message: String }
}
