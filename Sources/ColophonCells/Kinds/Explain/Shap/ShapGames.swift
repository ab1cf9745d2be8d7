import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

/// Shapley values of any model, by asking it: the author's columns are the players.
struct ShapGames {
  let subject: ExplainSubject
  let background: FeatureMatrix
  let explainer: Explainer
  let samples: Int

  /// How many rows the model is asked about at once.
  private static let batch = 32_768

  /// The values of some rows; each row draws by its position, so that neither its neighbours nor the
  /// number of rows changes it.
  func attributions(
    _ rows: FeatureMatrix,
    at positions: [Int],
    in workshop: Workshop
  ) throws -> (values: Attributions, coalitions: Int) {
    var base = [Double](repeating: 0, count: subject.outputs)
    var values: [Double] = []
    var most = 0
    for row in 0..<rows.rows {
      try workshop.checkCancellation()
      var random = workshop.random(for: "shap", index: positions[row])
      let game = game(Array(rows.row(row)))
      let shares =
        explainer == .permutation
        ? try PermutationShapley(samples: samples).shares(of: game, drawing: &random)
        : try KernelShapley(samples: samples).shares(of: game, drawing: &random)
      base = shares.base
      values += shares.values
      most = max(most, shares.coalitions)
      workshop.progress(Double(row + 1) / Double(rows.rows), "row \(row + 1) of \(rows.rows)")
    }
    let attributions = Attributions(
      rows: rows.rows,
      outputs: subject.outputs,
      features: subject.columns.count,
      base: base,
      values: values
    )
    return (attributions, most)
  }

  /// What is said of a row where only some of its columns are known.
  private func game(_ row: [Double]) -> CoalitionGame {
    let width = row.count
    let count = background.rows
    let groups = subject.groups
    return CoalitionGame(players: subject.columns.count, outputs: subject.outputs) { coalitions in
      var means: [Double] = []
      let step = max(1, ShapGames.batch / count)
      for start in stride(from: 0, to: coalitions.count, by: step) {
        let part = coalitions[start..<min(start + step, coalitions.count)]
        var mixed: [Double] = []
        mixed.reserveCapacity(part.count * count * width)
        for members in part {
          for other in 0..<count {
            for feature in 0..<width {
              let isKnown = members[groups[feature]]
              mixed.append(isKnown ? row[feature] : background.values[other * width + feature])
            }
          }
        }
        let matrix = FeatureMatrix(
          names: background.names,
          rows: part.count * count,
          values: mixed
        )
        means += try self.means(of: subject.numbers(matrix), groups: part.count, of: count)
      }
      return means
    }
  }

  /// The mean of each group of consecutive rows, for each output.
  private func means(of numbers: [Double], groups: Int, of count: Int) -> [Double] {
    let outputs = subject.outputs
    return (0..<groups * outputs).map { line in
      let (group, output) = line.quotientAndRemainder(dividingBy: outputs)
      let sum = (0..<count).reduce(0.0) { $0 + numbers[(group * count + $1) * outputs + output] }
      return sum / Double(count)
    }
  }
}
