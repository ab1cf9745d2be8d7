import ColophonCore
import ColophonMath

/// Draws the windows that an epoch learns from.
///
/// A window's forecast lies in its series whole; what it reads before that may begin before the
/// series does, so that the network learns how to begin.
struct DeepARSampler: Sendable {
  struct Window: Hashable, Sendable {
    var series: Int
    /// The first step that is forecast.
    var start: Int
  }

  /// The series that are long enough, and the first steps that their forecasts may have.
  let usable: [Int]
  private let starts: [ClosedRange<Int>]
  /// How many windows an epoch has.
  let windows: Int
  private let table: AliasTable

  init(_ grid: SeriesGrid, _ recipe: DeepAR) throws {
    let length = recipe.terms.length
    usable = grid.series.indices.filter { grid.series[$0].count > length }
    guard !usable.isEmpty else {
      throw TrainingFault(
        "train.series",
        "no series is longer than prediction_length, \(length) steps",
        hint: "lower prediction_length",
        field: "hyperparameters.prediction_length"
      )
    }
    starts = usable.map { 1...grid.series[$0].count - length }
    let steps = usable.reduce(0) { $0 + grid.series[$1].count }
    windows = recipe.windows ?? max(1, (steps + length - 1) / length)
    let sizes = usable.map { place -> Double in
      let values = grid.series[place].values.filter { !$0.isNaN }
      let mean = values.reduce(0) { $0 + $1.magnitude } / Double(max(1, values.count))
      return recipe.isWeighted ? mean + recipe.shape.scorer.scaleOffset : 1
    }
    table = AliasTable(weights: sizes.contains { $0 > 0 } ? sizes : sizes.map { _ in 1 })
  }

  func draw(_ random: inout RandomStream) -> [Window] {
    (0..<windows).map { _ in
      let place = table.draw(from: &random)
      let range = starts[place]
      return Window(
        series: usable[place],
        start: range.lowerBound + random.integer(below: range.count)
      )
    }
  }
}
