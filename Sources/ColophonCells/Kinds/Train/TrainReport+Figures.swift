import ColophonCore
import ColophonLearning
import ColophonReport

extension TrainReport {
  /// What the algorithm itself has to show of its work.
  var figures: [Exhibit] { job.result.figures.map { exhibit($0) } }

  private func exhibit(_ figure: TrainingFigure) -> Exhibit {
    switch figure {
    case .curves(let curves): .chart(.line(chart(curves)))
    case .table(let table): .table(exhibit(table))
    case .grid(let grid): .chart(.heatmap(chart(grid)))
    }
  }

  private func chart(_ curves: TrainingFigure.Curves) -> LineChart {
    LineChart(
      ChartText(curves.title, curves.description),
      x: ChartAxis(curves.step, format: .thousands),
      y: ChartAxis(curves.unit),
      series: curves.series.map { series in
        LineChart.Series(
          series.name,
          x: series.values.indices.map { Double($0 + 1) },
          y: series.values.map { $0 ?? .nan }
        )
      },
      marks: []
    )
  }

  private func exhibit(_ table: TrainingFigure.Table) -> TableExhibit {
    let columns = table.columns.enumerated().map { place, name in
      let isNumeric = table.rows.contains { $0.indices.contains(place) && $0[place].isNumeric }
      return TableColumn(name, isNumeric ? .numeric : .text)
    }
    return TableExhibit(
      caption: table.caption,
      columns: columns,
      rows: table.rows.map { row in row.map { $0.cell } },
      visibleRows: 12
    )
  }

  private func chart(_ grid: TrainingFigure.Grid) -> HeatmapChart {
    HeatmapChart(
      ChartText(grid.title, grid.description),
      rowTitle: grid.rowTitle,
      columnTitle: grid.columnTitle,
      rows: grid.rows,
      columns: grid.columns,
      values: grid.values,
      shading: grid.isSigned ? .diverging : .sequential
    )
  }
}

extension TrainingFigure.Table.Entry {
  fileprivate var isNumeric: Bool {
    switch self {
    case .count, .number: true
    case .name, .text: false
    }
  }

  fileprivate var cell: TableCell {
    switch self {
    case .name(let text): .code(text)
    case .text(let text): .text(text)
    case .count(let count): .count(count)
    case .number(let number): number.map { .number($0) } ?? .missing
    }
  }
}
