import ColophonCore
import ColophonMath

extension DeepARLearner {
  /// The model with what there is to show of it.
  func result(_ record: TrainingRecord) -> TrainingResult {
    TrainingResult(
      model: model(remembered ?? memory.parameters.elements),
      history: record.history,
      rounds: record.history.rounds.count,
      keptRound: record.keptRound,
      stoppedEarly: record.stoppedEarly,
      notes: notes,
      figures: figures,
      tensors: record.tensors
    )
  }

  private var figures: [TrainingFigure] {
    var figures: [TrainingFigure] = [.table(layerTable)]
    if log.losses.count > 1 { figures.append(.curves(lossCurve)) }
    if let reach = log.reachCurve { figures.append(.curves(reach)) }
    if let grid = log.gradientGrid { figures.append(.grid(grid)) }
    return figures
  }

  private var notes: [TrainingNote] {
    let shape = recipe.shape
    var notes = [
      TrainingNote("series", "\(sampler.usable.count)"),
      TrainingNote("likelihood", shape.likelihood),
      TrainingNote(
        "window",
        "\(shape.context) + \(recipe.terms.length) steps",
        note: "read, and forecast; \(sampler.windows) windows an epoch"
      ),
      TrainingNote("lags", shape.lags.map { "\($0)" }.joined(separator: ", ")),
    ]
    if !short.isEmpty {
      notes.append(
        TrainingNote(
          "left out",
          "\(short.count)",
          note: "series no longer than prediction_length: "
            + short.prefix(5).joined(separator: ", "),
          isWarning: true
        )
      )
    }
    return notes
  }

  private var layerTable: TrainingFigure.Table {
    let first: [TrainingFigure.Table.Entry] = [
      .name("input"), .text("lags, calendar, age, scale, covariates"), .count(inputs.width),
      .count(0),
    ]
    let rows = network.layers.map { layer -> [TrainingFigure.Table.Entry] in
      let parameters = network.plan.operations[layer.operations].flatMap { $0.parameters }
      return [
        .name(layer.name), .text(layer.kind), .count(layer.shape.last ?? 0),
        .count(parameters.reduce(0) { $0 + $1.count }),
      ]
    }
    return TrainingFigure.Table(
      caption: "Layers, what each gives for a step, and its weights",
      columns: ["layer", "kind", "gives", "weights"],
      rows: [first] + rows
    )
  }

  private var lossCurve: TrainingFigure.Curves {
    let losses = log.losses
    let best = losses.indices.min { losses[$0] < losses[$1] } ?? 0
    let value = DecimalText.general(losses[best], digits: 4)
    return TrainingFigure.Curves(
      title: "The loss while learning",
      description: "The mean negative log likelihood of a value over each epoch's windows, before "
        + "their steps; the least is \(value) in epoch \(best + 1).",
      step: "epoch",
      unit: "negative log likelihood",
      series: [
        TrainingFigure.Series("training windows", losses.map { $0.isFinite ? $0 : nil })
      ]
    )
  }
}
