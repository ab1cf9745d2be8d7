import ColophonCore
import ColophonData
import ColophonLearning

/// What a script left at a rung: the objective so far, its checkpoint folder, its model folder.
struct ScriptCheckpoint {
  let curve: [Double?]
  let state: ScriptModel
  let model: ScriptModel

  init(_ curve: [Double?], _ state: ScriptModel, _ model: ScriptModel) {
    self.curve = curve
    self.state = state
    self.model = model
  }

  /// Reads what `checkpoint` made; nil for a state of something else.
  init?(_ checkpoint: Checkpoint, metric: String) {
    guard checkpoint.job == ScriptCheckpoint.mark, checkpoint.history.metrics == [metric],
      let state = try? ScriptModel(decoding: checkpoint.learner),
      let model = try? ScriptModel(decoding: checkpoint.observer)
    else { return nil }
    curve = (0..<checkpoint.round).map {
      checkpoint.history.value(metric, on: .validation, after: $0 + 1)
    }
    self.state = state
    self.model = model
  }

  /// Tells a script's states from a learner's.
  private static let mark = Digest(of: Array("a script's checkpoint folder".utf8))

  /// In the form in which jobs keep their states.
  func checkpoint(_ metric: String) throws -> Checkpoint {
    var history = MetricHistory(metrics: [metric], splits: [.validation])
    for value in curve { history.append([[value]]) }
    return Checkpoint(
      job: ScriptCheckpoint.mark,
      round: curve.count,
      rounds: curve.count,
      history: history,
      learner: try state.encoded(),
      observer: try model.encoded()
    )
  }
}
