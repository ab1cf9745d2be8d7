import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

/// One column's effect on what the model says.
struct ColumnEffect: Sendable {
  var column: Int
  var grid: FeatureGrid
  /// One for each output.
  var outputs: [PartialDependence]
  /// The rows' own values, ascending; empty for levels.
  var sorted: [Double]

  var isOfLevels: Bool { if case .levels = grid { true } else { false } }

  /// How much the mean moves, over the outputs their mean.
  var importance: Double {
    outputs.reduce(0) { $0 + $1.importance(ofLevels: isOfLevels) } / Double(max(1, outputs.count))
  }
}

/// Two columns' effect together.
struct PairEffect: Sendable {
  var columns: (Int, Int)
  var grids: (FeatureGrid, FeatureGrid)
  /// The mean by the first grid, then the second, for the explained output.
  var mean: [[Double]]
}

/// Asks a model about rows whose columns are set to the values of a grid.
struct PartialWork: Sendable {
  static let values: [PathPattern] = [
    "rows", "importance.*", "heterogeneity.*", "grid.*[*]", "mean.*[*]", "mean.*.*[*]",
    "level.*.*", "level.*.*.*", "ice[*].*[*]",
  ]
  /// Rows beyond which the mean is steady and single curves can't be told apart.
  static let usualRows = 200
  /// Values of each of two columns.
  static let pairGrid = 8

  let subject: ExplainSubject
  let request: ExplainRequest
  /// Positions in the split, those that were named first.
  let positions: [Int]
  /// The outputs that are told of.
  let outputs: [Int]

  init(_ subject: ExplainSubject, _ request: ExplainRequest) throws {
    self.subject = subject
    self.request = request
    let spread = subject.spread(request.sample ?? PartialWork.usualRows)
    let named = Set(request.rows)
    positions = request.rows + spread.filter { !named.contains($0) }
    outputs = try subject.classPlace(request.label).map { [$0] } ?? Array(0..<subject.outputs)
  }

  var rows: [Int] { positions.map { subject.rows[$0] } }

  /// The effects of the columns that were named alone, else of those whose mean moves most.
  func effects(in workshop: Workshop, usual: Int) throws -> [ColumnEffect] {
    let named = request.features.filter { $0.names.count == 1 }
    let isOpen = request.features.isEmpty
    let places =
      isOpen
      ? subject.columns.indices.filter { grid($0, limit: request.grid) != nil }
      : try named.map { try subject.place(of: $0.names[0].value) }
    var found: [ColumnEffect] = []
    for (done, place) in places.enumerated() {
      try workshop.checkCancellation()
      found.append(try effect(place))
      workshop.progress(Double(done + 1) / Double(places.count), subject.columns[place].name)
    }
    guard isOpen else { return found }
    let sizes = found.map { $0.importance }
    let order = found.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    return order.prefix(usual).map { found[$0] }
  }

  func pairs(in workshop: Workshop) throws -> [PairEffect] {
    try request.features.filter { $0.names.count == 2 }.map { feature in
      try workshop.checkCancellation()
      let places = try feature.names.map { try subject.place(of: $0.value) }
      guard outputs.count == 1 else {
        throw CellFailure(
          "two columns' effect on several classes can't be drawn at once",
          hint: "name one of them in 'class': \(subject.trained.classes.joined(separator: ", "))",
          field: "features"
        )
      }
      return try pair(places[0], places[1])
    }
  }

  private func effect(_ place: Int) throws -> ColumnEffect {
    let grid = try needed(place, limit: request.grid)
    var curves = outputs.map { _ in [[Double]]() }
    for value in 0..<grid.count {
      let numbers = try predictions(setting(place, grid, value, in: subject.dataset))
      for k in curves.indices { curves[k].append(numbers[k]) }
    }
    let own = subject.dataset.table[subject.columns[place].name]?.numbers
    return ColumnEffect(
      column: place,
      grid: grid,
      outputs: curves.map { PartialDependence(curves: $0) },
      sorted: own.map { all in rows.map { all[$0] }.filter { $0.isFinite }.sorted() } ?? []
    )
  }

  private func pair(_ a: Int, _ b: Int) throws -> PairEffect {
    let limit = min(request.grid, PartialWork.pairGrid)
    let grids = (try needed(a, limit: limit), try needed(b, limit: limit))
    let mean = try (0..<grids.0.count).map { i -> [Double] in
      let first = setting(a, grids.0, i, in: subject.dataset)
      return try (0..<grids.1.count).map { j in
        let numbers = try predictions(setting(b, grids.1, j, in: first))[0]
        return numbers.reduce(0, +) / Double(numbers.count)
      }
    }
    return PairEffect(columns: (a, b), grids: grids, mean: mean)
  }

  /// What the model says of the rows, for each output that is told of.
  private func predictions(_ dataset: Dataset) throws -> [[Double]] {
    let numbers = try subject.numbers(try subject.matrix(rows, of: dataset))
    let width = subject.outputs
    return outputs.map { k in positions.indices.map { numbers[$0 * width + k] } }
  }

  private func needed(_ place: Int, limit: Int) throws -> FeatureGrid {
    if let grid = grid(place, limit: limit) { return grid }
    throw CellFailure(
      "'\(subject.columns[place].name)' has no values of its own to be set to",
      hint: "it is made of other columns, or of many numbers at once, or missing in every row",
      field: "features"
    )
  }

  /// The values of a column; nil where there are none to set.
  private func grid(_ place: Int, limit: Int) -> FeatureGrid? {
    let column = subject.columns[place]
    if let held = subject.dataset.table[column.name] {
      return FeatureGrid(held, rows: rows, limit: limit)
    }
    // Indicators that a step made: as many levels.
    guard !column.sources.isEmpty else { return nil }
    return .levels(column.sources.prefix(limit).map { String($0.dropFirst(column.name.count + 1)) })
  }

  /// The data with a column set to one value of its grid in every row.
  private func setting(
    _ place: Int,
    _ grid: FeatureGrid,
    _ value: Int,
    in dataset: Dataset
  ) -> Dataset {
    let column = subject.columns[place]
    var made = dataset
    if let held = dataset.table[column.name] {
      made.replace(column.name, with: [grid.column(held, at: value)])
      return made
    }
    for (level, source) in column.sources.enumerated() {
      let number: Double = level == value ? 1 : 0
      made.replace(source, with: [Double](repeating: number, count: dataset.table.rowCount))
    }
    return made
  }
}
