import ColophonCore
import ColophonData
import ColophonReport

extension CrossValidationReport {
  /// How many lanes, and how many groups, a layout shows.
  private static let lanes = 20
  private static let groups = 60

  /// Which rows each fold learns from and holds out, where that is worth a picture.
  var layout: Exhibit? {
    guard folds.count <= CrossValidationReport.lanes else { return nil }
    switch scheme {
    case .timeSeries: return .chart(.timeline(windows))
    case .group: return groupLayout.map { .chart(.timeline($0)) }
    default: return nil
    }
  }

  /// Walking forward: positions in the order of time.
  private var windows: TimelineChart {
    let rows = dataset.rows(of: .train).count
    let size = folds.first?.held.count ?? 0
    let lanes = folds.enumerated().map { place, fold -> TimelineChart.Lane in
      let start = rows - (folds.count - place) * size
      let learned = fold.train.count
      var spans = [TimelineChart.Span(from: 0, to: Double(learned), kind: 0)]
      if learned < start {
        spans.append(TimelineChart.Span(from: Double(learned), to: Double(start), kind: 2))
      }
      spans.append(TimelineChart.Span(from: Double(start), to: Double(start + size), kind: 1))
      return TimelineChart.Lane("fold \(place + 1)", spans)
    }
    let gap = cell.recipe.gap
    return TimelineChart(
      ChartText(
        "How the folds walk forward",
        "Each of \(folds.count) folds holds out \(size) rows that are later than all it learns from"
          + (gap > 0 ? ", with a gap of \(gap) rows." : ".")
      ),
      axis: ChartAxis("training rows in the order of time"),
      lanes: lanes,
      kinds: ["learned from", "held out"] + (gap > 0 ? ["gap"] : [])
    )
  }

  /// Whole groups side by side, each as wide as it has rows.
  private var groupLayout: TimelineChart? {
    guard let column = dataset.group.flatMap({ dataset.table[$0] }) else { return nil }
    let keys = column.keys.codes
    var sizes: [Int32: Int] = [:]
    var names: [Int32: String] = [:]
    for row in dataset.rows(of: .train) {
      sizes[keys[row], default: 0] += 1
      names[keys[row]] = names[keys[row]] ?? column.text(row)
    }
    let order = sizes.keys.sorted()
    guard order.count <= CrossValidationReport.groups else { return nil }
    var starts: [Int32: Int] = [:]
    var next = 0
    for key in order {
      starts[key] = next
      next += sizes[key] ?? 0
    }
    let lanes = folds.enumerated().map { place, fold -> TimelineChart.Lane in
      let held = Set(fold.held.map { keys[$0] })
      let spans = order.map { key -> TimelineChart.Span in
        let start = starts[key] ?? 0
        return TimelineChart.Span(
          from: Double(start),
          to: Double(start + (sizes[key] ?? 0)),
          held.contains(key) ? names[key] : nil,
          kind: held.contains(key) ? 1 : 0
        )
      }
      return TimelineChart.Lane("fold \(place + 1)", spans)
    }
    return TimelineChart(
      ChartText(
        "Which groups each fold holds out",
        "Each of \(order.count) groups is held out whole, in one of \(folds.count) folds."
      ),
      axis: ChartAxis("training rows, group by group"),
      lanes: lanes,
      kinds: ["learned from", "held out"]
    )
  }
}
