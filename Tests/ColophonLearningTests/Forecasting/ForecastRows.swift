import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import ColophonMath

/// A few monthly series made by a rule, as a dataset: what forecasters are tested on.
enum ForecastRows {
  static let origin = 600

  /// A level of its own, growth and a season of twelve, with a little noise.
  static func value(_ series: Int, _ step: Int, _ noise: Double = 0) -> Double {
    let season = [0, 1, 4, 3, 6, 8, 9, 7, 5, 3, 1, 0][step % 12]
    return Double(10 * (series + 1) * (series + 1)) + Double(step) / 4
      + Double(season * (series + 1)) + noise
  }

  /// Rows of all series, shuffled by a fixed rule; the last steps are tested, those before watched.
  static func dataset(
    series: Int = 3,
    steps: Int = 60,
    counts: Bool = false,
    leaving gap: ClosedRange<Int>? = nil
  ) -> Dataset {
    var random = RandomStream(root: 3, cell: "forecasts", purpose: "rows")
    var rows: [(name: String, step: Int, value: Double, price: Double)] = []
    for s in 0..<series {
      for t in 0..<steps {
        let noise = 0.5 * random.standardNormal()
        if s == 0, gap?.contains(t) == true { continue }
        let exact = value(s, t, noise)
        rows.append(("s\(s)", t, counts ? exact.rounded() : exact, Double(t % 5)))
      }
    }
    random.shuffle(&rows)
    let frequency = TimeFrequency(.month)
    let levels = (0..<series).map { "s\($0)" }
    func split(_ step: Int) -> Split {
      step >= steps - 12 ? .test : step >= steps - 18 ? .validation : .train
    }
    return Dataset(
      table: Table(
        columns: [
          Column(
            name: "shop",
            type: .category,
            storage: .categories(
              codes: rows.map { Int32(levels.firstIndex(of: $0.name) ?? 0) },
              levels: levels
            )
          ),
          Column(
            name: "month",
            type: .time,
            storage: .numbers(rows.map { Double(frequency.start(of: origin + $0.step)) })
          ),
          Column(name: "price", type: .numeric, storage: .numbers(rows.map { $0.price })),
          Column(name: "sold", type: .numeric, storage: .numbers(rows.map { $0.value })),
        ],
        rowCount: rows.count
      ),
      task: .forecasting,
      target: "sold",
      group: "shop",
      time: "month",
      splits: rows.map { split($0.step) }
    )
  }

  /// A forecaster's hyperparameters, small.
  static func settings(_ name: String, _ more: [String: Value] = [:]) -> [(String, Node.Content)] {
    var all: [String: Value] = ["time_freq": "M", "prediction_length": 6]
    if name == "deepar" {
      all.merge([
        "epochs": 3, "num_cells": 6, "num_layers": 2, "num_eval_samples": 20,
        "mini_batch_size": 8, "context_length": 12, "learning_rate": 0.01,
        "embedding_dimension": 3,
      ]) { $1 }
    }
    all.merge(more) { $1 }
    return all.sorted { $0.key < $1.key }.map { ($0.key, written($0.value).content) }
  }

  static func trainer(_ name: String, _ more: [String: Value] = [:]) throws -> Trainer {
    let type = try need(algorithms[name])
    let (recipe, fields) = readAny(type, settings(name, more))
    guard fields.diagnostics.isEmpty else { throw TrainingFault("test", "\(fields.diagnostics)") }
    let metrics = ["wql", "mase", "rmse", "interval_coverage"].compactMap {
      Metric.named($0, task: .forecasting)
    }
    return Trainer(recipe, roundMetrics: Array(metrics.prefix(1)), metrics: metrics)
  }

  static func surroundings(
    threads: Int = 1,
    observer: any TrainingObserver = SilentObserver(),
    keeper: (any CheckpointKeeper)? = nil
  ) -> Trainer.Surroundings {
    Trainer.Surroundings(threads: threads, observer: observer, keeper: keeper) {
      RandomStream(root: 9, cell: "model", purpose: $0)
    }
  }
}
