import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import Foundation
import Synchronization
import Testing

/// The rows of a sample as a dataset, all of them to train but for what is asked to validate.
private func dataset(_ name: String, _ task: Task, validation: Int = 0) throws -> Dataset {
  let sample = try SampleData(name)
  let matrix = sample.features
  var columns = matrix.names.enumerated().map { place, name in
    Column(name: name, type: .numeric, storage: .numbers(matrix.column(place)))
  }
  let codes = sample.labels.map { Int32($0) }
  let classes = task == .regression ? [] : Set(codes).sorted().map { "c\($0)" }
  columns.append(
    Column(
      name: "y",
      type: task == .regression ? .numeric : .category,
      storage: task == .regression
        ? .numbers(sample.labels) : .categories(codes: codes, levels: classes)
    )
  )
  let rows = sample.labels.count
  return Dataset(
    table: Table(columns: columns, rowCount: rows),
    task: task,
    target: "y",
    classes: classes,
    splits: (0..<rows).map { validation > 0 && $0 % validation == 0 ? .validation : .train }
  )
}

private func metrics(_ names: [String], _ task: Task) -> [Metric] {
  names.compactMap { Metric.named($0, task: task) }
}

private func surroundings(threads: Int = 1) -> CrossValidation.Surroundings {
  CrossValidation.Surroundings(threads: threads) {
    RandomStream(root: 7, cell: "cv", purpose: $0, index: $1)
  }
}

/// Contiguous folds, as scikit-learn's KFold makes them without shuffling.
private func contiguous(_ rows: Int, _ count: Int) -> [Fold] {
  var start = 0
  return (0..<count).map { fold in
    let end = start + rows / count + (fold < rows % count ? 1 : 0)
    defer { start = end }
    return Fold(
      train: Array(0..<start) + Array(end..<rows),
      held: Array(start..<end)
    )
  }
}

/// The script's scores.
private let scores: [Value] = (try? fixture("folds.json"))?["scores"]?.asArray ?? []

@Suite struct CrossValidationOfALinearModel {
  /// scikit-learn's solver stops at 1e-14, ours at 1e-10 of the largest slope.
  static let tolerance = 1e-9

  @Test func hasScoresToCompare() { #expect(scores.count == 4) }

  @Test(arguments: scores)
  func scoresAsScikitLearnDoes(expected: Value) throws {
    let data = try dataset("diabetes", .regression)
    let count = try #require(expected["folds"]?.asInteger)
    let alpha = try #require(expected["alpha"]?.asNumber)
    let (recipe, _, _) = read(LinearLearner.self, [("alpha", .number(alpha))])
    let names = ["rmse", "mae", "r2"]
    let validation = CrossValidation(
      Trainer(recipe, roundMetrics: [], metrics: []),
      metrics: metrics(names, .regression)
    )
    let result = try validation.run(
      data,
      contiguous(data.table.rowCount, count),
      in: surroundings()
    )
    for (name, summary) in zip(names, result.summaries) {
      let found = summary.folds.compactMap { $0 }
      let wanted = try need(expected[name]).numbers
      #expect(relativeError(found, wanted) < Self.tolerance, "\(name) \(found) \(wanted)")
      let mean = wanted.reduce(0, +) / Double(count)
      #expect(relativeError([try need(summary.mean)], [mean]) < Self.tolerance)
    }
  }

  @Test func isFittedAnewInEveryFold() throws {
    let data = try dataset("iris", .multiclass)
    let (recipe, _, _) = read(LinearLearner.self, [])
    let fitted = Mutex<[Int: [Int]]>([:])
    let validation = CrossValidation(
      Trainer(recipe, roundMetrics: [], metrics: []),
      metrics: metrics(["accuracy"], .multiclass),
      prepare: { dataset, fold in
        fitted.withLock { $0[fold] = dataset.rows(of: .train) }
        return dataset
      }
    )
    let folds = try FoldRecipe(count: 3).folds(of: data, root: 1, cell: "cv")
    _ = try validation.run(data, folds, in: surroundings())
    #expect(
      fitted.withLock { $0 }
        == Dictionary(uniqueKeysWithValues: folds.map { $0.train }.enumerated().map { ($0, $1) })
    )
  }
}

@Suite struct CrossValidationResults {
  func boosted(_ data: Dataset, threads: Int, rounds: Int = 12) throws -> CrossValidationResult {
    let (recipe, _, _) = read(
      XGBoost.self,
      [("num_round", .integer(rounds)), ("subsample", .number(0.7)), ("max_depth", .integer(3))]
    )
    let validation = CrossValidation(
      Trainer(recipe, roundMetrics: [], metrics: []),
      metrics: metrics(["log_loss", "roc_auc"], .binary)
    )
    let folds = try FoldRecipe(count: 5).folds(of: data, root: 1, cell: "cv")
    return try validation.run(data, folds, in: surroundings(threads: threads))
  }

  @Test(arguments: [2, 4, 8])
  func areTheSameBitsOnAnyNumberOfThreads(threads: Int) throws {
    let data = try dataset("cancer", .binary)
    let one = try boosted(data, threads: 1)
    let many = try boosted(data, threads: threads)
    #expect(one.summaries == many.summaries)
    #expect(try one.outOfFold.encoded() == many.outOfFold.encoded())
  }

  @Test func predictEveryRowOnceOutOfFold() throws {
    let data = try dataset("cancer", .binary)
    let found = try boosted(data, threads: 1).outOfFold
    #expect(found.rows == Array(0..<data.table.rowCount))
    #expect(found.labels == data.labels(of: found.rows))
    #expect(Set(found.folds) == [0, 1, 2, 3, 4])
    #expect(try OutOfFoldPredictions(decoding: found.encoded()) == found)
    #expect(throws: TrainingFault.self) {
      try OutOfFoldPredictions(decoding: Array(found.encoded().dropLast()))
    }
  }

  /// The mean and the sample deviation of what is defined: 1, 2 and 6.
  @Test func leaveUndefinedFoldsOutOfTheMean() {
    let summary = CrossValidationResult.Summary("m", [1, nil, 2, 6], pooled: nil)
    #expect(summary.mean == 3)
    #expect(summary.deviation == 7.0.squareRoot())
    let one = CrossValidationResult.Summary("m", [nil, 4], pooled: nil)
    #expect(one.mean == 4 && one.deviation == nil)
    #expect(CrossValidationResult.Summary("m", [nil], pooled: nil).mean == nil)
  }

  /// One row a fold: each fold's rmse is the absolute error, the pooled one is the root mean square.
  @Test func poolWhatSingleRowsCannotTell() throws {
    var data = try dataset("diabetes", .regression)
    data.splits = data.splits.indices.map { $0 < 30 ? .train : nil }
    let (recipe, _, _) = read(LinearLearner.self, [("alpha", .number(1))])
    let validation = CrossValidation(
      Trainer(recipe, roundMetrics: [], metrics: []),
      metrics: metrics(["rmse", "mae"], .regression)
    )
    let folds = try FoldRecipe(scheme: .leaveOneOut).folds(of: data, root: 1, cell: "cv")
    let result = try validation.run(data, folds, in: surroundings())
    #expect(result.folds.count == 30)
    #expect(result.summaries[0].folds == result.summaries[1].folds)
    let errors = result.summaries[1].folds.compactMap { $0 }
    let root = (errors.reduce(0) { $0 + $1 * $1 } / 30).squareRoot()
    #expect(abs(try need(result.summaries[0].pooled) - root) < 1e-9 * root)
  }
}

@Suite struct EarlyStoppingInFolds {
  private func run(_ data: Dataset, forward: Bool, gap: Int = 0) throws -> CrossValidationResult {
    let (recipe, _, _) = read(XGBoost.self, [("num_round", .integer(60)), ("eta", .number(0.5))])
    let rule = EarlyStopping(split: .validation, metric: "rmse", patience: 3)
    var trainer = Trainer(
      recipe,
      roundMetrics: metrics(["rmse"], .regression),
      metrics: [],
      earlyStopping: rule
    )
    trainer.rules = []
    let validation = CrossValidation(
      trainer,
      metrics: metrics(["rmse"], .regression),
      walksForward: forward,
      gap: gap
    )
    let folds =
      forward
      ? try #require(
        FoldDrawing.walkForward(data.rows(of: .train), count: 3, gap: gap)
      ) : try FoldRecipe(count: 3).folds(of: data, root: 1, cell: "cv")
    return try validation.run(data, folds, in: surroundings())
  }

  @Test func watchesTheDatasetsOwnValidationRows() throws {
    let data = try dataset("diabetes", .regression, validation: 5)
    let result = try run(data, forward: false)
    for fold in result.folds {
      #expect(fold.result.stoppedEarly)
      #expect(fold.watchedRows == data.rows(of: .validation).count)
      // What was watched, and that it was not the held-out rows.
      #expect(fold.result.history.splits == [.train, .validation])
    }
  }

  @Test func watchesTheEndOfItsOwnWindowWhenWalkingForward() throws {
    let data = try dataset("diabetes", .regression)
    let result = try run(data, forward: true, gap: 4)
    // Windows of 108, 218 and 328 rows: a quarter is watched, and 4 rows before it are left out.
    #expect(result.folds.map { $0.watchedRows } == [27, 54, 82])
    #expect(result.folds.map { $0.trainRows } == [77, 160, 242])
  }

  @Test func needsValidationRows() throws {
    let data = try dataset("diabetes", .regression)
    #expect(throws: TrainingFault.self) { try run(data, forward: false) }
  }
}
