import ColophonCore
import ColophonData
import ColophonLearning

extension FieldReader {
  /// Whether the cell's algorithm is the author's own program, in an image or not.
  var isScript: Bool { peek("algorithm")?.text == ScriptRecipe.name || isContainer }

  /// Whether the author's own program comes in an image.
  var isContainer: Bool { peek("algorithm")?.text == ScriptRecipe.containerName }

  /// The algorithm, from the catalogue.
  mutating func algorithm() -> (any Algorithm.Type)? {
    let known = algorithms.names + [ScriptRecipe.name, ScriptRecipe.containerName]
    guard
      let node = node(
        "algorithm",
        .choice(known),
        required: true,
        "How to learn: one of the algorithms."
      )
    else { return nil }
    if let type = algorithms[node.text] { return type }
    if isScript { return nil }
    if node.isScalar {
      report(
        .unknownChoice(
          "algorithm",
          found: node,
          among: known,
          noun: "algorithm"
        )
      )
    } else {
      report(.wrongType("algorithm", expected: "a name", found: node))
    }
    return nil
  }

  /// The recipe, read from the hyperparameters; without an algorithm they are not read.
  mutating func hyperparameters(of type: (any Algorithm.Type)?) -> (any Algorithm)? {
    let documentation = "The algorithm's own settings, under the names of its reference."
    let lifted = networkFields(of: type)
    guard let type else {
      _ = node("hyperparameters", .map(.any), documentation)
      return nil
    }
    if let network = type as? any NetworkAlgorithm.Type {
      return networkRecipe(of: network, lifted, documentation)
    }
    return section("hyperparameters", defaulted: documentation) { type.init(reading: &$0) }
  }

  /// The metrics that the author names, each known for some task.
  mutating func metricNames() -> [Located<String>] {
    let names = strings(
      "metrics",
      "What is measured on every split; by default what fits the task."
    )
    for name in names where !TrainMetrics.isKnown(name.value) { report(.unknownMetric(name)) }
    return names.filter { TrainMetrics.isKnown($0.value) }
  }

  /// `early_stopping {metric: validation:NAME, patience, min_delta}`.
  mutating func earlyStopping(of type: (any Algorithm.Type)?) -> EarlyStopping? {
    let rule = section(
      "early_stopping",
      "Ends the job when a metric gets no better, and keeps its best round."
    ) { fields -> EarlyStopping? in
      let watched = fields.string(
        "metric",
        required: true,
        "What is watched, as SPLIT:METRIC: validation:roc_auc."
      )
      let patience = fields.integer(
        "patience",
        in: 1...1_000_000,
        default: 10,
        "Rounds without a gain after which it ends."
      )
      let gain = fields.number(
        "min_delta",
        in: .atLeast(0),
        default: 0,
        "What counts as a gain: more than this."
      )
      guard let watched, let (split, metric) = fields.watched(watched) else { return nil }
      return EarlyStopping(split: split, metric: metric, patience: patience, minimumGain: gain)
    }
    if has("early_stopping"), let type, !type.isIterative {
      report(.nothingToStop(type.name, at: position(of: "early_stopping")))
      return nil
    }
    return rule ?? nil
  }

  /// `checkpoint {every: N}`.
  mutating func checkpoint(of type: (any Algorithm.Type)?) -> Int? {
    let every = section(
      "checkpoint",
      "How often the job's state is kept, so that a job that is ended goes on; without it, every "
        + "few seconds."
    ) { fields -> Int? in
      fields.integer(
        "every",
        in: 1...1_000_000,
        required: true,
        "Rounds from one kept state to the next."
      )
    }
    if has("checkpoint"), let type, !type.isIterative {
      report(.nothingToKeep(type.name, at: position(of: "checkpoint")))
      return nil
    }
    return every ?? nil
  }

  private mutating func watched(_ text: Located<String>) -> (Split, String)? {
    let parts = text.value.split(separator: ":", maxSplits: 1).map { String($0) }
    guard parts.count == 2, let split = Split(rawValue: parts[0]) else {
      report(.watchedForm(text))
      return nil
    }
    guard TrainMetrics.isKnown(parts[1]) else {
      let place = text.position.advanced(by: parts[0].utf8.count + 1)
      report(.unknownMetric(Located(parts[1], at: place)))
      return nil
    }
    if split == .test { report(.stoppingOnTest(text)) }
    return (split, parts[1])
  }

  /// Where each field stands, hyperparameters by their path.
  func trainPlaces() -> [String: SourcePosition] {
    let names =
      [
        "data", "algorithm", "hyperparameters", "metrics", "early_stopping", "debugger", "from",
        "mode", "freeze", "weights", "checkpoint", "spot", "image", "image_uri",
      ] + NetworkRecipe.cellFields
    let written = names.compactMap { name in
      peek(name).map { Node.Entry(key: name, keyPosition: $0.position, value: $0) }
    }
    return written.fieldPlaces()
  }
}
