import ColophonReport
import Testing

@Suite struct ColouringOfYAML {
  static func text(_ yaml: String) -> String {
    HTMLWriter.text(.fragment(YAMLColouring.nodes(yaml)))
  }

  @Test(arguments: [
    ("data: churn", #"<span class="k">data</span>: churn"#),
    ("  - eta: 0.1", #"  - <span class="k">eta</span>: <span class="l">0.1</span>"#),
    (
      "a: \"b # c\" # d",
      #"<span class="k">a</span>: <span class="s">"b # c"</span> <span class="c"># d</span>"#
    ),
    (
      "h: {x: 1, y: -2e3}",
      #"<span class="k">h</span>: {<span class="k">x</span>: <span class="l">1</span>, "#
        + #"<span class="k">y</span>: <span class="l">-2e3</span>}"#
    ),
    ("# only", #"<span class="c"># only</span>"#),
    ("t: true", #"<span class="k">t</span>: <span class="l">true</span>"#),
    ("url: http://x", #"<span class="k">url</span>: <span class="k">http</span>://x"#),
  ])
  func marksKeysStringsAndLiterals(yaml: String, expected: String) {
    #expect(ColouringOfYAML.text(yaml) == expected)
  }

  @Test func losesNoCharacter() {
    var numbers = SampleNumbers(seed: 4)
    let letters = Array("ab1 :-#\"'{}[],.\nتé")
    for _ in 0..<500 {
      let yaml = String((0..<30).map { _ in letters[Int(numbers.even() * Double(letters.count))] })
      let text = HTMLWriter.text(.fragment(YAMLColouring.nodes(yaml)))
      let plain = text.replacing(/<[^>]*>/, with: "")
      #expect(plain == yaml)
    }
  }
}
