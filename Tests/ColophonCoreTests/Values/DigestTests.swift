import ColophonCore
import Testing

@Suite struct Digests {
  /// FIPS 180-4 examples.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func givesThePublishedAnswers(text: String, hex: String) {
    #expect(Digest(of: text.utf8).hex == hex)
    var digester = Digester()
    for byte in text.utf8 { digester.update([byte]) }
    #expect(digester.finalize().hex == hex)
  }

  @Test func readsItsOwnText() throws {
    let digest = Digest(of: "abc".utf8)
    #expect(Digest(digest.description) == digest)
    #expect(Digest(digest.hex) == digest)
    #expect(digest.description.hasPrefix("sha256:ba78"))
    #expect(digest.short == "ba78 16bf")
  }

  @Test(arguments: [
    "", "sha256:", "sha256:zz", String(repeating: "0", count: 63),
    String(repeating: "0", count: 65),
    String(repeating: "+f", count: 32), String(repeating: "é", count: 32),
    "md5:" + String(repeating: "0", count: 64),
  ])
  func refusesAnythingElse(text: String) { #expect(Digest(text) == nil) }

  @Test func digestsOfValuesAreOfTheirCanonicalForm() {
    #expect(Digest(of: ["b": 1, "a": 2.0] as Value) == Digest(of: "{\"a\":2,\"b\":1}".utf8))
  }
}
