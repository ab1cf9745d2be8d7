import ColophonCore
import ColophonData

/// What there is to tell of a stack: how good each member is on rows that it had not seen, what the
/// final estimator makes of it, how far the members agree.
struct StackingReport: Sendable {
  private let recipe: Stacking
  private let job: TrainingJob
  private let columns: StackingColumns
  private let held: [PredictionGrid]
  private let final: LinearCoefficients?
  /// By member, in the scorer's order.
  private let scores: [[Double?]]

  init(
    _ recipe: Stacking,
    _ job: TrainingJob,
    _ rows: TrainingRows,
    _ held: [PredictionGrid],
    _ columns: StackingColumns,
    _ model: StackingModel
  ) throws {
    self.recipe = recipe
    self.job = job
    self.columns = columns
    self.held = held
    final = model.final.model.coefficients
    scores = try held.map { try job.scorer.score(rows, $0.divided(by: 1)) }
  }

  /// A linear final estimator's coefficient of each member's column; nil where it has several.
  private var weights: [Double]? {
    guard let final, final.outputs.count == 1, job.task != .multiclass else { return nil }
    return recipe.bases.indices.map { final[0, $0] }
  }

  /// `members.NAME.METRIC`, and `members.NAME.weight` for a linear final estimator.
  var values: [String: Value] {
    var members: [String: Value] = [:]
    for (place, base) in recipe.bases.enumerated() {
      var values: [String: Value] = [:]
      for (name, score) in zip(job.scorer.names, scores[place]) where !name.contains(".") {
        values[name] = score.map { .number($0) } ?? .null
      }
      if let weights { values["weight"] = .number(weights[place]) }
      members[base.name] = .object(values)
    }
    return ["members": .object(members)]
  }

  var figures: [TrainingFigure] {
    [.table(table)] + [agreement, classWeights].compactMap { $0.map { .grid($0) } }
  }

  private var table: TrainingFigure.Table {
    let rows = recipe.bases.enumerated().map { place, base -> [TrainingFigure.Table.Entry] in
      [.name(base.name), .text(type(of: base.recipe).name)]
        + scores[place].map { .number($0) } + (weights.map { [.number($0[place])] } ?? [])
    }
    return TrainingFigure.Table(
      caption: "Members on training rows that they had not seen",
      columns: ["member", "algorithm"] + job.scorer.names + (weights == nil ? [] : ["weight"]),
      rows: rows
    )
  }

  /// How far each two members agree; nothing for one member alone.
  private var agreement: TrainingFigure.Grid? {
    let names = recipe.bases.map { $0.name }
    guard names.count > 1 else { return nil }
    let isRegression = job.task == .regression
    let values = held.indices.map { a in
      held.indices.map { b in
        isRegression
          ? StackingReport.correlation(held[a].values, held[b].values)
          : StackingReport.share(held[a].decisions, held[b].decisions)
      }
    }
    return TrainingFigure.Grid(
      title: "Agreement of the members",
      description: isRegression
        ? "The correlation of each two members' predictions for rows that they had not seen; "
          + "members that agree less have more to add to one another."
        : "The share of rows to which each two members give the same class, neither having seen "
          + "the row; members that agree less have more to add to one another.",
      rowTitle: "member",
      columnTitle: "member",
      rows: names,
      columns: names,
      values: values,
      isSigned: isRegression
    )
  }

  /// For several classes, a linear final estimator's coefficients by class.
  private var classWeights: TrainingFigure.Grid? {
    guard let final, job.task == .multiclass else { return nil }
    let names = columns.columnNames
    return TrainingFigure.Grid(
      title: "Weight of each column in each class",
      description: "The final estimator's coefficient of each member's probabilities.",
      rowTitle: "column",
      columnTitle: "class",
      rows: names,
      columns: final.outputs,
      values: names.indices.map { column in final.outputs.indices.map { final[$0, column] } },
      isSigned: true
    )
  }

  private static func share(_ a: [Int], _ b: [Int]) -> Double? {
    guard !a.isEmpty else { return nil }
    return Double(zip(a, b).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }) / Double(a.count)
  }

  /// Pearson's; nil where either does not vary.
  private static func correlation(_ a: [Double], _ b: [Double]) -> Double? {
    let count = Double(a.count)
    let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
    var (aa, bb, ab) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      aa += (x - meanA) * (x - meanA)
      bb += (y - meanB) * (y - meanB)
      ab += (x - meanA) * (y - meanB)
    }
    guard aa > 0, bb > 0 else { return nil }
    return max(-1, min(1, ab / (aa.squareRoot() * bb.squareRoot())))
  }
}

extension PredictionGrid {
  /// The class that each row is given: the likeliest, the first of equals; positive from ½ on.
  var decisions: [Int] {
    if task == .binary { return values.map { $0 >= 0.5 ? 1 : 0 } }
    return stride(from: 0, to: values.count, by: max(1, width)).map { start in
      (1..<max(1, width)).reduce(0) { values[start + $1] > values[start + $0] ? $1 : $0 }
    }
  }
}
