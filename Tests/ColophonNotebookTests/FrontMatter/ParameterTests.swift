import ColophonCore
import ColophonNotebook
import Testing

@Suite struct Parameters {
  static let head = """
    ---
    parameters:
      rounds: 300
      rate: 0.5
      name: base
      deep: true
    ---

    """

  func value(_ text: String, overrides: [String: String] = [:]) -> Value? {
    let read = read("\(Self.head)```yaml train fit\na: \(text)\n```\n", overrides: overrides)
    #expect(read.diagnostics.map { $0.summary } == [])
    return read.notebook.cells.first?.config["a"]?.value
  }

  @Test(
    arguments: [
      ("${rounds}", Value.integer(300)), ("\"${rounds}\"", 300), ("'${rate}'", 0.5),
      ("${deep}", true), ("${name}", "base"), ("data-${name}.csv", "data-base.csv"),
      ("\"${name}${rounds}\"", "base300"), ("$${name}", "${name}"), ("$ ${name} $$", "$ base $$"),
      ("cost $5", "cost $5"), ("{b: \"${rounds}\"}", ["b": 300]), ("x ${rate}", "x 0.5"),
    ] as [(String, Value)]
  )
  func replacesAParameter(text: String, result: Value) {
    #expect(value(text) == result)
  }

  @Test func keepsTheDefaultsTypeWhenOverridden() {
    #expect(value("${rounds}", overrides: ["rounds": "5"]) == 5)
    #expect(value("${rate}", overrides: ["rate": "2"]) == 2.0)
    #expect(value("${deep}", overrides: ["deep": "false"]) == false)
    #expect(value("${name}", overrides: ["name": "12"]) == "12")
    #expect(value("n-${rate}", overrides: ["rate": "1e-3"]) == "n-1e-3")
  }

  @Test(arguments: [
    (
      "ronds", "5", "1:1 parameters.unknown-override: -P ronds: this notebook has no such parameter"
    ),
    (
      "rounds", "2.5",
      "3:3 parameters.override-type: -P rounds=2.5: the default is a whole number, and '2.5' is not"
    ),
    (
      "rate", "inf",
      "4:3 parameters.override-type: -P rate=inf: the default is a number, and 'inf' is not"
    ),
    (
      "rate", ".inf",
      "4:3 parameters.override-type: -P rate=.inf: the default is a number, and '.inf' is not"
    ),
    (
      "deep", "yes",
      "6:3 parameters.override-type: -P deep=yes: the default is true or false, and 'yes' is not"
    ),
  ])
  func refusesAnOverrideThatDoesNotFit(name: String, text: String, finding: String) {
    #expect(findings(Self.head, overrides: [name: text]) == [finding])
  }

  @Test func pointsAtEachUnknownParameterWithASuggestion() {
    let read = read(
      "\(Self.head)```yaml train fit\na: x ${ronds} ${nmae}\nb: ${open\n${c}: 1\n```\n"
    )
    #expect(
      read.diagnostics.map { $0.summary } == [
        "9:6 parameters.unknown: 'ronds' is no parameter of this notebook",
        "9:15 parameters.unknown: 'nmae' is no parameter of this notebook",
        "10:4 parameters.unclosed: this '${' is never closed",
        "11:1 parameters.in-key: a parameter can't stand in a field's name",
      ]
    )
    #expect(read.diagnostics[0].hint == "did you mean '${rounds}'?")
  }

  @Test func keepsThePlacesOfWhatStandsAroundAParameter() throws {
    let read = read("\(Self.head)```yaml train fit\na: x ${rounds} y $${z}\n```\n")
    let node = try #require(read.notebook.cells.first?.config["a"])
    #expect(node.text == "x 300 y ${z}")
    // 'y' stands at column 16, and the literal brace's dollar at column 19.
    #expect(node.position(at: 6).short == "9:16")
    #expect(node.position(at: 8).short == "9:19")
  }
}
