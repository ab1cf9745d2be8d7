/// Shorthand for the operators that most graphs use.
extension ONNXGraph {
  package mutating func add(_ a: Wire, _ b: Wire) -> Wire { node("Add", [a, b]) }
  package mutating func subtract(_ a: Wire, _ b: Wire) -> Wire { node("Sub", [a, b]) }
  package mutating func multiply(_ a: Wire, _ b: Wire) -> Wire { node("Mul", [a, b]) }
  package mutating func divide(_ a: Wire, _ b: Wire) -> Wire { node("Div", [a, b]) }
  package mutating func product(_ a: Wire, _ b: Wire) -> Wire { node("MatMul", [a, b]) }

  package mutating func add(_ a: Wire, _ b: Double) -> Wire { add(a, constant(.scalar(b))) }
  package mutating func multiply(_ a: Wire, _ b: Double) -> Wire {
    multiply(a, constant(.scalar(b)))
  }
  package mutating func divide(_ a: Wire, _ b: Double) -> Wire { divide(a, constant(.scalar(b))) }

  package mutating func cast(_ wire: Wire, to element: ONNXElement) -> Wire {
    node("Cast", [wire], [("to", .integer(element.rawValue))])
  }

  /// Columns side by side.
  package mutating func concatenate(_ wires: [Wire]) -> Wire {
    wires.count == 1 ? wires[0] : node("Concat", wires, [("axis", .integer(1))])
  }

  /// Some columns, in the order given.
  package mutating func columns(_ wire: Wire, _ places: [Int]) -> Wire {
    node("Gather", [wire, constant(.list(places))], [("axis", .integer(1))])
  }

  /// `a` where the condition holds, else `b`.
  package mutating func choose(_ condition: Wire, _ a: Wire, _ b: Wire) -> Wire {
    node("Where", [condition, a, b])
  }

  /// What stands where a number is missing.
  package mutating func filled(_ wire: Wire, with values: ONNXTensor) -> Wire {
    choose(node("IsNaN", [wire]), constant(values), wire)
  }

  /// Each row over its sum.
  package mutating func normalised(_ wire: Wire) -> Wire { divide(wire, rowSum(wire)) }

  /// The sum of each row, `[rows, 1]`.
  package mutating func rowSum(_ wire: Wire) -> Wire {
    node("ReduceSum", [wire, constant(.list([1]))], [("keepdims", .integer(1))])
  }

  /// Probabilities of the classes that training saw, among all of them.
  mutating func spread(_ shares: Wire, _ present: [Int], of classes: Int) -> Wire {
    if present == Array(0..<classes) { return shares }
    var places = [Double](repeating: 0, count: present.count * classes)
    for (row, column) in present.enumerated() { places[row * classes + column] = 1 }
    return product(shares, constant(.matrix(places, columns: classes)))
  }

  /// The place of each row's largest number, the first of equals; one dimension.
  package mutating func largest(_ wire: Wire) -> Wire {
    node("ArgMax", [wire], [("axis", .integer(1)), ("keepdims", .integer(0))])
  }
}
