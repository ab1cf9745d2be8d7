package import ColophonLearning

extension TrainedModel: Artifact {
  package static var artifactName: String { "model" }

  package func encodedArtifact() throws -> [UInt8] { try encoded() }

  package static func decodedArtifact(_ bytes: [UInt8]) throws -> TrainedModel {
    try TrainedModel(decoding: bytes)
  }
}
