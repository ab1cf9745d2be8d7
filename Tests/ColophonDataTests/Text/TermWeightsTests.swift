import ColophonCore
import ColophonData
import ColophonMath
import Testing

@Suite struct CuttingTexts {
  @Test(arguments: [
    ("Don't stop-me now, 2nd TIME!", ["don", "t", "stop", "me", "now", "2nd", "time"]),
    ("", []), ("  ...  ", []), ("naïve Café", ["na", "ve", "caf"]),
    // What Python's lower makes of the Kelvin sign and of the capital I with a dot.
    ("\u{212A}elvin \u{130}x", ["kelvin", "i", "x"]),
  ])
  func findsTheWords(text: String, words: [String]) { #expect(Tokens.words(text) == words) }

  @Test func joinsNeighbours() {
    #expect(Tokens.runs(["a", "b", "c"], 1...2) == ["a", "b", "c", "a b", "b c"])
    #expect(Tokens.runs(["a"], 2...3) == [])
  }
}

@Suite struct WeighingTerms {
  let texts: [String?] = ["the cat sat", "the dog sat sat", "The bird", nil]

  /// N = 4: "the" is in 3 texts, "sat" in 2, the others in 1 and stand by the alphabet.
  @Test func weighsByHowRareATermIs() {
    let fitted = TermWeighting().fit(texts)
    #expect(fitted.terms == ["the", "sat", "bird", "cat", "dog"])
    let expected = [4.0 / 3, 2, 4, 4, 4].map { Elementary.log($0) }
    #expect(fitted.weights == expected)
    let rows = fitted.rows(texts + ["unseen words the"])
    #expect(rows[1, 1] == 2 * expected[1])
    #expect(rows[0, 4] == 0)
    #expect(rows.range(3).isEmpty)
    #expect(rows.range(4).count == 1)
  }

  @Test func keepsTheMostFrequentTerms() {
    var weighting = TermWeighting()
    weighting.maxFeatures = 3
    #expect(weighting.fit(texts).terms == ["the", "sat", "bird"])
    weighting.minDocuments = 2
    #expect(weighting.fit(texts).terms == ["the", "sat"])
  }

  @Test func takesRunsOfWords() {
    var weighting = TermWeighting()
    weighting.longest = 2
    #expect(weighting.fit(texts).terms.contains("the dog"))
  }

  /// A term in every text weighs nothing, and nothing is stored for it.
  @Test func storesNoZeros() {
    let rows = TermWeighting().fit(["a b", "a c"]).rows(["a b", "a a"])
    #expect(rows.range(0).count == 1)
    #expect(rows.range(1).isEmpty)
  }

  /// scikit-learn 1.9.1: TfidfVectorizer(sublinear_tf=True) on ["a b b", "a c"] with one-letter
  /// tokens.
  @Test func matchesScikitLearnsOptions() {
    var weighting = TermWeighting()
    weighting.smooth = true
    weighting.sublinear = true
    weighting.norm = .l2
    let rows = weighting.fit(["a b b", "a c"]).rows(["a b b", "a c"])
    let idf = Elementary.log(1.5) + 1
    let b = (1 + Elementary.log(2)) * idf
    let length = (1 + b * b).squareRoot()
    #expect(abs(rows[0, 0] - 1 / length) < 1e-15)
    #expect(abs(rows[0, 1] - b / length) < 1e-15)
    weighting.norm = .l1
    let shares = weighting.fit(["a b b", "a c"]).rows(["a c"])
    #expect(abs(shares.values.reduce(0, +) - 1) < 1e-15)
  }

  /// A row of weight 2 counts as two texts.
  @Test func countsWeightsAsTexts() {
    let twice = TermWeighting().fit(["a b", "a b", "c"])
    let weighted = TermWeighting().fit(["a b", "c"], weights: [2, 1])
    #expect(twice == weighted)
  }
}

@Suite struct SparseRowsOfNumbers {
  let rows = SparseRows(
    names: ["a", "b", "c"],
    rows: [[(0, 1), (2, 3)], [], [(1, -2)]]
  )

  @Test func readsEveryNumber() {
    #expect(
      (0..<3).map { row in (0..<3).map { rows[row, $0] } } == [[1, 0, 3], [0, 0, 0], [0, -2, 0]]
    )
    #expect(rows.selecting([2, 0])[1, 2] == 3)
    #expect(rows.joined(rows)[0, 5] == 3)
  }

  @Test func writesThemOut() {
    let matrix = FeatureMatrix(names: ["d"], rows: 3, values: [7, 8, 9], sparse: rows)
    #expect(matrix.columns == 4)
    #expect(matrix.densified?.values == [7, 1, 0, 3, 8, 0, 0, 0, 9, 0, -2, 0])
    #expect(matrix[2, 2] == -2)
    #expect(matrix.column(3) == [3, 0, 0])
  }

  @Test func areStoredWithADataset() throws {
    let sample = Dataset(
      table: Table(
        columns: [Column(name: "t", type: .numeric, storage: .sparse(rows))],
        rowCount: 3
      ),
      task: .clustering,
      target: nil,
      splits: [.train, nil, .test]
    )
    let bytes = sample.encodedBytes
    #expect(try Dataset(bytes: bytes) == sample)
    for length in bytes.indices {
      #expect(throws: DatasetDamage.self) { try Dataset(bytes: Array(bytes[..<length])) }
    }
  }

  @Test func becomeFeaturesAfterTheOthers() throws {
    let data = Dataset(
      table: Table(
        columns: [
          Column(name: "t", type: .numeric, storage: .sparse(rows)),
          Column(name: "x", type: .numeric, storage: .numbers([1, 2, 3])),
        ],
        rowCount: 3
      ),
      task: .clustering,
      target: nil,
      splits: [.train, .train, .test]
    )
    let encoding = FeatureEncoding.fit(data)
    #expect(encoding.names == ["x", "t=a", "t=b", "t=c"])
    let matrix = try encoding.encode(data, rows: [2, 0])
    #expect(matrix.densified?.values == [3, 0, -2, 0, 1, 1, 0, 3])
    var other = data
    other.table.columns[0] = Column(name: "t", type: .numeric, storage: .numbers([1, 2, 3]))
    #expect(throws: DataFaults.self) { try encoding.encode(other, rows: [0]) }
  }
}

@Suite struct PreparingTexts {
  let data = Dataset(
    table: Table(
      columns: [
        Column(name: "t", type: .text, storage: .texts(["good film", "bad film", "good cat"])),
        Column(name: "x", type: .numeric, storage: .numbers([1, 2, 3])),
      ],
      rowCount: 3
    ),
    task: .clustering,
    target: nil,
    splits: [.train, .train, .test]
  )

  func step(_ column: String) -> Tfidf {
    let place = SourcePosition(path: "a.md", line: 1, column: 1)
    var fields = FieldReader(
      [
        Node.Entry(
          key: "column",
          keyPosition: place,
          value: Node(.string(column), text: column, at: place)
        )
      ],
      context: "'tfidf'",
      at: place
    )
    return Tfidf(reading: &fields)
  }

  /// Fitted on the first two texts: "film" is in both and weighs 0; the rest is in order.
  @Test func isFittedOnTheTrainingTexts() throws {
    let fitted = try step("t").fit(FittingRows(data))
    #expect(fitted.weights.terms == ["film", "bad", "good"])
    let made = try fitted.apply(to: data)
    #expect(made.table.columns[0].text(2) == "good \(shortestText(Elementary.log(2)))")
    #expect(made.features.count == 2)
  }

  @Test(arguments: ["x", "y"]) func refusesOtherColumns(name: String) {
    var preview = DatasetPreview(data)
    #expect(step(name).foresee(&preview).map { $0.field } == ["column"])
    #expect(throws: DataFaults.self) { try step(name).fit(FittingRows(data)) }
  }
}
