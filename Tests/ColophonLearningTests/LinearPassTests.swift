import ColophonCore
import ColophonData
import ColophonLearning
import ColophonMath
import Testing

/// Rows near zero are read in place and by way of products, rows far from it are centred first: what
/// is learned is the same.
@Suite struct LinearPasses {
  /// Coefficients of columns of deviation about 1 may differ by so much between the two.
  private static let tolerance = 1e-8

  /// Normal columns; with `twin` the last is the first but for a millionth.
  private func values(_ rows: Int, twin: Bool = false) -> [[Double]] {
    var random = RandomStream(root: 4, cell: "linear", purpose: "passes")
    return (0..<rows).map { _ in
      var row = (0..<4).map { _ in random.standardNormal() }
      if twin { row[3] = row[0] + 1e-3 * row[3] }
      return row
    }
  }

  private func coefficients(
    _ values: [[Double]],
    _ task: Task,
    _ settings: [(String, Node.Content)],
    moved: Double = 0,
    threads: Int = 1
  ) throws -> [Double] {
    var random = RandomStream(root: 4, cell: "linear", purpose: "noise")
    let signal = values.map { $0[0] - 2 * $0[1] + 0.5 * $0[2] + 0.3 * random.standardNormal() }
    let labels: Labels =
      task == .regression
      ? .numbers(signal)
      : task == .binary
        ? .classes(signal.map { $0 > 0 ? 1 : 0 })
        : .classes(signal.map { $0 < -1 ? 0 : $0 < 1 ? 1 : 2 })
    let job = makeJob(
      task,
      splits: [
        .train: TrainingRows(
          features: FeatureMatrix(
            names: ["a", "b", "c", "d"],
            rows: values.count,
            values: values.flatMap { $0.map { $0 + moved } }
          ),
          labels: labels
        )
      ],
      threads: threads
    )
    let result = try read(LinearLearner.self, settings).recipe.fit(job, observer: SilentObserver())
    #expect(!result.notes.contains { $0.isWarning }, "\(settings)")
    let model = try #require(result.model as? LinearModel)
    return (0..<(task == .multiclass ? 3 : 1)).flatMap { k in (0..<4).map { model.linear[k, $0] } }
  }

  private static let cases: [(Task, [(String, Node.Content)])] = [
    (.regression, [("alpha", .number(0))]), (.regression, [("alpha", .number(0.1))]),
    (.regression, [("alpha", .number(0.05)), ("l1_ratio", .number(0.5))]),
    (.regression, [("alpha", .number(0.01)), ("loss", .string("huber"))]),
    (.binary, [("alpha", .number(0.01))]),
    (.binary, [("alpha", .number(0.01)), ("loss", .string("squared_hinge"))]),
    (.multiclass, [("alpha", .number(0.01))]),
  ]

  @Test(arguments: cases.indices)
  func learnTheSameNearAndFar(index: Int) throws {
    let (task, settings) = Self.cases[index]
    let values = values(700)
    let near = try coefficients(values, task, settings)
    let far = try coefficients(values, task, settings, moved: 1_000)
    for (a, b) in zip(near, far) { #expect(abs(a - b) <= Self.tolerance, "\(near) \(far)") }
    let two = try coefficients(values, task, settings, threads: 2)
    #expect(two == near)
  }

  /// Where products alone would lose digits, the residual over the rows corrects them.
  @Test func tellTwinsApart() throws {
    let values = values(700, twin: true)
    let near = try coefficients(values, .regression, [("alpha", .number(0))])
    let far = try coefficients(values, .regression, [("alpha", .number(0))], moved: 1_000)
    for (a, b) in zip(near, far) { #expect(abs(a - b) <= 1e-6 * (1 + abs(a)), "\(near) \(far)") }
  }

  /// The first rows of sorted data say little about the others.
  @Test func takeSortedRowsAsTheyTakeOthers() throws {
    let values = values(1_200)
    let sorted = values.sorted { $0[0] < $1[0] }
    func fit(_ rows: [[Double]]) throws -> [Double] {
      let job = makeJob(
        .regression,
        splits: [
          .train: TrainingRows(
            features: FeatureMatrix(
              names: ["a", "b", "c", "d"],
              rows: rows.count,
              values: Array(rows.joined())
            ),
            labels: .numbers(rows.map { $0[0] - 2 * $0[1] + 0.5 * $0[2] })
          )
        ]
      )
      let recipe = read(LinearLearner.self, [("alpha", .number(0))]).recipe
      let model = try recipe.fit(job, observer: SilentObserver()).model
      return try #require(model as? LinearModel).linear.values
    }
    for (value, wanted) in zip(try fit(sorted), [1, -2, 0.5, 0]) {
      #expect(abs(value - wanted) <= 1e-10)
    }
  }

  /// Of many rows the hinge is solved by way of few, and certified over all.
  @Test func theHingeOfManyRowsIsThatOfTheseRowsFarAway() throws {
    let values = values(20_400)
    let settings: [(String, Node.Content)] = [
      ("alpha", .number(0.01)), ("loss", .string("hinge")),
    ]
    let near = try coefficients(values, .binary, settings)
    let far = try coefficients(values, .binary, settings, moved: 1_000)
    for (a, b) in zip(near, far) { #expect(abs(a - b) <= 1e-7, "\(near) \(far)") }
  }
}
