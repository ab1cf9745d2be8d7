import ColophonCore
import ColophonLineage
import Testing

@Suite struct StampWordsTests {
  @Test func saysThreeWordsAndEightDigits() throws {
    // Bytes 0...3 are the digits, bytes 4, 5 and 6 choose the words.
    let zero = try #require(Digest("7c1e90ab" + "000000" + String(repeating: "f", count: 50)))
    let words = StampWords.lists.map { $0[0] }.joined(separator: "-")
    #expect(StampWords(zero).description == "\(words) 7c1e 90ab")
    let last = try #require(Digest("7c1e90ab" + "0001ff" + String(repeating: "0", count: 50)))
    #expect(
      StampWords(last).words
        == [StampWords.lists[0][0], StampWords.lists[1][1], StampWords.lists[2][255]]
    )
  }

  @Test func knowsItselfHoweverItIsSpelled() {
    let stamp = StampWords(sha("report"))
    #expect(stamp.matches(stamp.description))
    #expect(stamp.matches(stamp.words.joined(separator: " ").uppercased() + stamp.digits))
    #expect(!stamp.matches(StampWords(sha("another")).description))
    #expect(!stamp.matches(""))
  }

  @Test func hasThreeListsOf256DistinctWords() {
    #expect(StampWords.lists.map { $0.count } == [256, 256, 256])
    // No word stands in two lists, so a word says by itself where it belongs.
    #expect(Set(StampWords.lists.joined()).count == 768)
  }

  @Test(arguments: StampWords.lists)
  func hasShortWordsThatAreHardToMistake(list: [String]) {
    for word in list {
      #expect((3...8).contains(word.utf8.count), "\(word)")
      #expect(word.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
    }
    // Two words of a list differ in more than one letter changed, added or dropped.
    for (i, a) in list.enumerated() {
      for b in list[(i + 1)...] where isOneSlip(Array(a.utf8), Array(b.utf8)) {
        Issue.record("'\(a)' and '\(b)' are one slip apart")
      }
    }
  }

  private func isOneSlip(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    if a.count > b.count { return isOneSlip(b, a) }
    guard b.count - a.count <= 1 else { return false }
    let head = zip(a, b).prefix { $0 == $1 }.count
    let tail = zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count
    return head + tail >= (a.count == b.count ? a.count - 1 : a.count)
  }
}
