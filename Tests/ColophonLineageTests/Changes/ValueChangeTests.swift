import ColophonCore
import ColophonLineage
import Testing

@Suite struct ValueChangeTests {
  @Test(
    arguments: [
      ("{}", "{}", []),
      (#"{"a":1}"#, #"{"a":1.0}"#, []),
      (#"{"a":0.1}"#, #"{"a":0.2}"#, ["a 0.1 → 0.2"]),
      (#"{"h":{"eta":0.1,"d":4}}"#, #"{"h":{"eta":0.2,"d":4}}"#, ["h.eta 0.1 → 0.2"]),
      (#"{"l":[{"u":8},{"u":16}]}"#, #"{"l":[{"u":8},{"u":32}]}"#, ["l[1].u 16 → 32"]),
      (#"{"l":[{"u":8}]}"#, #"{"l":[{"u":8},{"u":4}]}"#, ["l[1] added: {u: 4}"]),
      (#"{"l":[1,2]}"#, #"{"l":[1,3]}"#, ["l[1] 2 → 3"]),
      (#"{"l":[1,2]}"#, #"{"l":[1]}"#, ["l [1, 2] → [1]"]),
      (#"{"b":true}"#, #"{"a":{"x":1},"b":false}"#, ["a added: {x: 1}", "b true → false"]),
      (#"{"a":"random"}"#, "{}", ["a removed (was random)"]),
      (#"{"a":""}"#, #"{"a":"5"}"#, ["a '' → '5'"]),
      (#"{"a":null}"#, #"{"a":[]}"#, ["a nothing → []"]),
      (#"{"not churned":1}"#, #"{"not churned":2}"#, [#""not churned" 1 → 2"#]),
      (#"{"a":{"b":1}}"#, #"{"a":2}"#, ["a {b: 1} → 2"]),
    ] as [(String, String, [String])]
  )
  func namesEveryPlaceThatDiffers(was: String, now: String, expected: [String]) throws {
    let changes = ValueChange.between(try Value(json: was.utf8), try Value(json: now.utf8))
    #expect(changes.map { $0.description } == expected)
  }

  @Test func findsNothingBetweenAValueAndItself() throws {
    let value: Value = ["a": .number(.nan), "b": [1, ["c": .null]], "d": .number(.infinity)]
    #expect(ValueChange.between(value, value).isEmpty)
  }

  @Test func shortensLongTexts() {
    let text = Value.string(String(repeating: "word ", count: 20)).briefText
    #expect(text.count == 40)
    #expect(text.hasSuffix("…"))
  }
}
