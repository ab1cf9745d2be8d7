import ColophonCore
import ColophonMath

/// Series with a trend and a season.
///
/// value = `level` + `trend` · step + `amplitude` · sin(2π (step / `period` + phase)) + `noise` ·
/// N(0, 1), where row i is step i div `series` of the series i mod `series`. The first series has
/// phase 0; further ones have a phase from U(0, 1) and a level times a factor from U(½, 3/2).
struct SeriesGenerator: Generator {
  static let name = "series"
  static let summary = "Time series with a trend and a season."

  var series: Int
  var level: Double
  var trend: Double
  var amplitude: Double
  var period: Double
  var noise: Double

  init(reading fields: inout FieldReader) {
    series = fields.integer("series", in: 1...100_000, default: 1, "How many series.")
    level = fields.number("level", in: .finite, default: 10, "The value at the first step.")
    trend = fields.number("trend", in: .finite, default: 0.05, "What each step adds.")
    amplitude = fields.number("amplitude", in: .finite, default: 3, "Half the season's height.")
    period = fields.number("period", in: .above(0), default: 12, "How many steps a season takes.")
    noise = fields.noise("the values")
  }

  var columns: [String] { (series > 1 ? ["series"] : []) + ["step", "value"] }
  var task: Task { .regression }
  var target: String { "value" }
  var time: String? { "step" }
  var group: String? { series > 1 ? "series" : nil }

  func values(_ draw: SyntheticDrawing) -> [[Double]] {
    var random = draw.random("series")
    let shapes = (0..<series).map { index -> (phase: Double, level: Double) in
      let (phase, factor) = (random.uniform(), 0.5 + random.uniform())
      return index == 0 ? (0, level) : (phase, level * factor)
    }
    let steps = (0..<draw.rows).map { Double($0 / series) }
    let values = steps.enumerated().map { row, step -> Double in
      let shape = shapes[row % series]
      let wave = Elementary.sin(2 * Double.pi * (step / period + shape.phase))
      return shape.level + trend * step + amplitude * wave
    }
    let names = (0..<draw.rows).map { Double($0 % series) }
    return (series > 1 ? [names] : []) + [steps, draw.adding(noise, to: values)]
  }
}
