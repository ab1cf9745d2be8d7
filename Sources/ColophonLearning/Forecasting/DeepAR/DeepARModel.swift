import ColophonCore
package import ColophonData
import ColophonMath

/// A network that forecasts by drawing paths.
package struct DeepARModel: ForecastingModel {
  package static var algorithm: String { DeepAR.name }
  package let terms: ForecastTerms
  let shape: DeepARShape
  let inputs: DeepARInputs
  /// Keys what is drawn, with the series' name and the step that a forecast begins at: what is drawn
  /// for one never depends on what else is forecast.
  let seed: UInt64
  let parameters: [Float]

  package var parameterCount: Int { parameters.count }
  /// The network of one step.
  var network: Network { shape.network(inputs, steps: 1, dropout: 0) }

  package func forecast(
    _ grid: SeriesGrid,
    _ blocks: [SeriesGrid.Block],
    threads: Int
  ) throws -> [BlockForecast] {
    guard !blocks.isEmpty else { return [] }
    let weights = FloatStorage(parameters)
    // Some blocks at a time, so that paths take no more room than a few megabytes.
    let size = max(1, DeepARModel.paths / shape.samples)
    var forecasts: [BlockForecast] = []
    for start in stride(from: 0, to: blocks.count, by: size) {
      let part = Array(blocks[start..<min(start + size, blocks.count)])
      forecasts += DeepARPaths(self, grid, part, weights, threads).draw()
    }
    return forecasts
  }

  /// How many paths are drawn at a time.
  private static let paths = 4_000
}

extension DeepARModel {
  /// What stands before the weights.
  private struct Header: Codable {
    var kind: String
    var terms: ForecastTerms
    var shape: DeepARShape
    var inputs: DeepARInputs
    var seed: String
  }

  private static let kind = "deepar/1"

  /// The header and the weights, four bytes each, least significant first.
  package func encoded() throws -> [UInt8] {
    let header = Header(
      kind: DeepARModel.kind,
      terms: terms,
      shape: shape,
      inputs: inputs,
      seed: String(seed)
    )
    return HeadedBytes(header: try Value(encoding: header), body: FloatBytes.bytes(parameters))
      .encoded()
  }

  /// Reads back what `encoded` wrote; nil for anything else.
  init?(decoding bytes: [UInt8]) {
    guard let parts = HeadedBytes(decoding: bytes),
      let header = try? parts.header.decode(Header.self), header.kind == DeepARModel.kind,
      let seed = UInt64(header.seed), let parameters = FloatBytes.numbers(parts.body[...]),
      header.shape.layers > 0, header.shape.cells > 0, header.shape.samples > 1,
      header.terms.length > 0, header.shape.context > 0
    else { return nil }
    let network = header.shape.network(header.inputs, steps: 1, dropout: 0)
    guard network.plan.parameterCount == parameters.count else { return nil }
    self.init(
      terms: header.terms,
      shape: header.shape,
      inputs: header.inputs,
      seed: seed,
      parameters: parameters
    )
  }
}
