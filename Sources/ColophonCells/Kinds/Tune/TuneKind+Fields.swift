import ColophonCore
import ColophonData
import ColophonLearning
import ColophonTuning

extension FieldReader {
  /// The cell whose settings are varied.
  mutating func tuneTemplate() -> TuneTemplate? {
    let written = peek("train").flatMap { neighbours[$0.text] }
    let found = template(
      "train",
      of: [TrainKind.name, CrossValidateKind.name],
      required: true,
      "The train cell whose settings are varied, or a crossvalidate cell over it, by whose folds each "
        + "job is then measured; the cell itself need not run."
    ) { reader in
      if written?.kind == CrossValidateKind.name {
        _ = CrossValidateKind(reading: &reader)
      } else {
        _ = TrainKind(reading: &reader)
      }
    }
    guard let found, let template = TuneTemplate(found.cell.value, in: neighbours) else {
      return nil
    }
    let base = template.read()
    if base.train.rental.spot != nil { report(.spotTemplate(at: found.cell.position)) }
    if template.isFolded, let data = base.train.data {
      // The best model is trained on the data as the train cell names it.
      use(cell: data.cell, to: ["dataset"], in: "train")
    }
    if template.isFolded, base.train.script != nil {
      report(.noMetricOnFolds(at: found.cell.position))
    }
    return template
  }

  /// `hyperband {min_resource, max_resource, reduction, model}`.
  mutating func hyperband(_ strategy: StrategyKind) -> StrategyOptions {
    let isUsed = strategy.usesResources
    let options = section(
      "hyperband",
      "How Hyperband gives out epochs (or rounds, or readings of a script)."
    ) { fields -> StrategyOptions in
      var options = StrategyOptions()
      options.minimumResource = fields.integer(
        "min_resource",
        in: 1...1_000_000,
        default: 1,
        "Epochs that every job gets at least."
      )
      options.maximumResource = fields.integer(
        "max_resource",
        in: 1...1_000_000,
        default: 81,
        "Epochs that the best jobs get."
      )
      options.reduction = fields.integer(
        "reduction",
        in: 2...100,
        default: 3,
        "One in so many jobs of a rung goes on."
      )
      options.usesModel = fields.boolean(
        "model",
        default: false,
        "Whether new configurations come from a model of the rungs so far instead of at random."
      )
      if options.maximumResource <= options.minimumResource, !fields.isBlank {
        fields.report(
          .resources(
            options.minimumResource,
            options.maximumResource,
            at: fields.position(of: "max_resource")
          )
        )
        options.maximumResource = options.minimumResource + 1
      }
      return options
    }
    if has("hyperband"), !isUsed, peek("strategy") != nil || !isBlank {
      report(.onlyForHyperband(at: position(of: "hyperband")))
    }
    return options ?? StrategyOptions()
  }

  /// `warm_start {type, parents, renamed}`.
  mutating func tuneWarmStart() -> TuneWarmStart? {
    let found = section(
      "warm_start",
      "Earlier tunings whose results count: as its own, or as a hint of where to look."
    ) { fields -> TuneWarmStart? in
      let type = fields.choice(
        "type",
        of: WarmStart.Mode.allCases.map { $0.rawValue },
        required: true,
        "Whether data and algorithm are the parents' own, which is checked by digest."
      )
      let parents = fields.references(
        "parents",
        to: ["model"],
        required: true,
        "One to five tune cells."
      )
      let renamed = fields.map(
        "renamed",
        of: .string,
        "The new name of a hyperparameter, by the parents' one."
      ) { _, entry -> String? in entry.value.text }
      guard let mode = type.flatMap({ WarmStart.Mode(rawValue: $0.value) }) else { return nil }
      let pairs = renamed.map { ($0.key.value, $0.value) }
      return TuneWarmStart(
        mode: mode,
        parents: parents,
        renamed: Dictionary(pairs) { first, _ in first },
        recipes: [:]
      )
    }
    guard var warm = found ?? nil else { return nil }
    for parent in warm.parents { warm.recipes[parent.value] = tuning(parent.value) }
    return warm
  }

  /// The recipe of a tune cell that is written beside; nil for anything else.
  private func tuning(_ cell: String) -> TuneKind? {
    guard let written = neighbours[cell], written.kind == TuneKind.name else { return nil }
    var others = neighbours
    others[cell] = nil
    var reader = FieldReader(written.entries, context: "", at: written.position, beside: others)
    return TuneKind(reading: &reader)
  }

  /// `completion {target, no_improvement}`.
  mutating func completion() -> Completion {
    let found = section("completion", "When the tuning is over before all jobs are run.") {
      fields in
      Completion(
        target: fields.number("target", in: .finite, "An objective that is good enough."),
        noImprovement: fields.integer(
          "no_improvement",
          in: 1...100_000,
          "Jobs in a row without a better objective."
        )
      )
    }
    return found ?? Completion()
  }

  /// Where each field stands, nested ones by their path.
  func tunePlaces() -> [String: SourcePosition] {
    let names = [
      "train", "strategy", "objective", "ranges", "max_jobs", "max_parallel_jobs", "early_stopping",
      "hyperband", "warm_start", "completion", "max_runtime",
    ]
    let written = names.compactMap { name in
      peek(name).map { Node.Entry(key: name, keyPosition: $0.position, value: $0) }
    }
    return written.fieldPlaces()
  }
}

extension TuneKind {
  /// What the template says against the ends and the values of the ranges.
  func illegalSettings() -> [Diagnostic] {
    guard let template, let base else { return [] }
    let known = Set(base.diagnostics)
    var found: [Diagnostic] = []
    for range in ranges {
      let asked = ancestors(of: range)
      for sample in range.samples {
        let settings = asked + [TuneTemplate.Setting(range.name, sample)]
        for diagnostic in template.read(settings).diagnostics where !known.contains(diagnostic) {
          var diagnostic = diagnostic
          let ours = [range.name.position, sample.position]
          if !ours.contains(diagnostic.position) { diagnostic.position = sample.position }
          if !found.contains(diagnostic) { found.append(diagnostic) }
        }
      }
    }
    return found
  }

  /// Settings by which a range counts: the values that its condition asks for, and so on.
  private func ancestors(of range: TuneRange) -> [TuneTemplate.Setting] {
    guard let condition = range.range.condition,
      let other = ranges.first(where: { $0.name.value == condition.parameter }),
      let value = condition.values.first
    else { return [] }
    return ancestors(of: other)
      + [TuneTemplate.Setting(other.name, Node(value, at: other.name.position))]
  }
}
