package import ColophonCore

/// (y − t)².
struct MeanSquaredError: NetworkLoss {
  static let name = "mse"
  static let summary = "The squared difference."
  static let isOfClasses = false

  init(reading fields: inout FieldReader) {}

  func link(classes: Int) -> OutputLink { .identity }

  func evaluate(_ rows: LossRows) -> Double {
    rows.eachDifference { difference in (difference * difference, 2 * difference) }
  }
}

/// |y − t|.
struct MeanAbsoluteError: NetworkLoss {
  static let name = "mae"
  static let summary = "The absolute difference, which outliers pull less."
  static let isOfClasses = false

  init(reading fields: inout FieldReader) {}

  func link(classes: Int) -> OutputLink { .identity }

  func evaluate(_ rows: LossRows) -> Double {
    rows.eachDifference { difference in
      (difference.magnitude, difference > 0 ? 1 : difference < 0 ? -1 : 0)
    }
  }
}

/// ½ (y − t)² up to `delta`, from there a line (Huber, 1964).
struct HuberNetworkLoss: NetworkLoss {
  static let name = "huber"
  static let summary = "Squared near 0, and a line for outliers."
  static let isOfClasses = false
  var delta: Double

  init(reading fields: inout FieldReader) {
    delta = fields.number(
      "delta",
      in: .above(0),
      default: 1,
      "The difference from which it is a line, in standard deviations of the target where that is "
        + "standardised."
    )
  }

  func link(classes: Int) -> OutputLink { .identity }

  func evaluate(_ rows: LossRows) -> Double {
    rows.eachDifference { difference in
      let size = difference.magnitude
      if size <= delta { return (0.5 * size * size, difference) }
      return (delta * (size - 0.5 * delta), difference > 0 ? delta : -delta)
    }
  }
}

extension LossRows {
  /// Adds up a loss of the difference between output and target, and writes its slopes.
  fileprivate func eachDifference(
    _ body: (_ difference: Double) -> (value: Double, slope: Double)
  ) -> Double {
    var sum = 0.0
    for row in 0..<rows {
      let share = Double(shares[row])
      let (value, slope) = body(Double(outputs[row]) - Double(targets[row]))
      sum += share * value
      slopes[row] = Float(share * slope)
    }
    return sum
  }
}
