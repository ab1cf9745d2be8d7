import ColophonCore
import Testing

@Suite struct ValueCodableTests {
  private struct Holder: Codable, Equatable {
    var any: Value
    var named: [String: Value]
    var maybe: Value?
    var digest: Digest
  }

  @Test func standsAsItselfInsideWhatIsEncoded() throws {
    let digest = Digest(of: "a".utf8)
    let holder = Holder(
      any: ["a": [1, 2.5, "x", true, .null]],
      named: ["b": 3],
      maybe: nil,
      digest: digest
    )
    let value = try Value(encoding: holder)
    #expect(
      value == [
        "any": ["a": [1, 2.5, "x", true, .null]], "named": ["b": 3],
        "digest": .string(digest.description),
      ]
    )
    #expect(try value.decode(Holder.self) == holder)
  }

  @Test(arguments: ["sha256:12", "", "x"])
  func refusesATextThatIsNoDigest(text: String) {
    #expect(throws: DecodingError.self) { try Value.string(text).decode(Digest.self) }
  }
}
