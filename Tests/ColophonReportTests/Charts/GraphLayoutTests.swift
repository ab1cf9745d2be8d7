import ColophonReport
import Testing

@Suite struct LayoutOfGraphs {
  static func chart(_ nodes: [String], _ edges: [(String, String)]) -> GraphChart {
    GraphChart(
      ChartText("g", "g"),
      nodes: nodes.map { GraphChart.Node($0) },
      edges: edges.map { GraphChart.Edge(from: $0.0, to: $0.1) }
    )
  }

  @Test func putsEachNodeAfterWhatItComesFrom() {
    let layout = GraphLayout(
      LayoutOfGraphs.chart(["d", "a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")])
    )
    #expect(layout.slots.prefix(4).map(\.layer) == [3, 0, 1, 2])
    // The edge from a to c bends in the layer of b.
    #expect(layout.slots.count == 5 && layout.slots[4].layer == 1)
  }

  @Test func keepsNodesOfALayerApart() {
    let names = (0..<20).map { "n\($0)" }
    let layout = GraphLayout(
      LayoutOfGraphs.chart(
        names,
        names.dropFirst().map { ("n0", $0) } + [("n1", "n9"), ("n3", "n15"), ("n9", "n19")]
      )
    )
    for layer in layout.layers {
      let rows = layer.map { layout.slots[$0].row }
      #expect(zip(rows, rows.dropFirst()).allSatisfy { $1 - $0 >= 1 - 1e-9 })
    }
    #expect(layout.slots.allSatisfy { $0.row >= 0 })
  }

  @Test(arguments: [
    [("a", "b"), ("b", "a")], [("a", "a")], [("a", "nobody")], [("a", "b"), ("a", "b")],
  ])
  func endsForGraphsThatAreNone(edges: [(String, String)]) {
    let layout = GraphLayout(LayoutOfGraphs.chart(["a", "b"], edges))
    #expect(layout.slots.count >= 2)
  }

  @Test func movesBlocksToTheMeanOfTheirWishes() {
    // Three that wish for 5 share the middle: 4, 5, 6.
    #expect(GraphLayout.apart([5, 5, 5]) == [4, 5, 6])
    #expect(GraphLayout.apart([0, 10]) == [0, 10])
    #expect(GraphLayout.apart([]) == [])
  }
}
