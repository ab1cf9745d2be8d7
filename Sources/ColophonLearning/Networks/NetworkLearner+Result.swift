import ColophonCore
import ColophonMath

extension NetworkLearner {
  /// The model with what there is to show of it.
  func result(_ record: TrainingRecord) throws -> TrainingResult {
    let model: any Model =
      switch recipe.family {
      case .flat: NetworkModel<MultilayerPerceptron>(fitted: fitted)
      case .image: NetworkModel<ConvolutionalNetwork>(fitted: fitted)
      case .sequence: NetworkModel<RecurrentNetwork>(fitted: fitted)
      }
    return TrainingResult(
      model: model,
      history: record.history,
      rounds: record.history.rounds.count,
      keptRound: isFinished ? max(1, record.history.rounds.count - 1) : record.keptRound,
      stoppedEarly: record.stoppedEarly,
      notes: notes,
      figures: figures,
      tensors: record.tensors
    )
  }

  private var notes: [TrainingNote] {
    [
      TrainingNote("layers", "\(network.layers.count)"),
      TrainingNote(
        "optimizer",
        type(of: recipe.optimizer).name,
        note: "learning rate \(DecimalText.general(recipe.optimizer.rate, digits: 6)), "
          + "\(type(of: schedule).name) schedule"
      ),
      TrainingNote("loss", type(of: output.loss).name),
    ]
  }

  private var figures: [TrainingFigure] {
    var figures: [TrainingFigure] = [.table(layerTable)]
    if let taken { figures.append(.table(table(of: taken))) }
    if log.losses.count > 1 { figures.append(.curves(lossCurve)) }
    if let reach = log.reachCurve { figures.append(.curves(reach)) }
    if let grid = log.gradientGrid { figures.append(.grid(grid)) }
    return figures
  }

  private var layerTable: TrainingFigure.Table {
    let first: [TrainingFigure.Table.Entry] = [
      .name("input"), .text(reader.form.rawValue), .text(""), .text(size(reader.shape)), .count(0),
    ]
    let rows = network.layers.map { layer -> [TrainingFigure.Table.Entry] in
      let parameters = network.plan.operations[layer.operations].flatMap { $0.parameters }
      let isLast = layer.name == network.layers.last?.name
      let activation = isLast ? network.link.activation : layer.activation
      return [
        .name(layer.name), .text(layer.kind),
        .text(activation.map { $0 == .linear && !isLast ? "" : $0.rawValue } ?? ""),
        .text(size(layer.shape)), .count(parameters.reduce(0) { $0 + $1.count }),
      ]
    }
    return TrainingFigure.Table(
      caption: "Layers, what each gives for a row, and its weights",
      columns: ["layer", "kind", "activation", "gives", "weights"],
      rows: [first] + rows
    )
  }

  private func table(of taken: TakenLayers) -> TrainingFigure.Table {
    let rows = network.layers.compactMap { layer -> [TrainingFigure.Table.Entry]? in
      if taken.taken.contains(layer.name) {
        let words = layer.isFrozen ? "taken over, frozen" : "taken over"
        return [.name(layer.name), .text(words), .text("")]
      }
      let drawn = taken.drawn.first { $0.name == layer.name }
      return drawn.map { [.name(layer.name), .text("drawn anew"), .text($0.reason)] }
    }
    return TrainingFigure.Table(
      caption: "Where each layer's first weights are from",
      columns: ["layer", "weights", "why"],
      rows: rows
    )
  }

  private func size(_ shape: [Int]) -> String {
    shape.map { "\($0)" }.joined(separator: " × ")
  }

  private var lossCurve: TrainingFigure.Curves {
    let best = log.losses.indices.min { log.losses[$0] < log.losses[$1] } ?? 0
    let value = DecimalText.general(log.losses[best], digits: 4)
    return TrainingFigure.Curves(
      title: "The loss while learning",
      description: "The mean \(type(of: output.loss).name) over each epoch's batches, before their "
        + "steps; the least is \(value) in epoch \(best + 1).",
      step: "epoch",
      unit: type(of: output.loss).name,
      series: [TrainingFigure.Series("training batches", log.losses.map { $0.isFinite ? $0 : nil })]
    )
  }
}

extension TrainingFault {
  static func weightsNotFinite(round: Int) -> TrainingFault {
    TrainingFault(
      "train.not-finite",
      "the weights left the finite numbers in epoch \(round)",
      hint: "lower the learning rate, or set clip_norm",
      field: "optimizer"
    )
  }

  static func otherLayers() -> TrainingFault {
    TrainingFault(
      continuation,
      "the layers are not those of the model to go on from",
      hint: "an incremental job needs the same layers; 'mode: transfer' takes over those it can",
      field: "layers"
    )
  }
}
