import ColophonCore
import ColophonData
import Testing

/// A configuration as a node; every part stands at line 7, column 3.
func node(_ value: Value) -> Node {
  let place = SourcePosition(path: "a.md", line: 7, column: 3)
  func content(_ value: Value) -> Node.Content {
    switch value {
    case .null: .null
    case .boolean(let truth): .boolean(truth)
    case .integer(let number): .integer(number)
    case .number(let number): .number(number)
    case .string(let text): .string(text)
    case .array(let items): .sequence(items.map { node($0) })
    case .object(let members):
      .mapping(
        members.sorted { $0.key < $1.key }.map {
          Node.Entry(key: $0.key, keyPosition: place, value: node($0.value))
        }
      )
    }
  }
  let text: String =
    switch value {
    case .string(let text): text
    case .integer(let number): "\(number)"
    case .number(let number): "\(number)"
    case .boolean(let truth): "\(truth)"
    default: ""
    }
  return Node(content(value), text: text, at: place)
}

/// A step read from its configuration, and what was found on the way.
func reading(_ name: String, _ config: Value = [:]) throws -> (any Transform, [Diagnostic]) {
  let type = try #require(transforms[name])
  var fields = FieldReader(
    node(config).entries ?? [],
    context: "'\(name)'",
    at: SourcePosition(path: "a.md", line: 1, column: 1)
  )
  let step = type.init(reading: &fields)
  fields.finish()
  return (step, fields.diagnostics)
}

/// A step without faults.
func step(_ name: String, _ config: Value = [:]) throws -> any Transform {
  let (step, found) = try reading(name, config)
  #expect(found.isEmpty, "\(name): \(found)")
  return step
}

/// Fits steps to a dataset and applies them.
func prepare(_ dataset: Dataset, _ steps: (any Transform)...) throws -> Dataset {
  try PreparationRecipe(steps: steps).prepare(dataset, source: nil) { index in
    RandomStream(root: 3, cell: "p", purpose: "step", index: index)
  }.dataset
}

/// Whether two values are alike but for rounding: numbers within `tolerance` of the larger.
func isClose(_ a: Value, _ b: Value, _ tolerance: Double) -> Bool {
  switch (a, b) {
  case (.object(let x), .object(let y)):
    x.count == y.count
      && x.allSatisfy { key, value in
        y[key].map { isClose(value, $0, tolerance) } ?? false
      }
  case (.array(let x), .array(let y)):
    x.count == y.count && zip(x, y).allSatisfy { isClose($0, $1, tolerance) }
  default:
    if let x = a.asNumber, let y = b.asNumber { isClose(x, y, tolerance) } else { a == b }
  }
}

/// Whether two numbers are alike but for rounding; two missing ones are.
func isClose(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
  a == b || (a.isNaN && b.isNaN) || (a - b).magnitude <= tolerance * max(1, abs(a), abs(b))
}

/// Whether two columns hold the same rows, whatever levels nobody has.
func isClose(_ a: Column, _ b: Column, _ tolerance: Double) -> Bool {
  guard a.name == b.name, a.type == b.type, a.count == b.count else { return false }
  if let x = a.numbers, let y = b.numbers {
    return zip(x, y).allSatisfy { isClose($0, $1, tolerance) }
  }
  return (0..<a.count).allSatisfy { a.text($0) == b.text($0) }
}
