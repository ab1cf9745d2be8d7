import ColophonCore
import ColophonRegistry
import Foundation
import Testing

/// Versions that travel between registries.
@Suite struct Bundles {
  private let bytes = Array("fit 1".utf8)

  private func exported() throws -> (SampleRegistry, RegistryBundle) {
    let sample = try SampleRegistry()
    try sample.register(1, status: .pending)
    try sample.registry.decide("approve", VersionName("churn", 1), why: "fine", by: sample.hand())
    try sample.registry.note(
      verdict: "identical",
      document: "{}",
      of: VersionName("churn", 1),
      by: sample.hand()
    )
    return (sample, try sample.registry.bundle(VersionName("churn", 1)) { _ in bytes })
  }

  @Test func areTheSameBytesAfterARoundTrip() throws {
    let (_, bundle) = try exported()
    let read = try RegistryBundle(bytes: bundle.bytes)
    #expect(read == bundle && read.bytes == bundle.bytes)
    let other = try SampleRegistry()
    // Its number and its events there are others; what is exported is not.
    try other.register(7)
    let registration = try other.registry.merge(read, by: other.hand("eve"))
    #expect(registration.number == 2 && registration.decision.status == .pending)
    let again = try other.registry.bundle(VersionName("churn", 2)) { _ in bytes }
    #expect(again.bytes == bundle.bytes)
    #expect(try other.registry.audit().isSound)
  }

  @Test func mergeByContent() throws {
    let (sample, bundle) = try exported()
    let count = try sample.registry.events().count
    let known = try sample.registry.merge(bundle, by: sample.hand())
    #expect(!known.isNew && known.number == 1)
    #expect(try sample.registry.events().count == count)
    // Two registries that take in each other's versions hold the same contents.
    let other = try SampleRegistry()
    try other.register(2)
    let back = try other.registry.bundle(VersionName("churn", 1)) { _ in nil }
    try _ = other.registry.merge(bundle, by: other.hand())
    try _ = sample.registry.merge(back, by: sample.hand())
    let digests = try [sample, other].map { registry in
      Set(try registry.registry.list(nil).versions.map { $0.digest })
    }
    #expect(digests[0] == digests[1] && digests[0].count == 2)
  }

  /// Every byte of the exported journal, mutated once: each is found.
  @Test func areRefusedAfterAnyChangeOfAByte() throws {
    let whole = try exported().1.bytes
    #expect(whole.count > 3000)
    var unseen: [Int] = []
    for index in whole.indices {
      var bytes = whole
      bytes[index] ^= UInt8(1 << (index % 7))
      if (try? RegistryBundle(bytes: bytes)) != nil { unseen.append(index) }
    }
    #expect(unseen.isEmpty, "\(unseen.prefix(10))")
    #expect((try? RegistryBundle(bytes: Array(whole.dropLast()))) == nil)
    #expect((try? RegistryBundle(bytes: whole + [32])) == nil)
  }

  @Test func saysWhatABundleLacks() throws {
    var (_, bundle) = try exported()
    bundle.documents = [:]
    #expect(throws: RegistryRefusal.self) { try RegistryBundle(bytes: bundle.bytes) }
    bundle = try exported().1
    bundle.model = Array("another model".utf8)
    let refusal = #expect(throws: RegistryRefusal.self) { try RegistryBundle(bytes: bundle.bytes) }
    #expect(refusal?.message.contains("the model's bytes are not those") == true)
  }
}
