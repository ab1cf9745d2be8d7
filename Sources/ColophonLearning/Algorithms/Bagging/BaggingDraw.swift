import ColophonCore
import ColophonData
import ColophonMath

/// The rows and features of one member, drawn from the member's own streams.
struct BaggingDraw: Hashable, Sendable {
  /// Places of the training rows, ascending; a row that was drawn twice stands there twice.
  let rows: [Int]
  /// Places of the features, ascending; nil for all.
  let columns: [Int]?

  /// `member` counts from 0.
  init(_ recipe: Bagging, member: Int, rows count: Int, features width: Int, _ job: TrainingJob)
    throws
  {
    guard let taken = recipe.samples.count(of: count)
    else { throw TrainingFault.portion("max_samples", recipe.samples, of: count, "training rows") }
    guard let wide = recipe.features.count(of: max(1, width))
    else { throw TrainingFault.portion("max_features", recipe.features, of: width, "features") }
    var stream = job.random("member \(member) rows")
    rows = BaggingDraw.draw(taken, of: count, again: recipe.bootstrap, &stream)
    guard width > 0, wide < width || recipe.bootstrapFeatures else {
      columns = nil
      return
    }
    stream = job.random("member \(member) features")
    columns = BaggingDraw.draw(wide, of: width, again: recipe.bootstrapFeatures, &stream)
  }

  private static func draw(
    _ taken: Int,
    of count: Int,
    again: Bool,
    _ stream: inout RandomStream
  ) -> [Int] {
    if again { return stream.indices(taken, below: count).map { Int($0) }.sorted() }
    return taken == count ? Array(0..<count) : stream.sample(taken, of: count).sorted()
  }

  /// The rows that were not drawn, ascending.
  func left(of count: Int) -> [Int] {
    var isDrawn = [Bool](repeating: false, count: count)
    for row in rows { isDrawn[row] = true }
    return isDrawn.indices.filter { !isDrawn[$0] }
  }

  /// How many different rows there are.
  var distinct: Int {
    zip(rows, rows.dropFirst()).reduce(min(1, rows.count)) { $0 + ($1.0 == $1.1 ? 0 : 1) }
  }
}

extension TrainingFault {
  fileprivate static func portion(
    _ name: String,
    _ portion: Portion,
    of total: Int,
    _ things: String
  ) -> TrainingFault {
    guard case .count(let count) = portion else { return .noRows }
    return .portion(name, count, of: total, things)
  }
}
