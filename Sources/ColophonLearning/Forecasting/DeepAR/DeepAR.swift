package import ColophonCore
package import ColophonData
import ColophonMath

/// An autoregressive recurrent network over many related series.
///
/// One network learns from all series, each divided by its own scale; it reads the last values and
/// what is known of a step and gives the parameters of the step's distribution. Forecasts are the
/// quantiles of paths drawn step by step, each value fed back.
///
/// - SeeAlso: Salinas, Flunkert, Gasthaus and Januschowski, "DeepAR: probabilistic forecasting with
///   autoregressive recurrent networks", 2020. Names are those of SageMaker's DeepAR, or of GluonTS
///   where SageMaker has none.
package struct DeepAR: Algorithm {
  package static let name = "deepar"
  package static let summary =
    "An autoregressive recurrent network that forecasts many related series."
  package static let tasks: Set<Task> = [.forecasting]
  package static let reads = FeatureForm.series
  package static let missing = FeatureEncoding.Missing.mean
  package static let isIterative = true
  package static let hasTensors = true
  package static let canContinue = true

  package var terms: ForecastTerms
  package var shape: DeepARShape
  var epochs: Int
  var batchSize: Int
  var dropout: Double
  /// Windows of an epoch; nil for as many as cover the training rows.
  var windows: Int?
  var isWeighted: Bool
  var clipNorm: Double
  var optimizer: any NetworkOptimizer

  package var horizon: Int? { terms.length }

  package init(reading fields: inout FieldReader) {
    terms = ForecastTerms(reading: &fields)
    shape = DeepARShape(reading: &fields, terms)
    epochs = fields.integer("epochs", in: 1...1_000_000, default: 100, "Passes over the series.")
    batchSize = fields.integer(
      "mini_batch_size",
      in: 1...100_000,
      default: 32,
      "Windows to a step."
    )
    windows = fields.integer(
      "windows_per_epoch",
      in: 1...10_000_000,
      "Windows that an epoch draws; by default as many as forecasts fit into the training rows."
    )
    isWeighted = fields.boolean(
      "weighted_sampling",
      default: true,
      "Whether windows are drawn in proportion to their series' scale, as in the paper, so that "
        + "large series are learned from more often; else all series alike."
    )
    dropout = fields.number(
      "dropout_rate",
      in: Interval(0, 1, upperIsOpen: true),
      default: 0.1,
      "The share of each layer's states that is left out while learning."
    )
    var blank = FieldReader()
    optimizer = Adam(reading: &blank)
    optimizer.rate = fields.number(
      "learning_rate",
      in: .above(0),
      default: 0.001,
      "The size of Adam's steps."
    )
    optimizer.weightDecay = fields.number(
      "weight_decay",
      in: .atLeast(0),
      default: 0,
      "How strongly all weights are pulled towards 0."
    )
    clipNorm = fields.number(
      "clip_gradient",
      in: .above(0),
      default: 10,
      "The length that a step's slope is cut down to, all weights together."
    )
  }

  package func fit(_ job: TrainingJob, observer: any TrainingObserver) throws -> TrainingResult {
    var learner = try DeepARLearner(self, job)
    let record = try TrainingLoop(job, rounds: epochs).run(&learner, observer: observer)
    return learner.result(record)
  }

  package static func decodeModel(_ bytes: [UInt8]) throws -> any Model {
    guard let model = DeepARModel(decoding: bytes) else {
      throw TrainingFault.damagedModel(name)
    }
    return model
  }
}
