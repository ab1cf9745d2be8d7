import ColophonCore
import ColophonData
import ColophonLearning
import Foundation
import Testing

@Suite struct LinearLearnerFits {
  let silent = SilentObserver()

  func fit(
    _ entries: [(String, Node.Content)],
    _ job: TrainingJob
  ) throws -> (model: LinearModel, result: TrainingResult) {
    let recipe = read(LinearLearner.self, entries).recipe
    let result = try recipe.fit(job, observer: silent)
    return (try #require(result.model as? LinearModel), result)
  }

  func rows(
    _ values: [[Double]],
    _ labels: Labels,
    weights: [Double]? = nil
  ) -> TrainingRows {
    TrainingRows(
      features: FeatureMatrix(
        names: (0..<(values.first?.count ?? 0)).map { "x\($0)" },
        rows: values.count,
        values: Array(values.joined())
      ),
      labels: labels,
      weights: weights
    )
  }

  /// y = 1 + 2 x exactly, so least squares has no other answer.
  @Test func recoversAnExactLine() throws {
    let job = makeJob(
      .regression,
      splits: [.train: rows([[0], [1], [5]], .numbers([1, 3, 11]))]
    )
    let model = try fit([("alpha", .integer(0))], job).model
    #expect(abs(model.linear.values[0] - 2) < 1e-14)
    #expect(abs(model.linear.intercepts[0] - 1) < 1e-14)
  }

  /// Twice the same column with no penalty: of all answers, the shortest shares the slope.
  @Test func sharesTheSlopeAmongEqualColumns() throws {
    let values = (0..<8).map { [Double($0), Double($0)] }
    let job = makeJob(
      .regression,
      splits: [.train: rows(values, .numbers(values.map { 3 * $0[0] + 1 }))]
    )
    let model = try fit([("alpha", .integer(0))], job).model
    #expect(abs(model.linear.values[0] - 1.5) < 1e-9)
    #expect(abs(model.linear.values[1] - 1.5) < 1e-9)
  }

  @Test func givesAConstantColumnNoCoefficient() throws {
    let values = (0..<9).map { [0.1, Double($0 * $0)] }
    let job = makeJob(
      .regression,
      splits: [.train: rows(values, .numbers((0..<9).map { Double($0) }))]
    )
    for standardize in [true, false] {
      let entries: [(String, Node.Content)] = [
        ("alpha", .integer(0)), ("standardize", .boolean(standardize)),
      ]
      #expect(try fit(entries, job).model.linear.values[0] == 0)
    }
  }

  /// A weight of 2 equals the row twice, 0 equals none.
  @Test(arguments: [0.0, 0.5, 1.0])
  func countsWeightsAsRows(ratio: Double) throws {
    let data = try SampleData("cancer")
    let weights = data.labels.indices.map { Double($0 % 3) }
    let repeated = data.labels.indices.flatMap { Array(repeating: $0, count: $0 % 3) }
    let entries: [(String, Node.Content)] = [
      ("alpha", .number(0.01)), ("l1_ratio", .number(ratio)),
    ]
    let all = Array(data.labels.indices)
    let weighted = try fit(
      entries,
      makeJob(.binary, splits: [.train: data.rows(all, weights: weights, task: .binary)])
    ).model
    let plain = try fit(
      entries,
      makeJob(.binary, splits: [.train: data.rows(repeated, task: .binary)])
    ).model
    #expect(relativeError(weighted.linear.values, plain.linear.values) < 1e-8)
  }

  /// The optimum does not depend on the rows' order; the bits may, since sums run over the rows.
  @Test func findsTheSameOptimumInAnyOrderOfRows() throws {
    let data = try SampleData("wine")
    let all = Array(data.labels.indices)
    let entries: [(String, Node.Content)] = [("alpha", .number(0.01))]
    let forward = try fit(
      entries,
      makeJob(.multiclass, splits: [.train: data.rows(all, task: .multiclass)])
    ).model
    let backward = try fit(
      entries,
      makeJob(.multiclass, splits: [.train: data.rows(all.reversed(), task: .multiclass)])
    ).model
    #expect(relativeError(forward.linear.values, backward.linear.values) < 1e-9)
  }

  @Test func tellsThatClassesCanBeSeparated() throws {
    let job = makeJob(
      .binary,
      splits: [.train: rows([[1], [2], [3], [4]], .classes([0, 0, 1, 1]))]
    )
    let recipe = read(LinearLearner.self, [("alpha", .integer(0))]).recipe
    #expect(throws: TrainingFault.self) { try recipe.fit(job, observer: silent) }
    do {
      _ = try recipe.fit(job, observer: silent)
    } catch let fault as TrainingFault {
      #expect(fault.code == "train.separable")
      #expect(fault.field == "hyperparameters.alpha")
    }
    // With a penalty there is an optimum.
    #expect(try fit([("alpha", .number(0.1))], job).result.notes.allSatisfy { !$0.isWarning })
  }

  /// x = 2 has both classes, so no rule decides all rows right; the slope still has no bound.
  @Test func tellsThatClassesCanBeSeparatedInPart() throws {
    let job = makeJob(
      .binary,
      splits: [.train: rows([[1], [2], [2], [3], [0], [4]], .classes([0, 0, 1, 1, 0, 1]))]
    )
    let recipe = read(LinearLearner.self, [("alpha", .integer(0))]).recipe
    do {
      _ = try recipe.fit(job, observer: silent)
      Issue.record("an optimum of a problem that has none")
    } catch let fault as TrainingFault {
      #expect(fault.code == "train.separable")
    }
  }

  @Test func needsTwoClasses() throws {
    let job = makeJob(.binary, splits: [.train: rows([[1], [2]], .classes([1, 1]))])
    let recipe = read(LinearLearner.self, []).recipe
    do {
      _ = try recipe.fit(job, observer: silent)
      Issue.record("fitted one class")
    } catch let fault as TrainingFault {
      #expect(fault.message.contains("'yes'"))
    }
  }

  /// A class that never occurs in training has the probability 0 and no column of its own.
  @Test func givesAnAbsentClassNoProbability() throws {
    let job = makeJob(
      .multiclass,
      splits: [.train: rows([[1], [2], [3], [4], [2.5]], .classes([0, 0, 2, 2, 2]))]
    )
    let model = try fit([], job).model
    guard case .multiclass(let p, 3) = try model.predict(job.trainingRows().features) else {
      Issue.record("other predictions")
      return
    }
    #expect(stride(from: 1, to: p.count, by: 3).allSatisfy { p[$0] == 0 })
    #expect(model.linear.outputs == ["a", "c"])
  }

  @Test(arguments: [Task.regression, .binary, .multiclass])
  func survivesHostileRows(task: Task) throws {
    let labels: (Int) -> Labels = { count in
      task == .regression
        ? .numbers((0..<count).map { Double($0 % 3) }) : .classes((0..<count).map { Int32($0 % 2) })
    }
    let wide = (0..<5).map { i in (0..<40).map { Double((i * 17 + $0 * 31) % 23) } }
    let hostile: [[[Double]]] = [
      wide, (0..<6).map { [Double($0) * 1e300] }, (0..<6).map { [1e15 + Double($0)] },
      (0..<4).map { _ in [] }, (0..<3).map { _ in [5] },
      (0..<6).map { [Double($0), Double($0) * 1e-300] },
      (0..<7).map { [Double($0), Double($0) * 1e-300] },
    ]
    for values in hostile {
      let job = makeJob(task, splits: [.train: rows(values, labels(values.count))])
      for ratio in [0, 0.5] {
        let entries: [(String, Node.Content)] = [
          ("alpha", .number(0.1)), ("l1_ratio", .number(ratio)),
          ("standardize", .boolean(values.count % 2 == 0)),
        ]
        let result = try fit(entries, job)
        #expect(result.model.linear.values.allSatisfy { $0.isFinite }, "\(values)")
        #expect(result.model.linear.intercepts.allSatisfy { $0.isFinite }, "\(values)")
      }
    }
  }

  @Test func learnsAConstantTarget() throws {
    let job = makeJob(
      .regression,
      splits: [.train: rows([[1], [2], [9]], .numbers([4, 4, 4]))]
    )
    let model = try fit([], job).model
    #expect(abs(model.linear.values[0]) < 1e-12)
    #expect(abs(model.linear.intercepts[0] - 4) < 1e-12)
  }

  @Test func learnsFromASingleRow() throws {
    let job = makeJob(.regression, splits: [.train: rows([[3]], .numbers([4]))])
    let model = try fit([], job).model
    #expect(model.linear.values == [0])
    #expect(model.linear.intercepts == [4])
  }

  @Test func namesTheFeatureThatIsNotFinite() throws {
    let job = makeJob(
      .regression,
      splits: [.train: rows([[1, 2], [3, .nan]], .numbers([1, 2]))]
    )
    do {
      _ = try read(LinearLearner.self, []).recipe.fit(job, observer: silent)
      Issue.record("fitted NaN")
    } catch let fault as TrainingFault {
      #expect(fault.message.contains("'x1'"))
      #expect(fault.message.contains("row 2"))
    }
  }

  /// Screening must not change the optimum, whose residual is computed over all columns.
  @Test func screensColumnsWithoutChangingTheOptimum() throws {
    var random = RandomStream(root: 1, cell: "t", purpose: "wide")
    let values = (0..<60).map { _ in (0..<400).map { _ in random.uniform() - 0.5 } }
    let labels = values.map { $0[3] * 4 - $0[77] * 2 + $0[200] }
    let job = makeJob(.regression, splits: [.train: rows(values, .numbers(labels))])
    let (model, result) = try fit([("alpha", .number(0.05)), ("l1_ratio", .integer(1))], job)
    #expect(result.notes.allSatisfy { !$0.isWarning })
    let count = model.linear.values.filter { $0 != 0 }.count
    #expect((2...40).contains(count))
    #expect(model.linear.values[3] > 1)
  }

  /// Beyond a thousand coefficients the curvature is only applied; the answer is the same as that
  /// of the small problem in which equal columns are one.
  @Test func solvesManyColumnsByConjugateGradients() throws {
    var random = RandomStream(root: 2, cell: "t", purpose: "many")
    let base = (0..<40).map { _ in (0..<11).map { _ in random.uniform() } }
    let labels = base.map { $0[0] - 2 * $0[5] }
    let copies = 100
    let wide = base.map { row in row.flatMap { Array(repeating: $0, count: copies) } }
    let narrow = try fit(
      [("alpha", .number(0.1 / Double(copies)))],
      makeJob(.regression, splits: [.train: rows(base, .numbers(labels))])
    ).model
    let many = try fit(
      [("alpha", .number(0.1))],
      makeJob(.regression, splits: [.train: rows(wide, .numbers(labels))])
    ).model
    // c copies of a column with coefficient w / c each carry a penalty of w² / c.
    let gathered = (0..<11).map { j in
      (0..<copies).reduce(0) { $0 + many.linear.values[j * copies + $1] }
    }
    #expect(relativeError(gathered, narrow.linear.values) < 1e-8)
  }

  /// Three classes of 400 columns are beyond the dense limit; the residual is of the whole problem.
  @Test func solvesManyClassColumnsByConjugateGradients() throws {
    var random = RandomStream(root: 5, cell: "t", purpose: "classes")
    let values = (0..<90).map { _ in (0..<400).map { _ in random.uniform() - 0.5 } }
    let labels = values.map { Int32($0[0] > 0.1 ? 2 : $0[1] > 0 ? 1 : 0) }
    let job = makeJob(.multiclass, splits: [.train: rows(values, .classes(labels))])
    let (model, result) = try fit([("alpha", .number(0.05))], job)
    #expect(result.notes.allSatisfy { !$0.isWarning })
    let sums = (0..<400).map { j in (0..<3).reduce(0) { $0 + model.linear[$1, j] } }
    #expect(sums.allSatisfy { abs($0) < 1e-9 })
  }

  @Test func refusesEarlyStopping() throws {
    let data = try SampleData("cancer")
    let job = data.job(
      .binary,
      early: EarlyStopping(split: .validation, metric: "roc_auc", patience: 3)
    )
    #expect(throws: TrainingFault.self) {
      try read(LinearLearner.self, []).recipe.fit(job, observer: silent)
    }
  }
}

@Suite struct LinearLearnerReading {
  @Test(arguments: ["epsilon", "quantile"])
  func saysThatALossesSettingIsUnused(field: String) throws {
    let found = read(LinearLearner.self, [(field, .number(0.5))]).diagnostics
    #expect(found.map { $0.code } == ["train.parameter-unused"])
    #expect(found.first?.position.line == 10)
  }

  @Test(arguments: ["hinge", "squared_hinge", "logistic"])
  func refusesALossOfClassesForNumbers(loss: String) {
    let recipe = read(LinearLearner.self, [("loss", .string(loss))]).recipe
    #expect(recipe.faults(for: .regression).map { $0.field } == ["hyperparameters.loss"])
    #expect(recipe.faults(for: .binary).isEmpty)
  }

  @Test func refusesClassWeightsWithoutClasses() {
    let recipe = read(LinearLearner.self, [("class_weight", .string("balanced"))]).recipe
    #expect(
      recipe.faults(for: .regression).map { $0.field } == ["hyperparameters.class_weight"]
    )
  }

  @Test func refusesALossThatDoesNotFitTheTask() {
    let recipe = read(LinearLearner.self, [("loss", .string("squared"))]).recipe
    #expect(recipe.faults(for: .binary).count == 1)
    #expect(recipe.faults(for: .regression).isEmpty)
  }
}

/// Timings, printed and never judged; only where the environment asks.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["COLOPHON_BENCH"] != nil), .serialized)
struct LinearLearnerBench {
  static let cases: [(Task, Double, Double)] = [
    (.regression, 0, 0), (.regression, 0.001, 0), (.regression, 0.01, 0.5), (.binary, 0.001, 0),
  ]

  @Test(arguments: [100_000, 1_000_000], cases.indices)
  func timesAgainstThePeer(n: Int, index: Int) throws {
    let (task, alpha, ratio) = Self.cases[index]
    var random = RandomStream(root: 1, cell: "t", purpose: "bench")
    let p = 28
    let values = (0..<n * p).map { _ in random.uniform() - 0.5 }
    let scores = (0..<n).map { values[$0 * p] + values[$0 * p + 1] + random.uniform() - 0.5 }
    let rows = TrainingRows(
      features: FeatureMatrix(names: (0..<p).map { "x\($0)" }, rows: n, values: values),
      labels: task == .binary ? .classes(scores.map { $0 > 0 ? 1 : 0 }) : .numbers(scores)
    )
    var job = makeJob(task, splits: [.train: rows], threads: 2)
    job.scorer = Scorer([]) { _, _, _ in [] }
    let recipe = read(
      LinearLearner.self,
      [("alpha", .number(alpha)), ("l1_ratio", .number(ratio))]
    ).recipe
    let times = try (0..<3).map { _ in
      let start = ContinuousClock.now
      let result = try recipe.fit(job, observer: SilentObserver())
      let time = ContinuousClock.now - start
      return (time, result.notes.map { $0.value })
    }
    print("BENCH linear \(task) n \(n) alpha \(alpha) l1 \(ratio)", times)
  }
}
