package import ColophonCore

/// What fitting yields: a model, and how it was come by.
package struct TrainingResult: Sendable {
  package var model: any Model
  package var history: MetricHistory
  /// How many rounds or iterations were run.
  package var rounds: Int
  /// The round whose state the model is, from 1.
  package var keptRound: Int
  package var stoppedEarly: Bool
  /// What else is worth showing, in order, such as the optimality residual.
  package var notes: [TrainingNote]
  /// What else is to be shown, in order.
  package var figures: [TrainingFigure]
  /// What value paths lead to beside what every job has, as the recipe's `values` promise.
  package var values: [String: Value]
  /// Curves that the fit found beside its rounds, such as an elbow.
  package var curves: [TrainingCurve]
  /// By round, then tensor, for the debugger; empty where the algorithm has none.
  package var tensors: [[TensorStatistics]]

  package init(
    model: any Model,
    history: MetricHistory,
    rounds: Int,
    keptRound: Int,
    stoppedEarly: Bool = false,
    notes: [TrainingNote] = [],
    figures: [TrainingFigure] = [],
    values: [String: Value] = [:],
    curves: [TrainingCurve] = [],
    tensors: [[TensorStatistics]] = []
  ) {
    self.model = model
    self.history = history
    self.rounds = rounds
    self.keptRound = keptRound
    self.stoppedEarly = stoppedEarly
    self.notes = notes
    self.figures = figures
    self.values = values
    self.curves = curves
    self.tensors = tensors
  }
}

/// A figure about a fit, with a few words.
package struct TrainingNote: Hashable, Sendable {
  package var label: String
  package var value: String
  package var note: String?
  /// Whether it deserves a warning.
  package var isWarning: Bool

  package init(_ label: String, _ value: String, note: String? = nil, isWarning: Bool = false) {
    self.label = label
    self.value = value
    self.note = note
    self.isWarning = isWarning
  }
}

/// What a fit found of one quantity for several values of another.
package struct TrainingCurve: Hashable, Sendable {
  package var title: String
  package var xLabel: String
  package var yLabel: String
  package var x: [Double]
  package var y: [Double]
  /// The point that the model is at.
  package var chosen: Int?

  package init(
    _ title: String,
    x: (label: String, values: [Double]),
    y: (label: String, values: [Double]),
    chosen: Int? = nil
  ) {
    self.title = title
    xLabel = x.label
    yLabel = y.label
    self.x = x.values
    self.y = y.values
    self.chosen = chosen
  }
}
