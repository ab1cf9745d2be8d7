import ColophonCore
package import ColophonData

/// Fitted members, and a model of what they say.
package struct StackingModel: Model {
  package static var algorithm: String { Stacking.name }

  package let task: Task
  package let classes: [String]
  package let features: [String]
  let bases: [(name: String, model: FilledModel)]
  let final: FilledModel
  let passthrough: Bool

  init(
    task: Task,
    classes: [String],
    features: [String],
    bases: [(name: String, model: FilledModel)],
    final: FilledModel,
    passthrough: Bool
  ) {
    self.task = task
    self.classes = classes
    self.features = features
    self.bases = bases
    self.final = final
    self.passthrough = passthrough
  }

  package func predict(_ rows: FeatureMatrix) throws -> Predictions {
    try predict(rows, threads: 1)
  }

  package func predict(_ rows: FeatureMatrix, threads: Int) throws -> Predictions {
    guard rows.columns == features.count
    else { throw TrainingFault.width(expected: features.count, found: rows.columns) }
    let grids = try bases.map { base in
      var grid = PredictionGrid(rows: rows.rows, task: task, classes: classes.count)
      try grid.add(base.model.predict(rows, threads: threads))
      return grid
    }
    return try final.predict(
      StackingColumns(task: task, classes: classes, names: bases.map { $0.name })
        .matrix(grids, beside: passthrough ? rows : nil, rows: rows.rows)
    )
  }

  package var parameterCount: Int {
    bases.reduce(final.model.parameterCount) { $0 + $1.model.model.parameterCount }
  }

  /// What stands before the models' bytes, the final one's last.
  private struct Header: Codable {
    struct Part: Codable {
      var name: String
      var algorithm: String
      var fill: [Double]?
      var size: Int
    }

    var task: Task
    var classes: [String]
    var features: [String]
    var parts: [Part]
    var passthrough: Bool
  }

  package func encoded() throws -> [UInt8] {
    let models = bases + [(name: "", model: final)]
    let bodies = try models.map { try $0.model.model.encoded() }
    let parts = zip(models, bodies).map { entry, body in
      Header.Part(
        name: entry.name,
        algorithm: Swift.type(of: entry.model.model).algorithm,
        fill: entry.model.fill,
        size: body.count
      )
    }
    let header = Header(
      task: task,
      classes: classes,
      features: features,
      parts: parts,
      passthrough: passthrough
    )
    return HeadedBytes(header: try Value(encoding: header), body: bodies.flatMap { $0 }).encoded()
  }

  package init(decoding bytes: [UInt8]) throws {
    guard let parts = HeadedBytes(decoding: bytes),
      let header = try? parts.header.decode(Header.self), header.parts.count > 1,
      let bodies = parts.pieces(of: header.parts.map { $0.size })
    else { throw TrainingFault.damagedModel(Stacking.name) }
    var models = try zip(header.parts, bodies).map { part, body in
      guard let type = algorithms[part.algorithm]
      else { throw TrainingFault.damagedModel(Stacking.name) }
      return (
        name: part.name, model: FilledModel(fill: part.fill, model: try type.decodeModel(body))
      )
    }
    let final = models.removeLast().model
    self.init(
      task: header.task,
      classes: header.classes,
      features: header.features,
      bases: models,
      final: final,
      passthrough: header.passthrough
    )
  }
}

/// The columns that the final estimator sees.
struct StackingColumns: Hashable, Sendable {
  var task: Task
  var classes: [String]
  /// The members' names.
  var names: [String]

  /// A column of each member, or for several classes one of each class: `NAME=CLASS`.
  var columnNames: [String] {
    task == .multiclass ? names.flatMap { name in classes.map { "\(name)=\($0)" } } : names
  }

  /// The members' predictions side by side, the features after them.
  func matrix(
    _ grids: [PredictionGrid],
    beside features: FeatureMatrix?,
    rows: Int
  ) -> FeatureMatrix {
    let width = task == .multiclass ? classes.count : 1
    var values: [Double] = []
    values.reserveCapacity(rows * (width * grids.count + (features?.columns ?? 0)))
    for row in 0..<rows {
      for grid in grids { values += grid.values[row * width..<(row + 1) * width] }
      if let features { values += features.row(row) }
    }
    return FeatureMatrix(names: columnNames + (features?.names ?? []), rows: rows, values: values)
  }
}
