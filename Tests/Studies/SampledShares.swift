import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

/// Shares that were sampled, against exact ones of the same game.
enum SampledShares {
  static func measure(into table: inout StudyTable) throws {
    let rows = ExplanationRows.rows(1_500, missing: false, columns: 14)
    let model = try ExplanationRows.fit(
      "random_forest",
      [("n_estimators", .integer(20)), ("max_depth", .integer(7))],
      rows,
      .regression
    )
    guard case .trees(let form)? = try (model as? any Explainable)?.additiveModel().form
    else { return }
    let some = ExplanationRows.first(10, of: rows)
    let background = ExplanationRows.last(10, of: rows)
    let exact = form.attributions(some, background: background)
    for samples in [64, 256, 1_024, 4_096, 16_384] {
      for name in ["kernel", "permutation"] {
        var (squares, most) = (0.0, 0.0)
        for row in 0..<some.rows {
          var random = RandomStream(root: 5, cell: "study", purpose: name, index: row)
          let game = game(form, Array(some.row(row)), background)
          let shares =
            name == "kernel"
            ? try KernelShapley(samples: samples).shares(of: game, drawing: &random)
            : try PermutationShapley(samples: samples).shares(of: game, drawing: &random)
          for (column, share) in shares.values.enumerated() {
            let gap = share - exact[row, 0, column]
            squares += gap * gap
            most = max(most, abs(gap))
          }
        }
        let error = (squares / Double(some.rows * some.columns)).squareRoot()
        table.add([
          name, "\(some.columns)", "\(samples)", ExplanationText.number(error),
          ExplanationText.number(most),
        ])
      }
    }
  }

  private static func game(
    _ form: TreeForm,
    _ row: [Double],
    _ background: FeatureMatrix
  ) -> CoalitionGame {
    CoalitionGame(players: row.count, outputs: 1) { coalitions in
      coalitions.map { members in
        let mixed = (0..<background.rows).flatMap { other in
          row.indices.map { members[$0] ? row[$0] : background[other, $0] }
        }
        let said = form.sums(
          FeatureMatrix(names: background.names, rows: background.rows, values: mixed)
        )
        return said.reduce(0, +) / Double(background.rows)
      }
    }
  }
}
