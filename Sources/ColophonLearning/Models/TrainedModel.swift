package import ColophonCore
package import ColophonData

/// A model with everything that it takes to apply it to a dataset: what a `train` cell makes.
package struct TrainedModel: Sendable {
  /// The name of the algorithm.
  package let algorithm: String
  package let task: Task
  /// The labels in their order; for binary tasks [negative, positive].
  package let classes: [String]
  package let target: String?
  /// How a dataset's columns become the model's features.
  package let encoding: FeatureEncoding
  /// The steps that made those columns of raw ones; nil where the model learned from raw rows.
  package let preparation: Preparation?
  /// The content of the dataset that it learned from, where that is known.
  package let data: Digest?
  package let model: any Model

  package init(
    algorithm: String,
    task: Task,
    classes: [String],
    target: String?,
    encoding: FeatureEncoding,
    preparation: Preparation? = nil,
    data: Digest?,
    model: any Model
  ) {
    self.algorithm = algorithm
    self.task = task
    self.classes = classes
    self.target = target
    self.encoding = encoding
    self.preparation = preparation
    self.data = data
    self.model = model
  }

  /// What the model says about some rows of a dataset that has the columns it learned from, or the
  /// raw ones that its preparation makes them of.
  ///
  /// - Throws: `DataFaults` where a column is missing or of another type, or the dataset was
  ///   prepared otherwise.
  package func predict(_ dataset: Dataset, rows: [Int]) throws -> Predictions {
    try model.predict(features(of: dataset, rows: rows))
  }

  /// Some rows of a dataset in the form that the model reads.
  ///
  /// - Throws: As `predict` does.
  package func features(of dataset: Dataset, rows: [Int]) throws -> FeatureMatrix {
    let form = algorithms[algorithm]?.reads ?? .dense
    return try form.features(of: prepared(dataset), rows: rows, encoding, for: algorithm)
  }

  /// The dataset with the columns that the model learned from; its rows are the same.
  private func prepared(_ dataset: Dataset) throws(DataFaults) -> Dataset {
    try (preparation ?? .raw).complete(dataset)
  }

  /// What stands before the model's bytes.
  private struct Header: Codable {
    var algorithm: String
    var task: Task
    var classes: [String]
    var target: String?
    var encoding: FeatureEncoding
    var preparation: Value?
    var data: String?
  }

  /// The model's bytes; equal models have equal bytes.
  package func encoded() throws -> [UInt8] {
    let header = Header(
      algorithm: algorithm,
      task: task,
      classes: classes,
      target: target,
      encoding: encoding,
      preparation: try preparation.map { try Value(json: $0.encodedBytes) },
      data: data?.description
    )
    return HeadedBytes(header: try Value(encoding: header), body: try model.encoded()).encoded()
  }

  /// Reads back what `encoded` wrote.
  ///
  /// - Throws: `TrainingFault` where the bytes are something else.
  package init(decoding bytes: [UInt8]) throws {
    guard let parts = HeadedBytes(decoding: bytes),
      let header = try? parts.header.decode(Header.self),
      let decode = TrainedModel.decoder(of: header.algorithm)
    else { throw TrainingFault.damagedModel("any algorithm") }
    self.init(
      algorithm: header.algorithm,
      task: header.task,
      classes: header.classes,
      target: header.target,
      encoding: header.encoding,
      preparation: try header.preparation.map {
        try Preparation(decoding: $0.canonicalBytes)
      },
      data: header.data.flatMap { Digest($0) },
      model: try decode(parts.body)
    )
  }

  /// What reads back the models of an algorithm, or of what learns outside of the engine.
  private static func decoder(of name: String) -> (([UInt8]) throws -> any Model)? {
    if let type = algorithms[name] { return type.decodeModel }
    return externalModels[name].map { type in { try type.init(decoding: $0) } }
  }
}
