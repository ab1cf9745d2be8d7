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
  /// What else was followed from round to round, such as an out-of-bag score.
  package var curves: [TrainingCurve]
  /// What the fit found beside its rounds, such as an elbow.
  package var studies: [TrainingStudy]
  /// By round, then tensor, for the debugger; empty where the algorithm has none.
  package var tensors: [[TensorStatistics]]

  package init(
    model: any Model,
    history: MetricHistory,
    rounds: Int,
    keptRound: Int,
    stoppedEarly: Bool = false,
    notes: [TrainingNote] = [],
    curves: [TrainingCurve] = [],
    studies: [TrainingStudy] = [],
    tensors: [[TensorStatistics]] = []
  ) {
    self.model = model
    self.history = history
    self.rounds = rounds
    self.keptRound = keptRound
    self.stoppedEarly = stoppedEarly
    self.notes = notes
    self.curves = curves
    self.studies = studies
    self.tensors = tensors
  }
}

/// What a fit found of one quantity for several values of another.
package struct TrainingStudy: Hashable, Sendable {
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

/// A figure after each round that belongs to no split.
package struct TrainingCurve: Hashable, Sendable {
  package var label: String
  /// By round; nil where it is undefined.
  package var values: [Double?]

  package init(_ label: String, values: [Double?]) {
    self.label = label
    self.values = values
  }
}
