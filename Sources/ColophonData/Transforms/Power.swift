package import ColophonCore

/// Bends numbers so that they look normal: Yeo and Johnson's curve, or Box and Cox's.
///
/// The exponent λ is that of the largest likelihood over the training rows. Missing values stay
/// missing. As scikit-learn's `PowerTransformer`.
///
/// - SeeAlso: Yeo and Johnson, "A new family of power transformations", Biometrika 87, 2000;
///   Box and Cox, "An analysis of transformations", 1964, equation 10 for the likelihood.
package struct Power: Transform {
  package static let name = "power"
  package static let summary = "Numbers bent so that they look normal."

  package var columns: ColumnChoice
  package var curve: PowerCurve
  package var standardizes: Bool

  package init(reading fields: inout FieldReader) {
    columns = fields.columnChoice([.numeric], "The columns of numbers; by default all.")
    let word = fields.choice(
      "method",
      of: PowerCurve.allCases.map { $0.rawValue },
      default: PowerCurve.yeoJohnson.rawValue,
      "The family of curves; box-cox takes numbers above 0 only."
    )
    curve = PowerCurve(rawValue: word) ?? .yeoJohnson
    standardizes = fields.boolean(
      "standardize",
      default: true,
      "Whether the result has mean 0 and standard deviation 1 over the training rows."
    )
  }

  package func foresee(_ preview: inout DatasetPreview) -> [DataFault] {
    columns.faults(in: preview, of: [.numeric])
  }

  package func fit(_ training: FittingRows) throws(DataFaults) -> PowerTransformed {
    var parts: [PowerTransformed.Part] = []
    for place in try columns.places(in: training.dataset, of: [.numeric]) {
      let column = training.dataset.table.columns[place]
      let values = column.numbers ?? []
      try curve.check(values, of: column.name)
      let numbers = training.present(values)
      let lambda = curve.bestExponent(for: numbers)
      let curved = numbers.map { WeightedNumber(curve.value($0.value, lambda), $0.weight) }
      var part = PowerTransformed.Part(column: column.name, lambda: lambda, mean: 0, scale: 1)
      if standardizes, !curved.isEmpty {
        part.mean = curved.mean
        let variance = curved.variance(around: part.mean)
        part.scale = curved.isConstant ? 1 : variance.squareRoot()
      }
      part.isConstant = numbers.isConstant
      parts.append(part)
    }
    return PowerTransformed(parts: parts, curve: curve)
  }
}

extension PowerCurve {
  /// - Throws: Faults at `columns` for the first rows where the curve is not defined.
  func check(_ values: [Double], of name: String) throws(DataFaults) {
    let outside = values.indices.filter { !values[$0].isNaN && !contains(values[$0]) }
    guard !outside.isEmpty else { return }
    var faults = outside.prefix(TextTable.shown).map {
      DataFault.outsideBoxCox(name, row: $0 + 1, value: values[$0])
    }
    if outside.count > TextTable.shown {
      faults.append(.moreOutside(name, outside.count - TextTable.shown))
    }
    throw DataFaults(faults)
  }
}

extension [WeightedNumber] {
  /// Whether there is but one number.
  var isConstant: Bool { allSatisfy { $0.value == first?.value } }
}

/// The exponents of columns of numbers, and what standardises the result.
package struct PowerTransformed: FittedTransform {
  package static let name = Power.name

  /// One column's part.
  package struct Part: Codable, Hashable, Sendable {
    package var column: String
    package var lambda: Double
    /// What is taken off the curve's value.
    package var mean: Double
    /// What the rest is divided by.
    package var scale: Double
    package var isConstant = false
  }

  package var parts: [Part]
  package var curve: PowerCurve

  package var learned: [String: Value] {
    [
      "lambda": .byColumn(parts.map { ($0.column, .number($0.lambda)) }),
      "mean": .byColumn(parts.map { ($0.column, .number($0.mean)) }),
      "scale": .byColumn(parts.map { ($0.column, .number($0.scale)) }),
    ]
  }

  package func apply(to dataset: Dataset) throws(DataFaults) -> Dataset {
    var made = dataset
    for part in parts {
      let values = try dataset.numbers(of: part.column)
      try curve.check(values, of: part.column)
      made.replace(
        part.column,
        with: values.map {
          $0.isNaN ? .nan : (curve.value($0, part.lambda) - part.mean) / part.scale
        }
      )
    }
    return made
  }

  package func notices(of dataset: Dataset) -> [TransformNotice] {
    parts.filter { $0.isConstant }.map { .constant($0.column) }
  }
}
