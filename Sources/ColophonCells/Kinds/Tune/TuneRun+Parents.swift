import ColophonCore
import ColophonLearning
import ColophonTuning

extension TuneRun {
  /// The digest of the data that the jobs learn from.
  var dataDigest: Digest? { kind.dataCell.flatMap { workshop.digest(ofArtifactOf: $0) } }

  /// What the parents give, in this tuning's space; nil where there are none.
  ///
  /// - Throws: `CellFailure` where the parents' results can't count as this tuning's own.
  func parents() throws -> WarmStart? {
    guard let warm = kind.warmStart else { return nil }
    let tunings = try warm.parents.map { parent -> ParentTuning in
      guard let recipe = warm.recipes[parent.value], let values = workshop.values(of: parent.value)
      else {
        throw CellFailure("'\(parent.value)' left no trials", field: "warm_start.parents")
      }
      if warm.mode == .identical { try checkIdentity(parent.value, values) }
      return ParentTuning(
        name: parent.value,
        space: recipe.space,
        direction: recipe.objective?.direction ?? objective.direction,
        trials: TuneRun.trials(in: values, of: recipe.space),
        fixed: TuneRun.settings(recipe.base)
      )
    }
    return WarmStart(
      warm.mode,
      parents: tunings,
      into: kind.space,
      renamed: warm.renamed,
      fixed: TuneRun.settings(base)
    )
  }

  private func checkIdentity(_ parent: String, _ values: Value) throws {
    let its = values["data"]?.asString
    let mine = dataDigest?.description
    guard its != mine else { return }
    throw CellFailure(
      "the data of '\(parent)' is \(TuneRun.short(its)), and here it is \(TuneRun.short(mine)): its "
        + "results can't count as this tuning's own",
      hint: "write 'type: TransferLearning'",
      field: "warm_start.type",
      code: "tune.warm-start-mode"
    )
  }

  private static func short(_ digest: String?) -> String {
    digest.map { String($0.prefix(19)) } ?? "none"
  }

  /// A transfer from parents that are this very task.
  var warmStartAdvice: [Advice] {
    guard let warm = kind.warmStart, warm.mode == .transfer, !warm.parents.isEmpty else {
      return []
    }
    let isSame = warm.parents.allSatisfy { parent in
      let values = workshop.values(of: parent.value)
      return values?["data"]?.asString == dataDigest?.description
        && values?["algorithm"]?.asString == kind.algorithmName
    }
    guard isSame else { return [] }
    return [
      Advice(
        "tune.warm-start-mode",
        "data and algorithm are the parents' own, so that their results could count as this tuning's",
        hint: "write 'type: IdenticalDataAndAlgorithm'",
        field: "warm_start.type"
      )
    ]
  }

  /// The hyperparameters as they are written, defaults included.
  static func settings(_ reading: TuneTemplate.Reading?) -> [String: Value] {
    reading?.configuration["hyperparameters"]?.asObject ?? [:]
  }

  /// The trials that a tuning left among its values.
  static func trials(in values: Value, of space: SearchSpace) -> [Trial] {
    (values["trials"]?.asArray ?? []).enumerated().map { index, entry in
      var settings = entry["hyperparameters"]?.asObject ?? [:]
      for range in space.ranges {
        settings[range.name] = settings[range.name].map { TuneRun.restored($0, range) }
      }
      let state: Trial.State =
        switch entry["status"]?.asString {
        case "completed": .completed
        case "stopped": .stopped
        default: .failed
        }
      return Trial(
        index: index,
        configuration: Configuration(settings),
        state: state,
        objective: entry["objective"]?.asNumber
      )
    }
  }

  /// A value that went through the store, as its range writes it: 1 and 1.0 are one number there.
  private static func restored(_ value: Value, _ range: ParameterRange) -> Value {
    switch range.kind {
    case .continuous: return value.asNumber.map { .number($0) } ?? value
    case .integer: return value.asInteger.map { .integer($0) } ?? value
    case .categorical(let values):
      if values.contains(value) { return value }
      return values.first { $0.asNumber != nil && $0.asNumber == value.asNumber } ?? value
    }
  }
}
