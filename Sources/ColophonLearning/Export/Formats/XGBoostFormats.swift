/// The library's own JSON.
package enum XGBoostJSONFormat: ModelFormat {
  package static let name = "xgboost-json"
  package static let summary = "The xgboost library's JSON, for its load_model."
  package static let suffix = "json"

  package static func file(of trained: TrainedModel) throws -> ModelFile {
    let model = try xgboost(trained)
    return ModelFile(bytes: try model.libraryBytes(format: "json"), notes: [features(model)])
  }
}

/// The library's own binary JSON.
package enum XGBoostUBJFormat: ModelFormat {
  package static let name = "xgboost-ubj"
  package static let summary = "The xgboost library's binary JSON, for its load_model."
  package static let suffix = "ubj"

  package static func file(of trained: TrainedModel) throws -> ModelFile {
    let model = try xgboost(trained)
    return ModelFile(bytes: model.bytes, notes: [features(model)])
  }
}

private func xgboost(_ trained: TrainedModel) throws -> XGBoostModel {
  guard let model = trained.model as? XGBoostModel else {
    throw ExportFault(
      "a model of \(trained.algorithm) is none of the xgboost library",
      hint: "the formats 'onnx' and 'colophon' take it"
    )
  }
  return model
}

private func features(_ model: XGBoostModel) -> String {
  "the features in their order: \(model.features.joined(separator: ", "))"
}

extension XGBoostModel {
  /// The model as the library writes it in one of its formats: `json`, `ubj`.
  package func libraryBytes(format: String) throws -> [UInt8] {
    try Booster(model: bytes).modelBytes(format: format)
  }
}
