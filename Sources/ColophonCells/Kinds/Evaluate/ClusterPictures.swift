import ColophonCore
import ColophonEvaluation
import ColophonMath
import ColophonReport

/// Pictures of clusters, for whoever has some to show.
enum ClusterPictures {
  /// How many clusters a picture has room for.
  static let most = 30
  /// How many clusters have a colour of their own in a plane.
  private static let coloured = 6
  /// Rows beyond which a scatter is thinned.
  private static let points = 900

  /// The weight of each cluster's rows.
  static func sizes(_ names: [String], _ sizes: [Double]) -> Exhibit {
    let largest = sizes.indices.max { sizes[$0] < sizes[$1] } ?? 0
    let smallest = sizes.indices.min { sizes[$0] < sizes[$1] } ?? 0
    func words(_ c: Int) -> String {
      names.indices.contains(c)
        ? "\(names[c]) with \(NumberFormat.standard(.number(sizes[c])))" : ""
    }
    return .chart(
      .bar(
        BarChart(
          ChartText(
            "Size of each cluster",
            "The rows of \(names.count) clusters; the largest is \(words(largest)), the smallest "
              + "\(words(smallest)).",
            note: names.count > most ? "The first \(most) of \(names.count)." : nil
          ),
          axis: ChartAxis("rows", lower: 0),
          bars: zip(names, sizes).prefix(most).map { BarChart.Bar("cluster \($0)", $1) }
        )
      )
    )
  }

  /// A row for each feature, a column for each cluster; the other way round where clusters are many.
  static func centres(
    _ names: [String],
    _ values: [Double],
    features: [String],
    caption: String
  ) -> TableExhibit {
    func cell(_ c: Int, _ j: Int) -> TableCell { .number(values[c * features.count + j], .general(4)) }
    if names.count <= 12 {
      return TableExhibit(
        caption: caption,
        columns: [TableColumn("feature")] + names.map { TableColumn("cluster \($0)", .numeric) },
        rows: features.indices.map { j in
          [.code(features[j])] + names.indices.map { cell($0, j) }
        },
        visibleRows: 12
      )
    }
    return TableExhibit(
      caption: caption,
      columns: [TableColumn("cluster")] + features.map { TableColumn($0, .numeric) },
      rows: names.indices.map { c in
        [.text(names[c])] + features.indices.map { cell(c, $0) }
      },
      visibleRows: 12
    )
  }

  /// The spread of the silhouettes in each cluster.
  static func silhouettes(_ names: [String], _ cases: ClusterCases, _ values: [Double]) -> Exhibit {
    let boxes = names.indices.prefix(most).compactMap { c -> BoxChart.Box? in
      let own = cases.assigned.indices.filter { cases.assigned[$0] == Int32(c) }
        .map { values[$0] }.sorted()
      guard let low = own.first, let high = own.last else { return nil }
      return BoxChart.Box(
        "cluster \(names[c])",
        low: low,
        lowerQuartile: quantile(own, 0.25),
        median: quantile(own, 0.5),
        upperQuartile: quantile(own, 0.75),
        high: high
      )
    }
    let below = values.count { $0 < 0 }
    return .chart(
      .box(
        BoxChart(
          ChartText(
            "Silhouettes by cluster",
            "Near 1 a row lies well inside its cluster, below 0 nearer to another; "
              + "\(NumberFormat.standard(.integer(below))) of "
              + "\(NumberFormat.standard(.integer(values.count))) rows are below 0.",
            note: "Whiskers reach the least and the largest."
          ),
          axis: ChartAxis("silhouette"),
          boxes: boxes
        )
      )
    )
  }

  /// The value at a share of sorted numbers, between two of them where it falls there.
  private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let (low, high) = (Int(place), min(Int(place) + 1, sorted.count - 1))
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
  }

  /// The rows over the two directions in which they vary most; nil for fewer than two features or
  /// more than 500.
  static func plane(_ names: [String], _ cases: ClusterCases) -> Exhibit? {
    guard let plane = PrincipalPlane(cases) else { return nil }
    let every = max(1, (cases.assigned.count + points - 1) / points)
    let shown = Array(stride(from: 0, to: cases.assigned.count, by: every))
    let sizes = names.indices.map { c in cases.assigned.count { $0 == Int32(c) } }
    let ranked = names.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    let own = Set(names.count <= coloured + 1 ? ranked : Array(ranked.prefix(coloured)))
    func series(_ name: String, _ belongs: (Int) -> Bool) -> ScatterChart.Series {
      let rows = shown.filter { belongs(Int(cases.assigned[$0])) }
      return ScatterChart.Series(name, x: rows.map { plane.x[$0] }, y: rows.map { plane.y[$0] })
    }
    var all = names.indices.filter { own.contains($0) && sizes[$0] > 0 }.map { c in
      series("cluster \(names[c])") { $0 == c }
    }
    if own.count < names.count { all.append(series("others") { !own.contains($0) }) }
    let shares = plane.shares.map { DecimalText.fixed($0 * 100, decimals: 1) + " %" }
    return .chart(
      .scatter(
        ScatterChart(
          ChartText(
            "Clusters over the first two principal components",
            "Each point is a row; the two directions hold \(shares[0]) and \(shares[1]) of the "
              + "features' variance.",
            note: every > 1 ? "Every \(every)th row is drawn." : nil
          ),
          x: ChartAxis("first component"),
          y: ChartAxis("second component"),
          series: all.filter { !$0.x.isEmpty }
        )
      )
    )
  }
}

/// Rows in the two directions in which they vary most.
struct PrincipalPlane {
  private(set) var x: [Double] = []
  private(set) var y: [Double] = []
  /// What each direction holds of the variance.
  private(set) var shares: [Double] = []

  init?(_ cases: ClusterCases) {
    let (width, count) = (cases.width, cases.assigned.count)
    guard (2...500).contains(width), count > 0 else { return nil }
    var means = [Double](repeating: 0, count: width)
    for row in 0..<count {
      for j in 0..<width { means[j] += cases.values[row * width + j] }
    }
    means = means.map { $0 / Double(count) }
    var centred = cases.values
    for i in centred.indices { centred[i] -= means[i % width] }
    let matrix = Matrix(rows: count, columns: width, elements: centred)
    let eigen = SymmetricEigen(MatrixProduct.gram(matrix))
    let total = eigen.values.reduce(0) { $0 + max($1, 0) }
    guard eigen.hasConverged, total > 0 else { return nil }
    let ends = [width - 1, width - 2]
    shares = ends.map { max(eigen.values[$0], 0) / total }
    x = MatrixProduct.product(matrix, eigen.vectors.column(ends[0]))
    y = MatrixProduct.product(matrix, eigen.vectors.column(ends[1]))
  }
}
