import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import ColophonReport

extension ShapReport {
  /// What some columns add against their own values: those that were named, else the first two.
  func dependences() throws -> [Exhibit] {
    if request.features.isEmpty {
      return ranked.prefix(2).compactMap { dependence(of: $0, beside: nil) }
    }
    return try request.features.compactMap { feature in
      let places = try feature.names.map { try subject.place(of: $0.value) }
      return dependence(of: places[0], beside: places.count > 1 ? places[1] : nil)
    }
  }

  private func dependence(of column: Int, beside other: Int?) -> Exhibit? {
    let rows = shap.positions.map { subject.rows[$0] }
    let ys = shap.positions.indices.map { shap.summary[$0, pictured, column] }
    let partner = other ?? strongestPartner(of: column, ys)
    let shades = partner.flatMap { self.shades($0) }
    let name = names[column]
    let title = ChartText(
      "What \(name) adds by its value",
      "A dot for each row: \(name)'s value, and what it adds to the \(axisWords) of that row.",
      note: partner.map {
        "Rows of one value that lie far apart are told apart by other columns, such as \(names[$0])."
      }
    )
    let axis = ChartAxis("adds to the \(axisWords)")
    guard let xs = subject.values(column, rows: rows, shap.summaryRows) else {
      return levels(of: column, rows, ys, shades, title, axis, partner)
    }
    return .chart(
      .dependence(
        DependenceChart(
          title,
          x: ChartAxis(name),
          y: ChartAxis("adds"),
          xs: xs,
          ys: ys,
          shades: shades ?? [],
          shadeTitle: shades == nil ? nil : partner.map { names[$0] }
        )
      )
    )
  }

  /// A lane for each level of a category, up to twenty.
  private func levels(
    of column: Int,
    _ rows: [Int],
    _ ys: [Double],
    _ shades: [Double?]?,
    _ text: ChartText,
    _ axis: ChartAxis,
    _ partner: Int?
  ) -> Exhibit? {
    let texts = rows.indices.map {
      subject.text(column, row: rows[$0], shap.summaryRows, $0)
    }
    var places: [String: [Int]] = [:]
    for (index, text) in texts.enumerated() { places[text, default: []].append(index) }
    let order = places.keys.sorted().sorted { (places[$0]?.count ?? 0) > (places[$1]?.count ?? 0) }
    let lanes = order.prefix(20).sorted().map { level in
      let own = places[level] ?? []
      return BeeswarmChart.Lane(
        level,
        values: own.map { ys[$0] },
        shades: shades.map { all in own.map { all[$0] } } ?? []
      )
    }
    return .chart(
      .beeswarm(
        BeeswarmChart(
          text,
          axis: axis,
          lanes: lanes,
          shadeTitle: shades == nil ? nil : partner.map { names[$0] }
        )
      )
    )
  }

  /// The column that best tells rows of nearly one value apart: by the interactions where they are
  /// known, else by how straight its relation to the values is in eight slices of the column.
  private func strongestPartner(of column: Int, _ ys: [Double]) -> Int? {
    let others = names.indices.filter { $0 != column && shades($0) != nil }
    if shap.interactions != nil {
      return others.max { (strength(column, $0) ?? 0, $1) < (strength(column, $1) ?? 0, $0) }
    }
    guard let own = shades(column) else { return nil }
    let slices = (0..<8).map { slice in
      own.indices.filter { own[$0].map { min(7, Int($0 * 8)) == slice } ?? false }
    }
    let scores = others.map { other -> Double in
      let shades = shades(other) ?? []
      return slices.reduce(0) { $0 + ShapReport.correlation($1, ys, shades) * Double($1.count) }
    }
    guard let best = scores.indices.max(by: { (scores[$0], $1) < (scores[$1], $0) }),
      scores[best] > 0
    else { return nil }
    return others[best]
  }

  /// The size of the correlation of some rows' values with another column's ranks.
  private static func correlation(_ rows: [Int], _ ys: [Double], _ shades: [Double?]) -> Double {
    let pairs = rows.compactMap { row in shades[row].map { (ys[row], $0) } }
    guard pairs.count > 3 else { return 0 }
    let count = Double(pairs.count)
    let meanY = pairs.reduce(0) { $0 + $1.0 } / count
    let meanX = pairs.reduce(0) { $0 + $1.1 } / count
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (y, x) in pairs {
      xx += (x - meanX) * (x - meanX)
      yy += (y - meanY) * (y - meanY)
      xy += (x - meanX) * (y - meanY)
    }
    return xx > 0 && yy > 0 ? abs(xy) / (xx * yy).squareRoot() : 0
  }
}
