/// The probabilities of several classes from those of each pair, by the iteration of
/// `pairwiseCoupling` for all rows side by side; a row that is done waits for the others.
struct PairwiseCouplingGraph {
  let classes: Int
  /// The pairs of classes in the order of their probabilities.
  let pairs: [(i: Int, j: Int)]

  /// Adds the iteration to a graph, which has the probability of each pair's first class.
  func write(_ shares: ONNXGraph.Wire, to graph: inout ONNXGraph) -> ONNXGraph.Wire {
    let other = graph.subtract(graph.constant(.scalar(1)), shares)
    if classes == 2 { return graph.concatenate([shares, other]) }
    let flat = form(shares, other, &graph)
    let shape = graph.constant(.list([-1, classes, classes]))
    let form = graph.node("Reshape", [flat, shape])
    let rows = (0..<classes).map { t in
      graph.columns(flat, (0..<classes).map { t * classes + $0 })
    }
    let diagonal = (0..<classes).map { graph.columns(flat, [$0 * classes + $0]) }
    let nothing = [Double](repeating: 0, count: pairs.count * classes)
    let start = graph.add(
      graph.product(shares, graph.constant(.matrix(nothing, columns: classes))),
      1 / Double(classes)
    )
    return graph.loop(from: start, columns: classes, limit: max(100, classes)) { turn, before in
      round(before, form, rows, diagonal, &turn)
    }
  }

  /// Q of the quadratic form pᵀQp, row-major: `[rows, classes²]`.
  private func form(
    _ shares: ONNXGraph.Wire,
    _ other: ONNXGraph.Wire,
    _ graph: inout ONNXGraph
  ) -> ONNXGraph.Wire {
    let width = classes * classes
    var first = [Double](repeating: 0, count: pairs.count * width)
    var (second, both) = (first, first)
    for (row, pair) in pairs.enumerated() {
      first[row * width + pair.i * classes + pair.i] = 1
      second[row * width + pair.j * classes + pair.j] = 1
      both[row * width + pair.i * classes + pair.j] = -1
      both[row * width + pair.j * classes + pair.i] = -1
    }
    func part(_ a: ONNXGraph.Wire, _ b: ONNXGraph.Wire, _ places: [Double]) -> ONNXGraph.Wire {
      graph.product(graph.multiply(a, b), graph.constant(.matrix(places, columns: width)))
    }
    let squares = graph.add(part(other, other, first), part(shares, shares, second))
    return graph.add(squares, part(other, shares, both))
  }

  /// One pass over the classes, each put to its best value while the others stay.
  private func round(
    _ before: ONNXGraph.Wire,
    _ form: ONNXGraph.Wire,
    _ rows: [ONNXGraph.Wire],
    _ diagonal: [ONNXGraph.Wire],
    _ turn: inout ONNXGraph
  ) -> (next: ONNXGraph.Wire, goesOn: ONNXGraph.Wire) {
    let across = turn.node("Unsqueeze", [before, turn.constant(.list([1]))])
    let terms = turn.multiply(form, across)
    let last = turn.constant(.list([2]))
    var image = turn.node("ReduceSum", [terms, last], [("keepdims", .integer(0))])
    var value = turn.rowSum(turn.multiply(before, image))
    let apart = turn.node("Abs", [turn.subtract(image, value)])
    let error = turn.node(
      "ReduceMax",
      [apart],
      [("axes", .integers([1])), ("keepdims", .integer(1))]
    )
    let bound = turn.constant(.scalar(0.005 / Double(classes)))
    let isOpen = turn.node("GreaterOrEqual", [error, bound])
    var p = before
    for t in 0..<classes {
      let own = turn.columns(image, [t])
      let step = turn.divide(turn.subtract(value, own), diagonal[t])
      let whole = turn.add(step, 1)
      let bend = turn.add(turn.multiply(step, diagonal[t]), turn.multiply(own, 2))
      let moved = turn.add(value, turn.multiply(step, bend))
      value = turn.divide(turn.divide(moved, whole), whole)
      image = turn.divide(turn.add(image, turn.multiply(step, rows[t])), whole)
      let unit = turn.constant(.row((0..<classes).map { $0 == t ? 1 : 0 }))
      p = turn.divide(turn.add(p, turn.multiply(step, unit)), whole)
    }
    let open = turn.node(
      "ReduceSum",
      [turn.cast(isOpen, to: .double)],
      [("keepdims", .integer(0))]
    )
    let goesOn = turn.node("Greater", [open, turn.constant(.scalar(0))])
    return (turn.choose(isOpen, p, before), goesOn)
  }
}
