import ColophonCore
import Testing

@Suite struct FieldReaders {
  private struct Settings: Equatable {
    var depth: Int
    var rate: Double
    var name: String
    var mode: String
    var isFast: Bool
    var columns: [String]
    var splitTrain: Double
    var target: String?
  }

  /// One field of each kind, required ones and nested ones.
  private func read(_ fields: inout FieldReader) -> Settings {
    Settings(
      depth: fields.integer("max_depth", in: 1...64, default: 6, "Levels of a tree."),
      rate: fields.number("rate", in: .above(0, upTo: 1), default: 0.3, "Step size."),
      name: fields.string("title", default: "none", "A title."),
      mode: fields.choice("mode", of: ["fast", "exact"], default: "fast", "How."),
      isFast: fields.boolean("quick", default: true, "Whether."),
      columns: fields.strings("columns", "Which.").map { $0.value },
      splitTrain: fields.section("split", defaulted: "Shares.") { inner in
        inner.number("train", in: .closed(0, 1), default: 0.7, "The training share.")
      },
      target: fields.reference("data", to: ["dataset"], required: true, "Where from.")?.value
    )
  }

  private func place(_ line: Int, _ column: Int = 10) -> SourcePosition {
    SourcePosition(path: "a.md", line: line, column: column)
  }

  private func entry(_ key: String, _ value: Node) -> Node.Entry {
    Node.Entry(
      key: key,
      keyPosition: place(value.position.line, 1),
      value: value
    )
  }

  private func scalar(_ content: Node.Content, _ text: String, line: Int) -> Node {
    Node(content, text: text, at: place(line), length: text.utf8.count)
  }

  private func reader(_ entries: [Node.Entry]) -> FieldReader {
    FieldReader(entries, context: "a train cell", at: place(1, 1))
  }

  private var data: Node.Entry { entry("data", scalar(.string("iris"), "iris", line: 2)) }

  @Test func whatIsAbsentTakesItsDefaultAndIsResolved() {
    var fields = reader([data])
    let settings = read(&fields)
    fields.finish()
    #expect(fields.diagnostics.isEmpty)
    #expect(settings.depth == 6 && settings.splitTrain == 0.7 && settings.target == "iris")
    #expect(
      Value.object(fields.configuration).canonicalText
        == #"{"data":"iris","max_depth":6,"mode":"fast","quick":true,"rate":0.3,"split":{"train":0.7},"title":"none"}"#
    )
  }

  @Test func whatIsWrittenIsReadAndResolved() {
    var fields = reader([
      data, entry("max_depth", scalar(.integer(3), "3", line: 3)),
      entry("rate", scalar(.integer(1), "1", line: 4)),
      entry("title", scalar(.integer(7), "007", line: 5)),
      entry("mode", scalar(.string("exact"), "exact", line: 6)),
      entry("quick", scalar(.boolean(false), "no", line: 7)),
      entry("columns", scalar(.string("age"), "age", line: 8)),
      entry(
        "split",
        Node(.mapping([entry("train", scalar(.number(0.5), "0.5", line: 10))]), at: place(9))
      ),
    ])
    let settings = read(&fields)
    fields.finish()
    #expect(fields.diagnostics.isEmpty)
    #expect(
      settings
        == Settings(
          depth: 3,
          rate: 1,
          name: "007",
          mode: "exact",
          isFast: false,
          columns: ["age"],
          splitTrain: 0.5,
          target: "iris"
        )
    )
    #expect(fields.references.map { $0.cell.position } == [place(2)])
    #expect(fields.configuration["split"] == ["train": 0.5])
  }

  @Test func aBlankReaderDescribesTheSameFieldsAndFindsNothingWrong() {
    var blank = FieldReader()
    _ = read(&blank)
    blank.finish()
    var written = reader([data])
    _ = read(&written)
    #expect(blank.isBlank && blank.diagnostics.isEmpty)
    #expect(blank.fields == written.fields)
    #expect(
      blank.fields.map { $0.name }
        == ["max_depth", "rate", "title", "mode", "quick", "columns", "split", "data"]
    )
    #expect(blank.fields.last?.isRequired == true)
  }

  /// Field, what stands there, code and message; each at its own place.
  @Test(
    arguments: [
      (Node.Content.integer(95), "95", "95 % is 0.95"), (.string("90 %"), "90 %", "90 % is 0.9"),
      // A percentage so small may be another mistake.
      (.integer(2), "2", nil), (.string("120 %"), "120 %", nil),
    ] as [(Node.Content, String, String?)]
  )
  func tellsAPercentageAsTheFractionThatItIs(content: Node.Content, text: String, hint: String?) {
    let place = SourcePosition(path: "a.md", line: 1, column: 1)
    let entry = Node.Entry(
      key: "level",
      keyPosition: place,
      value: Node(content, text: text, at: place)
    )
    var reader = FieldReader([entry], context: "a cell", at: place)
    _ = reader.number("level", in: .open(0, 1), default: 0.95, "A share.")
    #expect(reader.diagnostics.map { $0.hint } == [hint])
  }

  @Test(
    arguments: [
      (
        "max_depth", .string("deep"), "deep", "cell.wrong-type",
        "'max_depth' takes a whole number, not text ('deep')"
      ),
      (
        "max_depth", .integer(65), "65", "cell.out-of-range",
        "'max_depth' must be from 1 to 64, not 65"
      ),
      (
        "max_depth", .number(1.5), "1.5", "cell.wrong-type",
        "'max_depth' takes a whole number, not a number ('1.5')"
      ),
      (
        "rate", .integer(0), "0", "cell.out-of-range", "'rate' must be above 0 and at most 1, not 0"
      ),
      (
        "rate", .number(.nan), ".nan", "cell.out-of-range",
        "'rate' must be above 0 and at most 1, not .nan"
      ),
      (
        "rate", .boolean(true), "true", "cell.wrong-type",
        "'rate' takes a number, not true or false ('true')"
      ),
      ("title", .sequence([]), "", "cell.wrong-type", "'title' takes a text, not a list"),
      ("mode", .string("fats"), "fats", "cell.unknown-choice", "'fats' is no 'mode'"),
      (
        "quick", .string("maybe"), "maybe", "cell.wrong-type",
        "'quick' takes true or false, not text ('maybe')"
      ),
      (
        "split", .integer(1), "1", "cell.wrong-type",
        "'split' takes a map, not a whole number ('1')"
      ),
      ("columns", .mapping([]), "", "cell.wrong-type", "'columns' takes a text, not a map"),
    ] as [(String, Node.Content, String, String, String)]
  )
  func reportsAWrongValueWhereItStands(
    field: String,
    content: Node.Content,
    text: String,
    code: String,
    message: String
  ) {
    var fields = reader([data, entry(field, scalar(content, text, line: 30))])
    _ = read(&fields)
    fields.finish()
    #expect(fields.diagnostics.map { $0.message } == [message])
    #expect(fields.diagnostics.map { $0.code.description } == [code])
    #expect(fields.diagnostics.map { $0.position } == [place(30)])
    #expect(fields.diagnostics.map { $0.length } == [max(1, text.utf8.count)])
  }

  @Test func reportsEverythingAtOnce() {
    var fields = reader([
      entry("max_dpeth", scalar(.integer(3), "3", line: 3)),
      entry("rate", scalar(.integer(7), "7", line: 4)),
      entry(
        "split",
        Node(.mapping([entry("trian", scalar(.number(0.5), "0.5", line: 6))]), at: place(5))
      ),
    ])
    let settings = read(&fields)
    fields.finish()
    let found = fields.diagnostics.sorted()
    #expect(
      found.map { "\($0.position.line):\($0.position.column) \($0.code)" } == [
        "1:1 cell.missing-field", "3:1 cell.unknown-field", "4:10 cell.out-of-range",
        "6:1 cell.unknown-field",
      ]
    )
    #expect(found[0].message == "a train cell needs the field 'data'")
    #expect(found[1].hint == "did you mean 'max_depth'?")
    #expect(found[3].hint == "did you mean 'train'?")
    #expect(found[3].message == "unknown field 'trian' in 'split'")
    #expect(settings.rate == 0.3, "reading goes on with the default")
  }

  @Test func hintsAtNumbersInQuotes() {
    var fields = reader([data, entry("rate", scalar(.string("0.5"), "0.5", line: 3))])
    _ = read(&fields)
    #expect(fields.diagnostics.first?.hint == "write it without quotes")
  }

  @Test func nullIsAsIfNothingWasWritten() {
    var fields = reader([
      entry("data", scalar(.null, "", line: 2)), entry("rate", scalar(.null, "~", line: 3)),
    ])
    let settings = read(&fields)
    fields.finish()
    #expect(settings.rate == 0.3)
    #expect(fields.diagnostics.map { $0.code.description } == ["cell.missing-field"])
  }

  @Test func listsOfSectionsAreReadOneByOne() {
    let good = Node(.mapping([entry("units", scalar(.integer(8), "8", line: 4))]), at: place(4))
    let bad = Node(.mapping([entry("units", scalar(.integer(0), "0", line: 5))]), at: place(5))
    let odd = scalar(.string("x"), "x", line: 6)
    var fields = reader([entry("layers", Node(.sequence([good, bad, odd]), at: place(3)))])
    let units = fields.sections("layers", "Layers.") { inner, index in
      inner.integer("units", in: 1...9, default: 1, "Neurons of layer \(index).")
    }
    #expect(units == [8, 1])
    #expect(fields.diagnostics.map { $0.position.line }.sorted() == [5, 6])
    #expect(fields.configuration["layers"] == [["units": 8], ["units": 1]])
  }

  @Test func nodesMapOffsetsToPlaces() {
    let node = Node(
      .string("ab\ncd"),
      text: "ab\ncd",
      at: place(3),
      runs: [.init(offset: 0, position: place(4, 3)), .init(offset: 3, position: place(5, 3))]
    )
    #expect(node.position(at: 1) == place(4, 4))
    #expect(node.position(at: 4) == place(5, 4))
    #expect(Node(.null, at: place(3)).position(at: 4) == place(3))
  }

  @Test(arguments: [
    (Interval.finite, "any finite number"), (.atLeast(0), "at least 0"), (.above(0), "above 0"),
    (.closed(0, 1), "from 0 to 1"), (.open(0, 1), "above 0 and below 1"),
    (.above(0, upTo: 1), "above 0 and at most 1"), (Interval(-.infinity, 5), "at most 5"),
  ])
  func intervalsSayWhatTheyAllow(interval: Interval, text: String) {
    #expect(interval.description == text)
    #expect(!interval.contains(.nan) && !interval.contains(.infinity))
  }
}
