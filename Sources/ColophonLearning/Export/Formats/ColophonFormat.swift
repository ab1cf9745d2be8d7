/// The engine's own bytes, as they lie in the store.
package enum ColophonFormat: ModelFormat {
  package static let name = "colophon"
  package static let summary =
    "The engine's own bytes, as they lie in the store; takes every model."
  package static let suffix = "model"

  package static func file(of trained: TrainedModel) throws -> ModelFile {
    ModelFile(bytes: try trained.encoded())
  }
}
