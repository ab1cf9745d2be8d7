import ColophonData

/// The words, runs and parts of words that have vectors, each with its row.
///
/// Words stand first, by descending count and then by the alphabet; after them the buckets that
/// training texts fall into, ascending. Runs of words and parts of words are hashed by FNV-1a of 32
/// bits; what falls into a bucket that training never met has no vector.
struct TextVocabulary: Hashable, Sendable, Codable {
  /// By descending count in the training texts.
  let words: [String]
  let counts: [Int]
  /// The buckets that have a row, ascending.
  private(set) var buckets: [Int]
  let bucketCount: Int
  let wordNgrams: Int
  /// The lengths of parts of words; nil where there are none.
  let shortest: Int?
  let longest: Int?

  /// Learns from the words of training texts.
  init(_ texts: [[String]], _ recipe: BlazingText, wordNgrams: Int) {
    var found: [String: Int] = [:]
    for text in texts { for word in text { found[word, default: 0] += 1 } }
    let kept = found.filter { $0.value >= recipe.minCount }.sorted {
      $0.value != $1.value ? $0.value > $1.value : scalarOrder($0.key, $1.key)
    }
    words = kept.map { $0.key }
    counts = kept.map { $0.value }
    bucketCount = recipe.buckets
    self.wordNgrams = wordNgrams
    shortest = recipe.subwords ? recipe.minChar : nil
    longest = recipe.subwords ? recipe.maxChar : nil
    buckets = []
    var seen: Set<Int> = []
    for word in words { seen.formUnion(parts(word)) }
    if wordNgrams > 1 { for text in texts { seen.formUnion(runs(text)) } }
    buckets = seen.sorted()
  }

  /// How many vectors there are.
  var rows: Int { words.count + buckets.count }

  /// What finds the rows of texts.
  var index: Index { Index(self) }

  /// The buckets of a word's parts, which stand between `<` and `>` at its ends.
  fileprivate func parts(_ word: String) -> [Int] {
    guard let shortest, let longest else { return [] }
    let signs = [0x3C] + Array(word.utf8) + [0x3E]
    var found: [Int] = []
    for start in signs.indices {
      for length in shortest...max(shortest, longest) where start + length <= signs.count {
        // One sign alone at an end says nothing.
        if length == 1, start == 0 || start == signs.count - 1 { continue }
        found.append(Int(TextVocabulary.hash(signs[start..<start + length])) % bucketCount)
      }
    }
    return found
  }

  /// The buckets of the runs of two words and more.
  fileprivate func runs(_ words: [String]) -> [Int] {
    guard wordNgrams > 1 else { return [] }
    let hashes = words.map { UInt64(TextVocabulary.hash(Array($0.utf8)[...])) }
    var found: [Int] = []
    for start in hashes.indices {
      var hash = hashes[start]
      for next in hashes[(start + 1)...].prefix(wordNgrams - 1) {
        hash = hash &* 116_049_371 &+ next
        found.append(Int(hash % UInt64(bucketCount)))
      }
    }
    return found
  }

  /// FNV-1a (Fowler, Noll and Vo).
  private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }

  /// Finds rows by hashing; made once for many texts.
  struct Index: Sendable {
    private let vocabulary: TextVocabulary
    private let words: [String: Int32]
    private let buckets: [Int: Int32]

    fileprivate init(_ vocabulary: TextVocabulary) {
      self.vocabulary = vocabulary
      words = Dictionary(uniqueKeysWithValues: zip(vocabulary.words, Int32(0)...))
      let first = Int32(vocabulary.words.count)
      buckets = Dictionary(uniqueKeysWithValues: zip(vocabulary.buckets, first...))
    }

    /// A word's place among the words.
    func place(_ word: String) -> Int32? { words[word] }

    /// The rows of a word and its parts.
    func rows(ofWord word: String) -> [Int32] {
      let own = words[word].map { [$0] } ?? []
      return own + vocabulary.parts(word).compactMap { buckets[$0] }
    }

    /// The rows of a text: of its words and their parts, then of its runs of words.
    func rows(of text: [String]) -> [Int32] {
      text.flatMap { rows(ofWord: $0) } + vocabulary.runs(text).compactMap { buckets[$0] }
    }
  }
}
