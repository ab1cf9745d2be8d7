/// A graph that an operator of another graph runs; it may read that graph's wires.
package struct ONNXBody: Hashable, Sendable {
  package let graph: ONNXGraph

  package static func == (a: ONNXBody, b: ONNXBody) -> Bool {
    let (first, second) = (a.graph, b.graph)
    return first.nodes == second.nodes && first.inputs == second.inputs
      && first.outputs == second.outputs
      && first.constants.map { $0.name } == second.constants.map { $0.name }
      && first.constants.map { $0.tensor } == second.constants.map { $0.tensor }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(graph.nodes.count)
    hasher.combine(graph.outputs)
  }
}

extension ONNXGraph {
  /// Goes over some numbers again and again: `[rows, columns]` of 64 bits.
  ///
  /// `start` is what the first of at most `limit` rounds is given; `turn` adds a round to a graph of
  /// its own, and returns the next numbers with a single truth value: whether there is another round.
  mutating func loop(
    from start: Wire,
    columns: Int,
    limit: Int,
    _ turn: (inout ONNXGraph, Wire) -> (next: Wire, goesOn: Wire)
  ) -> Wire {
    var body = ONNXGraph(prefix: "turn/")
    _ = body.input(Port(name: "/turn/count", element: .int64, isSingle: true))
    _ = body.input(Port(name: "/turn/goes", element: .bool, isSingle: true))
    let before = body.input(Port(name: "/turn/before", element: .double, columns: columns))
    let (next, goesOn) = turn(&body, before)
    body.output(goesOn, as: Port(name: "/turn/goes_on", element: .bool, isSingle: true))
    body.output(next, as: Port(name: "/turn/next", element: .double, columns: columns))
    let isTrue = node("Greater", [constant(.scalar(1)), constant(.scalar(0))])
    return node(
      "Loop",
      [constant(ONNXTensor(.integers([limit]), shape: [])), isTrue, start],
      [("body", .graph(ONNXBody(graph: body)))]
    )
  }
}
