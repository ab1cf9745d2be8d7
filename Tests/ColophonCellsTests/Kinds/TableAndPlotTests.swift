import ColophonCells
import ColophonCore
import ColophonData
import ColophonReport
import Testing

private func diabetes() throws -> (cell: DatasetKind, supply: FolderSupply) {
  let (cell, _, _) = read(
    DatasetKind.self,
    ["source": "data/diabetes.csv", "target": "progression", "columns": ["sex": "category"]]
  )
  let outcome = try run(cell, named: "d")
  var supply = FolderSupply(folder: handbook)
  supply.artifacts = ["d": try #require(outcome.artifact)]
  supply.made = [
    "d": .object(outcome.values),
    "cv": ["rmse": ["folds": [0.5, 0.25, 1.0]], "mae": ["folds": [0.5, 0.25]]],
    "m": [
      "coefficients": ["bmi": 5.5, "age": -1.0, "s1": 0.0],
      "confusion": ["yes": ["yes": 5, "no": 1], "no": ["yes": 2, "no": 8]],
      "trace": [["epoch": 1, "loss": 0.5], ["epoch": 2, "loss": 0.25]],
      "flag": true,
    ],
  ]
  return (cell, supply)
}

@Suite struct TheTableCell {
  private func table(_ members: KeyValuePairs<String, Value>) throws -> TableExhibit {
    let (cell, reader, _) = read(TableKind.self, members)
    #expect(reader.diagnostics.isEmpty)
    let outcome = try run(cell, diabetes().supply)
    guard case .table(let table)? = outcome.exhibits.first else {
      throw CellFailure("no table")
    }
    return table
  }

  @Test func printsSortedRowsOfADataset() throws {
    let made = try table([
      "from": "d", "columns": ["progression", "sex"], "sort": "-progression", "limit": 3,
    ])
    #expect(made.columns.map { $0.header } == ["progression", "sex"])
    #expect(made.columns.map { $0.alignment } == [.numeric, .text])
    #expect(made.rows.count == 3)
    #expect(made.rows[0][0] == .number(346, .general(6)))
    #expect(made.caption == "3 of 442 rows")
  }

  @Test(arguments: [
    ("m.coefficients", ["name", "value"], 3), ("m.confusion", ["name", "no", "yes"], 2),
    ("m.trace", ["epoch", "loss"], 2), ("cv.rmse.folds", ["index", "value"], 3),
    ("m.flag", ["value"], 1), ("cv", ["name", "value"], 5), ("cv.rmse", ["folds"], 3),
  ])
  func laysOutValues(path: String, columns: [String], rows: Int) throws {
    let made = try table(["from": .string(path)])
    #expect(made.columns.map { $0.header } == columns)
    #expect(made.rows.count == rows)
    #expect(made.rows.allSatisfy { $0.count == columns.count })
    #expect(!made.rows.contains { $0.contains(.missing) })
  }

  @Test func findsUnknownColumnsBeforeTheRun() throws {
    let (_, _, found) = read(
      TableKind.self,
      ["from": "d", "columns": ["bmi", "agee"], "sort": "-progresion"],
      beside: ["d": try diabetes().cell]
    )
    #expect(found.map { $0.code.description } == ["data.unknown-column", "data.unknown-column"])
    // The minus is no part of the name.
    #expect(found.map { $0.position.column } == [3, 4])
  }

  @Test func failsOnAColumnThatValuesLack() throws {
    let (cell, _, _) = read(TableKind.self, ["from": "m.trace", "columns": ["epohc"]])
    let supply = try diabetes().supply
    let failure = #expect(throws: CellFailure.self) { try run(cell, supply) }
    #expect(failure?.hint == "did you mean 'epoch'?")
  }
}

@Suite struct ThePlotCell {
  private func chart(_ members: KeyValuePairs<String, Value>) throws -> Chart {
    let (cell, reader, _) = read(PlotKind.self, members)
    #expect(reader.diagnostics.isEmpty)
    let outcome = try run(cell, diabetes().supply)
    guard case .chart(let chart)? = outcome.exhibits.first else { throw CellFailure("no chart") }
    return chart
  }

  @Test func drawsPointsOfTwoColumns() throws {
    guard
      case .scatter(let made) = try chart([
        "from": "d", "kind": "scatter", "x": "bmi", "y": "progression", "title": "A title",
      ])
    else {
      Issue.record("no scatter chart")
      return
    }
    #expect(made.text.title == "A title")
    #expect(made.series.first?.x.count == 442)
    #expect(made.series.first?.x.first == 32.1)
    #expect(made.series.first?.y.first == 151)
  }

  @Test func drawsEveryKindFromADataset() throws {
    guard
      case .bar(let bars) = try chart([
        "from": "d", "kind": "bar", "x": "sex", "y": "progression",
      ]),
      case .bar(let counts) = try chart(["from": "d", "kind": "bar", "x": "sex"]),
      case .histogram(let histogram) = try chart(["from": "d", "kind": "histogram", "x": "bmi"]),
      case .box(let box) = try chart(["from": "d", "kind": "box", "x": "sex", "y": "bmi"]),
      case .heatmap(let heatmap) = try chart(["from": "d", "kind": "heatmap"]),
      case .line(let line) = try chart(["from": "d", "kind": "line", "y": "bmi"])
    else {
      Issue.record("another kind of chart")
      return
    }
    // 235 and 207 patients of each sex, as pandas counts them.
    #expect(counts.bars.sorted { $0.label < $1.label }.map { $0.value } == [235, 207])
    #expect(bars.bars.count == 2 && bars.axis.label == "mean of progression")
    #expect(histogram.series[0].counts.reduce(0, +) == 442)
    #expect(box.boxes.count == 2 && box.boxes.allSatisfy { $0.low <= $0.lowerQuartile })
    // Ten numeric columns: all but sex.
    #expect(heatmap.rows.count == 10)
    for i in 0..<10 {
      #expect(abs((heatmap.values[i][i] ?? 0) - 1) < 1e-12)
      for j in 0..<10 { #expect(heatmap.values[i][j] == heatmap.values[j][i]) }
    }
    #expect(line.series[0].y.count == 442)
  }

  @Test func drawsDatesAsDaysSinceTheFirst() throws {
    let text = "when,y\n2024-02-28,1\n2024-02-29,2\n2024-03-01T12:00:00Z,4\n"
    let (dataset, _, _) = read(
      DatasetKind.self,
      ["source": "t.csv", "time": "when", "target": "y", "split": ["train": 1, "by": "time"]]
    )
    let outcome = try run(dataset, FolderSupply(files: ["t.csv": Array(text.utf8)]))
    var supply = FolderSupply()
    supply.artifacts = ["d": try #require(outcome.artifact)]
    for kind in ["line", "scatter"] {
      let (cell, _, _) = read(
        PlotKind.self,
        ["from": "d", "kind": .string(kind), "x": "when", "y": "y"]
      )
      guard case .chart(let chart)? = try run(cell, supply).exhibits.first else {
        Issue.record("no chart")
        continue
      }
      let (label, x): (String, [Double]?) =
        switch chart {
        case .line(let line): (line.x.label, line.series.first?.x)
        case .scatter(let points): (points.x.label, points.series.first?.x)
        default: ("", nil)
        }
      #expect(label == "when, days since 2024-02-28")
      #expect(x == [0, 1, 2.5])
    }
  }

  @Test func asksForWhatPointsAreDrawnAlongBeforeTheRun() {
    let (_, _, found) = read(PlotKind.self, ["from": "d", "kind": "scatter", "y": "bmi"])
    #expect(found.map { $0.code } == ["plot.no-x"])
  }

  @Test func drawsValues() throws {
    guard
      case .bar(let bars) = try chart(["from": "m.coefficients", "kind": "bar"]),
      case .line(let line) = try chart([
        "from": "m.trace", "kind": "line", "x": "epoch", "y": "loss",
      ]),
      case .heatmap(let heatmap) = try chart(["from": "m.confusion", "kind": "heatmap"]),
      case .line(let folds) = try chart(["from": "cv.rmse.folds", "kind": "line"])
    else {
      Issue.record("another kind of chart")
      return
    }
    #expect(bars.bars.map { $0.label } == ["age", "bmi", "s1"])
    #expect(bars.bars.map { $0.value } == [-1, 5.5, 0] && bars.showsSign)
    #expect(line.series[0].x == [1, 2] && line.series[0].y == [0.5, 0.25])
    #expect(heatmap.rows == ["no", "yes"] && heatmap.values == [[8, 2], [1, 5]])
    #expect(folds.series.map { $0.name } == ["value"])
    #expect(folds.series[0].x == [0, 1, 2])
  }

  @Test(
    arguments: [
      (["from": "d", "kind": "scatter", "y": "bmi"], "x"),
      (["from": "d", "kind": "line", "y": "sex"], "y"),
      (["from": "d", "kind": "line", "x": "sex", "y": "bmi"], "x"),
      (["from": "d", "kind": "box", "x": "sex"], "y"),
      (["from": "d", "kind": "heatmap", "x": "sex", "y": "bmi"], "y"),
      (["from": "m.flag", "kind": "histogram"], "from"),
      (["from": "m.nothing", "kind": "bar"], "from"),
    ] as [(KeyValuePairs<String, Value>, String)]
  )
  func failsWithASentenceWhereThereIsNothingToDraw(
    config: KeyValuePairs<String, Value>,
    field: String
  ) throws {
    let (cell, _, _) = read(PlotKind.self, config)
    let supply = try diabetes().supply
    #expect(throws: CellFailure.self) { try run(cell, supply) }
    do { _ = try run(cell, supply) } catch let failure as CellFailure {
      #expect(failure.field == field, "\(failure)")
    }
  }

  @Test func suggestsTheKindThatWasMeant() {
    let (_, _, found) = read(PlotKind.self, ["from": "d", "kind": "scater"])
    #expect(found.map { $0.hint } == ["did you mean 'scatter'?"])
  }
}
