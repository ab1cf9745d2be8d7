import ColophonCore
import ColophonNotebook
import Testing

@Suite struct Planning {
  /// A plan from lines such as `fit train <- data!dataset other`, a reference's place being its
  /// line and its position among the references.
  func plan(_ lines: [String]) -> Plan {
    Plan(
      cells: lines.enumerated().map { index, line in
        let words = line.split(separator: " ").map { String($0) }
        let references = words.dropFirst(words.contains("<-") ? 3 : words.count)
        return PlanCell(
          name: words[0].replacing("-", with: ""),
          kind: words[1],
          index: index,
          references: references.enumerated().map { place, word in
            let parts = word.split(separator: "!").map { String($0) }
            let position = SourcePosition(path: "a.md", line: index + 1, column: place + 1)
            var fields = FieldReader()
            fields.use(
              cell: Located(parts[0], at: position),
              to: Array(parts.dropFirst()),
              in: "data"
            )
            return fields.references[0]
          },
          artifacts: [
            "dataset": ["dataset"], "train": ["model"], "require": [],
          ][words[1], default: nil],
          isSkipped: words[0].hasPrefix("-")
        )
      }
    )
  }

  @Test func ordersCellsAfterWhatTheyNeedElseAsWritten() {
    let plan = plan([
      "e require <- d", "d train <- b c", "c train <- a", "b train <- a", "a dataset", "f dataset",
    ])
    #expect(plan.diagnostics == [])
    #expect(plan.order == [4, 2, 3, 1, 0, 5])
    #expect(plan.waves == [[4, 5], [2, 3], [1], [0]])
    #expect(plan.upstream(of: 1) == [2, 3, 4])
    #expect(plan.downstream(of: 4) == [0, 1, 2, 3])
    #expect(plan.ready(finished: []) == [4, 5])
    #expect(plan.ready(finished: [4], started: [5, 2]) == [3])
  }

  @Test func suggestsTheNearestName() {
    let plan = plan(["churn dataset", "fit train <- chrun!dataset"])
    #expect(
      plan.diagnostics.map { $0.summary } == [
        "2:1 plan.unknown-cell: there is no cell named 'chrun'"
      ]
    )
    #expect(plan.diagnostics.first?.hint == "did you mean 'churn'?")
  }

  @Test func refusesAReferenceToItself() {
    let plan = plan(["fit train <- fit!model"])
    #expect(
      plan.diagnostics.map { $0.summary } == [
        "1:1 plan.self-reference: 'fit' can't depend on itself"
      ]
    )
    #expect(plan.order == [0])
  }

  @Test func refusesACellOfTheWrongKind() {
    let plan = plan([
      "x require", "a dataset", "fit train <- x!model a!model!table b!model", "b mystery",
    ])
    #expect(
      plan.diagnostics.map { $0.summary } == [
        "3:1 plan.wrong-kind: 'x' is a require cell, which yields no model",
        "3:2 plan.wrong-kind: 'a' is a dataset cell, which yields no model or table",
      ]
    )
    #expect(plan.diagnostics.last?.hint == "it yields a dataset")
  }

  @Test func namesTheShortestCycleOnceAndGoesOn() {
    let plan = plan([
      "a train <- z b", "b train <- c", "c train <- a d", "d train <- b", "e train <- a",
      "z dataset",
      "p train <- q", "q train <- p",
    ])
    #expect(
      plan.diagnostics.map { $0.summary } == [
        "1:2 plan.cycle: these cells wait for each other: a → b → c → a",
        "7:1 plan.cycle: these cells wait for each other: p → q → p",
      ]
    )
    #expect(plan.order == [5])
  }

  @Test func skipsWhatNeedsASkippedCell() {
    let plan = plan(["-a dataset", "b train <- a", "c train <- b d", "d dataset"])
    #expect(plan.isSkipped == [true, true, true, false])
    #expect(plan.ready(finished: []) == [3])
  }

  /// Random graphs: every order respects every edge, and waves are the longest ways to a cell.
  @Test(arguments: 0..<50)
  func respectsEveryEdgeOfARandomGraph(seed: Int) {
    var random = RandomStream(root: 7, cell: "plan", purpose: "graph", index: seed)
    let count = 2 + random.integer(below: 30)
    // Edges run along a hidden permutation, so there is no cycle.
    let rank = random.permutation(count)
    var needs: [Set<Int>] = Array(repeating: [], count: count)
    for cell in 0..<count {
      for other in 0..<count where rank[other] < rank[cell] && random.integer(below: 5) == 0 {
        needs[cell].insert(other)
      }
    }
    let plan = plan(
      needs.enumerated().map { cell, others in
        let list = others.sorted().map { "c\($0)" }.joined(separator: " ")
        return "c\(cell) train" + (others.isEmpty ? "" : " <- \(list)")
      }
    )
    #expect(plan.order.sorted() == Array(0..<count))
    var place = Array(repeating: 0, count: count)
    for (i, cell) in plan.order.enumerated() { place[cell] = i }
    var wave = Array(repeating: 0, count: count)
    for (i, cells) in plan.waves.enumerated() { for cell in cells { wave[cell] = i } }
    for cell in 0..<count {
      #expect(needs[cell].allSatisfy { place[$0] < place[cell] })
      #expect(wave[cell] == needs[cell].map { wave[$0] + 1 }.max() ?? 0)
      for other in plan.upstream(of: cell) { #expect(plan.downstream(of: other).contains(cell)) }
    }
  }
}

/// References to another cell's recipe, which need not have run.
@Suite struct PlanningByTemplate {
  private func plan(_ template: String, kinds: [String] = ["train"]) -> Plan {
    func place(_ line: Int) -> SourcePosition {
      SourcePosition(path: "a.md", line: line, column: 8)
    }
    let use = ReferenceUse(
      field: "train",
      cell: Located(template, at: place(3)),
      artifacts: kinds,
      use: .recipe
    )
    return Plan(cells: [
      PlanCell(name: "d", kind: "dataset", index: 0, artifacts: ["dataset"]),
      PlanCell(name: "fit", kind: "train", index: 1, artifacts: ["model"], isSkipped: true),
      PlanCell(name: "cv", kind: "crossvalidate", index: 2, references: [use]),
    ])
  }

  @Test func makesNoEdge() {
    let plan = plan("fit")
    #expect(plan.diagnostics == [])
    #expect(plan.needs == [[], [], []])
    // A template that is skipped skips nobody.
    #expect(plan.isSkipped == [false, true, false])
  }

  @Test(arguments: [
    ("fti", "plan.unknown-cell"), ("d", "plan.wrong-kind"), ("cv", "plan.self-reference"),
  ])
  func findsWhatIsNoTemplate(name: String, code: String) {
    let found = plan(name).diagnostics
    #expect(found.map { $0.code.description } == [code])
    #expect(found.first?.position == SourcePosition(path: "a.md", line: 3, column: 8))
  }
}
