package import ColophonCore

/// Writes numbers as the place of the bin they fall in, from 0.
///
/// Bins are [a, b), the last one open above and the first one below. Uniform bins are equally wide
/// between the least and the greatest training value; quantile bins hold equally many training
/// rows, by the averaged inverse of the distribution function, and bins narrower than 1e-8 are
/// merged. Missing values stay missing. As scikit-learn's `KBinsDiscretizer` with ordinal codes and
/// `quantile_method: averaged_inverted_cdf`.
package struct Bin: Transform {
  package enum Strategy: String, Codable, Hashable, Sendable, CaseIterable {
    case uniform
    case quantile
  }

  package static let name = "bin"
  package static let summary = "Numbers as the place of the bin they fall in."

  package var columns: ColumnChoice
  package var bins: Int
  package var strategy: Strategy

  package init(reading fields: inout FieldReader) {
    columns = fields.columnChoice([.numeric], "The columns of numbers; by default all.")
    bins = fields.integer("bins", in: 2...1000, default: 5, "How many bins.")
    let word = fields.choice(
      "strategy",
      of: Strategy.allCases.map { $0.rawValue },
      default: Strategy.quantile.rawValue,
      "Whether bins are equally wide or hold equally many training rows."
    )
    strategy = Strategy(rawValue: word) ?? .quantile
  }

  package func foresee(_ preview: inout DatasetPreview) -> [DataFault] {
    columns.faults(in: preview, of: [.numeric])
  }

  package func fit(_ training: FittingRows) throws(DataFaults) -> Binned {
    let table = training.dataset.table
    let parts = try columns.places(in: training.dataset, of: [.numeric]).map { place in
      let column = table.columns[place]
      return Binned.Part(
        column: column.name,
        edges: edges(training.present(column.numbers ?? [])),
        wanted: bins
      )
    }
    return Binned(parts: parts)
  }

  private func edges(_ numbers: [WeightedNumber]) -> [Double] {
    guard let low = numbers.map({ $0.value }).min(),
      let high = numbers.map({ $0.value }).max()
    else { return [0, 0] }
    guard low < high else { return [low, high] }
    switch strategy {
    case .uniform:
      let width = (high - low) / Double(bins)
      return (0...bins).map { $0 == bins ? high : Double($0) * width + low }
    case .quantile:
      let all = numbers.quantiles(parts: bins)
      // Edge by edge against its neighbour, kept or not, as scikit-learn compares them.
      return all.indices.filter { $0 == 0 || all[$0] - all[$0 - 1] > 1e-8 }.map { all[$0] }
    }
  }
}

/// The edges of the bins of columns of numbers.
package struct Binned: FittedTransform {
  package static let name = Bin.name

  /// One column's edges, ascending, one more than there are bins.
  package struct Part: Codable, Hashable, Sendable {
    package var column: String
    package var edges: [Double]
    /// How many bins were asked for.
    package var wanted: Int
  }

  package var parts: [Part]

  package var learned: [String: Value] {
    ["edges": .byColumn(parts.map { ($0.column, .array($0.edges.map { .number($0) })) })]
  }

  package func apply(to dataset: Dataset) throws(DataFaults) -> Dataset {
    var made = dataset
    for part in parts {
      let inner = part.edges.dropFirst().dropLast()
      let values = try dataset.numbers(of: part.column)
      made.replace(
        part.column,
        with: values.map { value in
          value.isNaN ? .nan : Double(inner.firstIndex { value < $0 } ?? inner.endIndex) - 1
        }
      )
    }
    return made
  }

  package func notices(of dataset: Dataset) -> [TransformNotice] {
    parts.compactMap { part in
      if part.edges.first == part.edges.last { return .constant(part.column) }
      let made = part.edges.count - 1
      return made < part.wanted ? .fewerBins(part.column, made, wanted: part.wanted) : nil
    }
  }
}
