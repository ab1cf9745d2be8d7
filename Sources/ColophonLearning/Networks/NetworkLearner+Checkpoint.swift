import ColophonCore
import ColophonMath

extension NetworkLearner {
  /// What stands before the numbers of a checkpoint.
  private struct Header: Codable {
    var step: Int
    var schedule: [String]
    var log: NetworkLog
    var hasRemembered: Bool
  }

  /// The steps, the schedule's memory and the log; then the weights, the optimiser's vectors and the
  /// remembered weights.
  ///
  /// What is drawn for an epoch or a step is keyed by its number, so that streams have no state.
  func checkpoint() throws -> [UInt8] {
    let header = Header(
      step: step,
      schedule: schedule.memory.map { String($0.bitPattern) },
      log: log,
      hasRemembered: remembered != nil
    )
    let vectors = [memory.parameters] + memory.memories
    return HeadedBytes(
      header: try Value(encoding: header),
      body: vectors.flatMap { FloatBytes.bytes($0.elements) }
        + FloatBytes.bytes(remembered ?? [])
    ).encoded()
  }

  mutating func restore(_ checkpoint: [UInt8]) throws {
    let vectors = [memory.parameters] + memory.memories
    let size = memory.parameters.count
    guard let parts = HeadedBytes(decoding: checkpoint),
      let header = try? parts.header.decode(Header.self),
      parts.body.count == 4 * size * (vectors.count + (header.hasRemembered ? 1 : 0))
    else { throw TrainingFault.damagedModel(algorithm) }
    func numbers(_ index: Int) throws -> [Float] {
      let bytes = parts.body[4 * size * index..<4 * size * (index + 1)]
      guard let numbers = FloatBytes.numbers(bytes) else {
        throw TrainingFault.damagedModel(algorithm)
      }
      return numbers
    }
    for (index, vector) in vectors.enumerated() { vector.fill(with: try numbers(index)) }
    remembered = header.hasRemembered ? try numbers(vectors.count) : nil
    step = header.step
    log = header.log
    schedule.memory = header.schedule.compactMap { UInt64($0).map { Double(bitPattern: $0) } }
  }
}
