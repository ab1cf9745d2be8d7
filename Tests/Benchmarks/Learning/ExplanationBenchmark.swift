import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

extension Benchmark {
  /// Attributions of boosted trees beside the library's own, in this process, on the same rows.
  static let explanations = Benchmark(name: "explanations") {
    let table = BenchmarkTable(rows: 20_000, columns: 28)
    for (depth, rounds, rows) in [(6, 100, 10_000), (3, 300, 10_000), (10, 50, 2_000)] {
      guard
        let result = try? table.fit(
          "xgboost",
          [
            ("num_round", .integer(rounds)), ("max_depth", .integer(depth)), ("seed", .integer(1)),
            ("tree_method", .string("hist")),
          ],
          table.job(.binary, threads: 2)
        ), let model = result.model as? XGBoostModel,
        case .trees(let form)? = try? model.additiveModel().form
      else {
        print("  the model could not be made")
        continue
      }
      let some = FeatureMatrix(
        names: table.features.names,
        rows: rows,
        values: Array(table.features.values[..<(rows * 28)])
      )
      for threads in [1, 2] {
        let times = Stopwatch.best(
          rounds: 3,
          { _ = form.attributions(some, threads: threads) },
          { _ = try? model.libraryContributions(some, threads: threads) }
        )
        FigureTable.keep(
          "TreeSHAP of \(rounds) trees of depth \(depth)",
          rows: rows,
          threads: threads,
          seconds: times[0] / 1e9,
          peer: FigureTable.Peer(name: "xgboost's pred_contribs", seconds: times[1] / 1e9),
          goal: "as fast"
        )
      }
    }
  }
}
