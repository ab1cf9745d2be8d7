package import ColophonCore
import ColophonData

/// Everything that it takes to go on with a job after one of its rounds, as plain data.
package struct Checkpoint: Hashable, Sendable {
  /// Which job it belongs to; a checkpoint of another job is never restored.
  package var job: Digest
  /// Rounds that are done, from 1.
  package var round: Int
  /// The most rounds that the job may take.
  package var rounds: Int
  package var history: MetricHistory
  /// The best round so far and its metric's value, under early stopping.
  package var best: Best?
  /// What the learner wrote.
  package var learner: [UInt8]
  /// What the observer wrote.
  package var observer: [UInt8]

  /// The best round so far.
  package struct Best: Hashable, Sendable {
    package var round: Int
    package var value: Double

    package init(round: Int, value: Double) {
      self.round = round
      self.value = value
    }
  }

  package init(
    job: Digest,
    round: Int,
    rounds: Int,
    history: MetricHistory,
    best: Best? = nil,
    learner: [UInt8],
    observer: [UInt8] = []
  ) {
    self.job = job
    self.round = round
    self.rounds = rounds
    self.history = history
    self.best = best
    self.learner = learner
    self.observer = observer
  }
}

extension Checkpoint {
  /// What stands before the numbers: names and lengths.
  private struct Header: Codable {
    var format: String
    var job: Digest
    var round: Int
    var rounds: Int
    var metrics: [String]
    var splits: [String]
    var best: Int?
    var learner: Int
  }

  /// Keeps other bytes from being taken for a checkpoint; its number is the layout's version.
  private static let format = "colophon-checkpoint/1"

  /// The bytes, exact to the last bit of each number: the header, the best value, each metric of
  /// each round (a byte that tells whether it is there, and its eight bytes), the learner's bytes,
  /// the observer's.
  package func encoded() throws -> [UInt8] {
    let header = Header(
      format: Checkpoint.format,
      job: job,
      round: round,
      rounds: rounds,
      metrics: history.metrics,
      splits: history.splits.map { $0.rawValue },
      best: best?.round,
      learner: learner.count
    )
    var body: [UInt8] = []
    if let best { Checkpoint.append(best.value, to: &body) }
    for value in history.rounds.joined().joined() {
      body.append(value == nil ? 0 : 1)
      Checkpoint.append(value ?? 0, to: &body)
    }
    return HeadedBytes(header: try Value(encoding: header), body: body + learner + observer)
      .encoded()
  }

  /// Reads back what `encoded` wrote; nil for anything else.
  package init?(decoding bytes: [UInt8]) {
    guard let parts = HeadedBytes(decoding: bytes),
      let header = try? parts.header.decode(Header.self), header.format == Checkpoint.format,
      header.round > 0, header.learner >= 0
    else { return nil }
    let splits = header.splits.compactMap { Split(rawValue: $0) }
    guard splits.count == header.splits.count else { return nil }
    var rest = parts.body[...]
    if let round = header.best {
      guard let value = Checkpoint.number(&rest) else { return nil }
      best = Best(round: round, value: value)
    }
    history = MetricHistory(metrics: header.metrics, splits: splits)
    for _ in 0..<header.round {
      guard let row = Checkpoint.row(&rest, splits.count, header.metrics.count) else { return nil }
      history.append(row)
    }
    guard rest.count >= header.learner else { return nil }
    job = header.job
    round = header.round
    rounds = header.rounds
    learner = Array(rest.prefix(header.learner))
    observer = Array(rest.dropFirst(header.learner))
  }

  private static func append(_ number: Double, to bytes: inout [UInt8]) {
    let bits = number.bitPattern
    for shift in stride(from: 0, to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
  }

  private static func number(_ bytes: inout ArraySlice<UInt8>) -> Double? {
    guard bytes.count >= 8 else { return nil }
    let bits = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    bytes = bytes.dropFirst(8)
    return Double(bitPattern: bits)
  }

  /// A round's metrics by split.
  private static func row(
    _ bytes: inout ArraySlice<UInt8>,
    _ splits: Int,
    _ metrics: Int
  ) -> [[Double?]]? {
    var row: [[Double?]] = []
    for _ in 0..<splits {
      var values: [Double?] = []
      for _ in 0..<metrics {
        guard let isThere = bytes.popFirst(), let value = number(&bytes) else { return nil }
        values.append(isThere == 1 ? value : nil)
      }
      row.append(values)
    }
    return row
  }
}
