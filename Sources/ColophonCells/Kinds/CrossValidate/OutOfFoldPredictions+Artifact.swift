package import ColophonLearning

extension OutOfFoldPredictions: Artifact {
  package static var artifactName: String { "out-of-fold predictions" }

  package func encodedArtifact() throws -> [UInt8] { try encoded() }

  package static func decodedArtifact(_ bytes: [UInt8]) throws -> OutOfFoldPredictions {
    try OutOfFoldPredictions(decoding: bytes)
  }
}
