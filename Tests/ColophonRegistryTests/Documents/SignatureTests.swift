import ColophonCore
import ColophonRegistry
import Foundation
import Testing

/// Signatures over models: what was signed is what is there, and nothing else passes.
@Suite struct ModelSignatures {
  private let key = RegistryKey()
  private let files = [
    ModelSignature.Resource("model", Digest(of: "m".utf8)),
    ModelSignature.Resource("a.json", Digest(of: "a".utf8)),
  ]

  @Test func holdForTheFilesThatWereSigned() throws {
    let signature = try ModelSignature("churn-1", files, with: key)
    let read = try ModelSignature(text: signature.value.indentedText)
    #expect(read == signature)
    #expect(read.resources.map { $0.name } == ["a.json", "model"])
    #expect(read.isHinted(key.publicKey) && !read.isHinted(RegistryKey().publicKey))
    try read.check(files, by: key.publicKey)
  }

  @Test func failForAnotherKey() throws {
    let signature = try ModelSignature("churn-1", files, with: key)
    #expect(throws: ModelSignature.Problem.self) {
      try signature.check(files, by: RegistryKey().publicKey)
    }
  }

  static let changes:
    [(String, @Sendable ([ModelSignature.Resource]) -> [ModelSignature.Resource])] =
      [
        ("edited", { [ModelSignature.Resource("model", Digest(of: "x".utf8)), $0[1]] }),
        ("missing", { [$0[0]] }),
        ("one more", { $0 + [ModelSignature.Resource("b", Digest(of: "b".utf8))] }),
        ("renamed", { [ModelSignature.Resource("modal", $0[0].digest), $0[1]] }),
        ("swapped", { [.init($0[0].name, $0[1].digest), .init($0[1].name, $0[0].digest)] }),
      ]

  @Test(arguments: changes.indices)
  func failForOtherFiles(change: Int) throws {
    let signature = try ModelSignature("churn-1", files, with: key)
    #expect(throws: ModelSignature.Problem.self, "\(Self.changes[change].0)") {
      try signature.check(Self.changes[change].1(files), by: key.publicKey)
    }
  }

  /// Each byte of the signed payload changed once: no such signature passes.
  @Test func failForAnyOtherPayload() throws {
    let signature = try ModelSignature("churn-1", files, with: key)
    for index in signature.envelope.payload.indices {
      var other = signature
      other.envelope.payload[index] ^= 1
      #expect(!other.envelope.isSigned(by: key.publicKey))
    }
  }

  @Test(arguments: [
    "", "{}", "[1]", #"{"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json"}"#,
  ])
  func thatAreNoneAreRefused(text: String) {
    #expect(throws: ModelSignature.Problem.self) { try ModelSignature(text: text) }
  }

  /// The signature that the OpenSSF's client accepted is one that this program accepts.
  @Test func ofTheFixtureAreGood() throws {
    let folder = DocumentGoldens.folder
    func bytes(_ name: String) throws -> [UInt8] {
      try [UInt8](Data(contentsOf: folder.appending(path: name)))
    }
    let key = try #require(
      RegistryPublicKey(pem: String(decoding: bytes("key.pub.pem"), as: UTF8.self))
    )
    let signature = try ModelSignature(
      text: String(decoding: bytes("signed/model.sig"), as: UTF8.self)
    )
    let files = try ["model", "version.json"].map {
      ModelSignature.Resource($0, Digest(of: try bytes("signed/\($0)")))
    }
    try signature.check(files, by: key)
  }

  @Test func stayInTheJournal() throws {
    let sample = try SampleRegistry()
    try sample.register(1)
    let name = VersionName("churn", 1)
    #expect(throws: RegistryRefusal.self) { try sample.registry.sign(name, by: sample.hand()) }
    let signed = try sample.registry.sign(name, by: sample.hand("grace", key: key))
    let version = try sample.registry.show(name)
    let found = try sample.registry.signatures(of: version)
    #expect(found.map { $0.text } == [signed.text])
    #expect(found[0].event.actor == "grace")
    #expect(found[0].event.new == key.publicKey.fingerprint)
    try found[0].signature.check(version.signedResources, by: key.publicKey)
    #expect(try sample.registry.audit().isSound)
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5, 100])
  func base64ReadsBackWhatItWrites(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    let text = Base64Text.encode(bytes)
    #expect(text == Data(bytes).base64EncodedString())
    #expect(Base64Text.decode(text) == bytes)
    #expect(Base64Text.decode("A=") == nil && Base64Text.decode("A*==") == nil)
  }
}
