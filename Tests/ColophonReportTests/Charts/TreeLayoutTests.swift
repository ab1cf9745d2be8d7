import ColophonReport
import Testing

@Suite struct LayoutOfTrees {
  @Test func putsAParentBetweenItsChildren() {
    let layout = TreeLayout(SampleCharts.tree)
    let byNode = Dictionary(uniqueKeysWithValues: layout.slots.map { ($0.node, $0) })
    // Leaves from top to bottom: 1, 5 (cut), 6, 4.
    #expect([1, 5, 6, 4].map { byNode[$0]?.row } == [0, 1, 2, 3])
    #expect(byNode[3]?.row == 1.5)
    #expect(byNode[2]?.row == 2.25)
    #expect(byNode[0]?.row == 1.125)
    #expect(layout.levels == 4 && layout.rows == 4)
  }

  @Test func countsTheLeavesThatItLeavesOut() {
    let layout = TreeLayout(SampleCharts.tree)
    #expect(layout.hiddenLeaves == 2)
    #expect(layout.slots.filter { $0.hiddenLeaves > 0 }.map { $0.node } == [5])
    var whole = SampleCharts.tree
    whole.levels = 9
    #expect(TreeLayout(whole).hiddenLeaves == 0)
  }

  @Test func tellsEveryDrawnNodeInItsTable() {
    let rows = Chart.tree(SampleCharts.tree).data().rows
    #expect(rows.count == 7)
    #expect(rows[0].first == .text("root"))
    #expect(rows.contains { $0[0] == .text("no, yes, yes") && $0[5] == .text("cut here") })
  }

  @Test(arguments: [[0, 0], [1, 1], [5, 6], [-1, 1], [1]])
  func drawsWhatIsNoTreeAsALeaf(children: [Int]) {
    let node = TreeChart.Node(
      subject: "x",
      condition: "≤ 1",
      answer: "a",
      rows: "1 row",
      shares: [.nan],
      children: children
    )
    let layout = TreeLayout(TreeChart(ChartText("t", "t"), nodes: [node]))
    #expect(layout.slots.count == 1)
  }
}
