import ColophonCore
import ColophonMath

extension DeepARLearner {
  /// What stands before the numbers of a checkpoint.
  private struct Header: Codable {
    var step: Int
    var log: NetworkLog
    var hasRemembered: Bool
  }

  private var vectors: [FloatStorage] { [memory.parameters] + memory.memories }

  /// The steps and the log; then the weights, the optimiser's vectors and the remembered weights.
  ///
  /// What is drawn for an epoch or a step is keyed by its number, so that streams have no state.
  func checkpoint() throws -> [UInt8] {
    let header = Header(step: step, log: log, hasRemembered: remembered != nil)
    return HeadedBytes(
      header: try Value(encoding: header),
      body: vectors.flatMap { FloatBytes.bytes($0.elements) } + FloatBytes.bytes(remembered ?? [])
    ).encoded()
  }

  mutating func restore(_ checkpoint: [UInt8]) throws {
    let size = memory.parameters.count
    guard let parts = HeadedBytes(decoding: checkpoint),
      let header = try? parts.header.decode(Header.self),
      let numbers = FloatBytes.numbers(parts.body[...]),
      numbers.count == size * (vectors.count + (header.hasRemembered ? 1 : 0))
    else { throw TrainingFault.damagedModel(DeepAR.name) }
    for (place, vector) in vectors.enumerated() {
      vector.fill(with: Array(numbers[place * size..<(place + 1) * size]))
    }
    remembered = header.hasRemembered ? Array(numbers.suffix(size)) : nil
    step = header.step
    log = header.log
  }
}
