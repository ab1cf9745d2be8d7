package import ColophonData

extension Dataset: Artifact {
  package static let artifactName = "dataset"

  package func encodedArtifact() throws -> [UInt8] { encodedBytes }

  package static func decodedArtifact(_ bytes: [UInt8]) throws -> Dataset {
    try Dataset(bytes: bytes)
  }
}
