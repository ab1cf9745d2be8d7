import ColophonCore
import ColophonMath

extension NetworkLog {
  /// How far back the gradient of a recurrent layer reaches: in the first epoch, and in the last.
  var reachCurve: TrainingFigure.Curves? {
    guard let first = reaches.first, let last = reaches.last, first.count > 1 else {
      return nil
    }
    func logarithms(_ sizes: [Double]) -> [Double?] {
      sizes.map { $0 > 0 && $0.isFinite ? Elementary.log10($0) : nil }
    }
    let ends = logarithms(last)
    let words: String
    if let begin = ends.first.flatMap({ $0 }), let end = ends.last.flatMap({ $0 }) {
      let power = DecimalText.fixed(begin - end, decimals: 1)
      words = "In the last epoch the first step gets 10^\(power) times what the last one gets."
    } else {
      words = "In the last epoch nothing reaches the first step."
    }
    return TrainingFigure.Curves(
      title: "How far back the gradient reaches",
      description:
        "The mean absolute slope of the loss by the state after each step of the sequence, "
        + "in powers of ten. \(words)",
      step: "step of the sequence",
      unit: "log₁₀ of the slope",
      series: [
        TrainingFigure.Series("first epoch", logarithms(first)),
        TrainingFigure.Series("last epoch", ends),
      ]
    )
  }

  /// The mean size of each layer's gradient by epoch, in powers of ten; some epochs of many.
  var gradientGrid: TrainingFigure.Grid? {
    let names = (tensors.first ?? []).filter { $0.kind == .gradient }.map { $0.name }
    guard names.count > 1, !tensors.isEmpty else { return nil }
    let count = min(14, tensors.count)
    let epochs = (0..<count).map { $0 * (tensors.count - 1) / max(1, count - 1) }
    let values = names.map { name in
      epochs.map { epoch -> Double? in
        let tensor = tensors[epoch].first { $0.kind == .gradient && $0.name == name }
        guard let mean = tensor?.meanAbsolute, mean > 0, mean.isFinite else { return nil }
        return Elementary.log10(mean)
      }
    }
    let first = values.first?.last.flatMap { $0 }
    let last = values.last?.last.flatMap { $0 }
    let ratio = first.flatMap { a in last.map { $0 - a } }
    let words =
      ratio.map { ratio -> String in
        let power = DecimalText.fixed(ratio, decimals: 1)
        return "In the last epoch that of the last layer is 10^\(power) times that of the first."
      } ?? "Where there is none, nothing comes back."
    return TrainingFigure.Grid(
      title: "How large gradients are",
      description:
        "The mean absolute gradient of each layer's weights in one batch of an epoch, in "
        + "powers of ten. \(words)",
      rowTitle: "weights",
      columnTitle: "epoch",
      rows: names,
      columns: epochs.map { "\($0 + 1)" },
      values: values
    )
  }
}
