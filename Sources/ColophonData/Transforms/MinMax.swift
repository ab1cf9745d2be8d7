package import ColophonCore

/// Scales numbers so that the training rows lie in a range.
///
/// z = x · s + (low − min · s) with s = (high − low) / (max − min); a column that doesn't vary is
/// divided by 1. As scikit-learn's `MinMaxScaler`. Weights play no part, but that rows of weight 0
/// don't count.
package struct MinMax: Transform {
  package static let name = "min_max"
  package static let summary = "Numbers scaled to a range."

  package var columns: ColumnChoice
  /// The range's ends, the lower first.
  package var range: [Double]
  package var clip: Bool

  package init(reading fields: inout FieldReader) {
    columns = fields.columnChoice([.numeric], "The columns of numbers; by default all.")
    let ends = fields.numbers(
      "feature_range",
      in: .finite,
      "The least and the greatest training value afterwards; 0 and 1 where it is not given."
    )
    range = ends.count == 2 ? ends : [0, 1]
    if let node = fields.peek("feature_range"), ends.count != 2 || ends[0] >= ends[1] {
      fields.report(
        .wrongType("feature_range", expected: "two numbers, the lower first", found: node)
      )
    }
    fields.resolve("feature_range", to: .array(range.map { .number($0) }))
    clip = fields.boolean(
      "clip",
      default: false,
      "Whether later values beyond the training rows' are moved to the range's ends."
    )
  }

  package func foresee(_ preview: inout DatasetPreview) -> [DataFault] {
    columns.faults(in: preview, of: [.numeric])
  }

  package func fit(_ training: FittingRows) throws(DataFaults) -> MinMaxScaled {
    let table = training.dataset.table
    let parts = try columns.places(in: training.dataset, of: [.numeric]).map { place in
      let column = table.columns[place]
      let numbers = training.present(column.numbers ?? []).map { $0.value }
      let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
      // Ten times the rounding of 1, below which scikit-learn takes a range for none.
      let isConstant = high - low < 10 * Double.ulpOfOne
      let scale = (range[1] - range[0]) / (isConstant ? 1 : high - low)
      return MinMaxScaled.Part(
        column: column.name,
        min: low,
        max: high,
        scale: scale,
        offset: range[0] - low * scale
      )
    }
    return MinMaxScaled(parts: parts, clip: clip ? range : nil)
  }
}

/// Scales and offsets of columns of numbers.
package struct MinMaxScaled: FittedTransform {
  package static let name = MinMax.name

  /// One column's part: x becomes x · `scale` + `offset`.
  package struct Part: Codable, Hashable, Sendable {
    package var column: String
    package var min: Double
    package var max: Double
    package var scale: Double
    package var offset: Double
  }

  package var parts: [Part]
  /// The ends that no value may leave; nil where it may.
  package var clip: [Double]?

  package var learned: [String: Value] {
    [
      "min": .byColumn(parts.map { ($0.column, .number($0.min)) }),
      "max": .byColumn(parts.map { ($0.column, .number($0.max)) }),
    ]
  }

  package func apply(to dataset: Dataset) throws(DataFaults) -> Dataset {
    var made = dataset
    for part in parts {
      let numbers = try dataset.numbers(of: part.column).map { value -> Double in
        let scaled = value * part.scale + part.offset
        guard let clip, !scaled.isNaN else { return scaled }
        return Swift.min(Swift.max(scaled, clip[0]), clip[1])
      }
      made.replace(part.column, with: numbers)
    }
    return made
  }

  package func notices(of dataset: Dataset) -> [TransformNotice] {
    parts.filter { $0.min == $0.max }.map { .constant($0.column) }
  }
}
