import ColophonCore

extension LineChart {
  func data() -> TableExhibit {
    let places = series.first?.x ?? []
    let areAligned =
      series.allSatisfy { $0.x == places && $0.y.count == places.count }
      && bands.allSatisfy {
        $0.x == places && $0.low.count == places.count && $0.high.count == places.count
      }
    return areAligned && !series.isEmpty ? wide(places) : long()
  }

  /// One row a place, one column a series: for series over the same places.
  private func wide(_ places: [Double]) -> TableExhibit {
    var columns = [TableColumn(x.title, .numeric)]
    columns += series.map { TableColumn($0.name.isEmpty ? y.title : $0.name, .numeric) }
    for band in bands {
      columns.append(TableColumn("\(band.name), low", .numeric))
      columns.append(TableColumn("\(band.name), high", .numeric))
    }
    let rows = places.indices.map { i in
      [.number(places[i], .general(5))]
        + series.map { TableCell.number($0.y[i], .general(5)) }
        + bands.flatMap {
          [TableCell.number($0.low[i], .general(5)), .number($0.high[i], .general(5))]
        }
    }
    return TableExhibit(columns: columns, rows: rows, isSortable: false)
  }

  /// One row a point, named by its series.
  private func long() -> TableExhibit {
    var rows: [[TableCell]] = []
    for series in series {
      for (x, y) in zip(series.x, series.y) {
        rows.append([.text(series.name), .number(x, .general(5)), .number(y, .general(5))])
      }
    }
    for band in bands {
      for (x, (low, high)) in zip(band.x, zip(band.low, band.high)) {
        rows.append([
          .text("\(band.name), low"), .number(x, .general(5)), .number(low, .general(5)),
        ])
        rows.append([
          .text("\(band.name), high"), .number(x, .general(5)), .number(high, .general(5)),
        ])
      }
    }
    return TableExhibit(
      columns: [
        TableColumn("series"), TableColumn(x.title, .numeric), TableColumn(y.title, .numeric),
      ],
      rows: rows,
      isSortable: false
    )
  }
}
