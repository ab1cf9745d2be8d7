package import ColophonCore
import ColophonMath

extension FieldReader {
  /// `label_smoothing`.
  fileprivate mutating func labelSmoothing() -> Double {
    number(
      "label_smoothing",
      in: Interval(0, 1, upperIsOpen: true),
      default: 0,
      "The share of each label that is spread over all classes."
    )
  }
}

/// −t log p − (1 − t) log(1 − p), of the positive class's probability p = σ(z).
///
/// From the sum z itself: softplus(z) − t z, whose slope is p − t.
struct BinaryCrossEntropy: NetworkLoss {
  static let name = "binary_cross_entropy"
  static let summary = "The log loss of two classes, over a sigmoid."
  static let isOfClasses = true
  var smoothing: Double

  init(reading fields: inout FieldReader) { smoothing = fields.labelSmoothing() }

  func link(classes: Int) -> OutputLink { .sigmoid }

  func evaluate(_ rows: LossRows) -> Double {
    var sum = 0.0
    for row in 0..<rows.rows {
      let target = Double(rows.targets[row]) * (1 - smoothing) + smoothing / 2
      let z = Double(rows.outputs[row])
      let share = Double(rows.shares[row])
      sum += share * (Elementary.softplus(z) - target * z)
      rows.slopes[row] = Float(share * (Elementary.sigmoid(z) - target))
    }
    return sum
  }
}

/// −log p of the row's class, of p = softmax(z), whose slope by z is p less the label.
struct CategoricalCrossEntropy: NetworkLoss {
  static let name = "categorical_cross_entropy"
  static let summary = "The log loss of any number of classes, over a softmax."
  static let isOfClasses = true
  var smoothing: Double

  init(reading fields: inout FieldReader) { smoothing = fields.labelSmoothing() }

  func link(classes: Int) -> OutputLink { .softmax }

  func evaluate(_ rows: LossRows) -> Double {
    let width = rows.width
    var sum = 0.0
    FloatFunctions.softmax(rows.outputs, rows: rows.rows, columns: width)
    let spread = smoothing / Double(width)
    for row in 0..<rows.rows {
      let label = Int(rows.targets[row])
      let share = Double(rows.shares[row])
      let shares = rows.outputs + row * width
      for k in 0..<width {
        let target = spread + (k == label ? 1 - smoothing : 0)
        if target > 0 {
          sum -= share * target * Elementary.log(max(Double(shares[k]), 1e-45))
        }
        rows.slopes[row * width + k] = Float(share * (Double(shares[k]) - target))
      }
    }
    return sum
  }
}

/// −(1 − p)^γ log p of the row's class: rows that are right already hardly count.
///
/// Of two classes over a sigmoid, of more over a softmax.
///
/// - SeeAlso: Lin, Goyal, Girshick, He and Dollár, "Focal loss for dense object detection", 2017,
///   equation 4.
struct FocalLoss: NetworkLoss {
  static let name = "focal"
  static let summary = "The log loss, of which rows that are right already count little."
  static let isOfClasses = true
  var gamma: Double

  init(reading fields: inout FieldReader) {
    gamma = fields.number(
      "gamma",
      in: .atLeast(0),
      default: 2,
      "How little rows count that are right already; 0 is the log loss."
    )
  }

  func link(classes: Int) -> OutputLink { classes == 2 ? .sigmoid : .softmax }

  /// The loss at the probability of the right class, and its slope by log p.
  private func loss(_ p: Double) -> (value: Double, slope: Double) {
    let p = min(max(p, 1e-45), 1)
    let (miss, log) = (1 - p, Elementary.log(p))
    let power = gamma == 0 ? 1 : Elementary.pow(miss, gamma)
    // d/dlog p of -(1 - p)^γ log p; at p = 1 the first part is 0 for every γ.
    let less = gamma == 0 || miss == 0 ? 0 : gamma * Elementary.pow(miss, gamma - 1) * p * log
    return (-power * log, less - power)
  }

  func evaluate(_ rows: LossRows) -> Double {
    let width = rows.width
    var sum = 0.0
    if width > 1 { FloatFunctions.softmax(rows.outputs, rows: rows.rows, columns: width) }
    for row in 0..<rows.rows {
      let share = Double(rows.shares[row])
      if width == 1 {
        let isPositive = rows.targets[row] > 0.5
        let z = Double(rows.outputs[row])
        let p = Elementary.sigmoid(isPositive ? z : -z)
        let (value, slope) = loss(p)
        sum += share * value
        rows.slopes[row] = Float(share * slope * (1 - p) * (isPositive ? 1 : -1))
      } else {
        let label = Int(rows.targets[row])
        let shares = rows.outputs + row * width
        let (value, slope) = loss(Double(shares[label]))
        sum += share * value
        for k in 0..<width {
          let less = Double(shares[k])
          rows.slopes[row * width + k] = Float(share * slope * ((k == label ? 1 : 0) - less))
        }
      }
    }
    return sum
  }
}
