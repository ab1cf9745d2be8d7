import ColophonCore
import ColophonNotebook
import Testing

/// One example of the CommonMark specification, version 0.30.
struct Example: Sendable, CustomStringConvertible {
  var number: Int
  var markdown: String
  var html: String
  var description: String { "example \(number)" }

  static func all() throws -> [Example] {
    let json = try Value(json: Fixtures.bytes("commonmark-0.30.json"))
    return (json.asArray ?? []).compactMap { one in
      guard let number = one["example"]?.asInteger, let markdown = one["markdown"]?.asString,
        let html = one["html"]?.asString
      else { return nil }
      return Example(number: number, markdown: markdown, html: html)
    }
  }

  var tree: [Block] { Markdown(source, options: .plain).blocks }
  var source: SourceText { SourceText(prepared: Array(markdown.utf8), path: "spec.md") }
}

@Suite struct CommonMarkConformance {
  /// The examples whose expected output holds raw HTML taken over from the input.
  ///
  /// In a report they show text instead, which is our one exception from the specification.
  static let passingHTML: Set<Int> = Set(
    [
      21, 31, 201, 308, 309, 344, 474, 475, 476, 490, 493, 523, 535, 612, 613, 614, 615, 616, 622,
      624,
    ]
      + Array(148...191) + Array(627...631) + [642, 643]
  )

  @Test func rendersAllExamplesAsTheSpecificationSays() throws {
    let examples = try Example.all()
    #expect(examples.count == 652)
    let failing = examples.filter {
      let html = HTMLWriter.html($0.tree, passingHTML: true)
      return Array(html.utf8) != Array($0.html.utf8)
    }
    #expect(failing.map { $0.number } == [])
  }

  @Test func showsRawHTMLAsTextInExactlyTheExceptedExamples() throws {
    let differing = try Example.all().filter {
      let html = HTMLWriter.html($0.tree, passingHTML: false)
      return Array(html.utf8) != Array($0.html.utf8)
    }
    #expect(Set(differing.map { $0.number }).symmetricDifference(Self.passingHTML).sorted() == [])
  }

  @Test func knowsTheExactPlaceOfEveryInlineInEveryExample() throws {
    var count = 0
    for example in try Example.all() {
      var checker = PlaceChecker(example.source)
      checker.check(example.tree)
      #expect(checker.problems == [], "\(example): \(example.markdown)")
      count += checker.count
    }
    // So that the check can't pass by looking at nothing.
    #expect(count > 1_200)
  }
}
