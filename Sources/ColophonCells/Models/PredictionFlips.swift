package import ColophonCore
import ColophonData
import ColophonLearning

/// How the answers of two models differ on the same rows: who was right where the other was wrong.
package struct PredictionFlips: Hashable, Sendable {
  /// The rows that both answered.
  package var rows = 0
  /// Rows whose answer changed.
  package var changed = 0
  /// Wrong before, right now; and right before, wrong now.
  package var mended = 0
  package var broken = 0
  /// Regression: the mean absolute difference of the answers.
  package var meanDifference: Double?
  /// The first rows of each sort, by their position in the data.
  package var mendedRows: [Int] = []
  package var brokenRows: [Int] = []

  /// How many rows are named.
  private static let named = 10

  /// Asks both models about the test rows of the data that the newer one learned from.
  ///
  /// Classes are compared by the likeliest class (a score of at least one half for binary tasks).
  /// - Parameters:
  ///   - was: The older model's bytes.
  ///   - now: The newer model's bytes.
  ///   - data: The bytes of a dataset by its digest; nil where the store has them no more.
  /// - Throws: `CellFailure` where the two can't be asked the same.
  package init(was: [UInt8], now: [UInt8], data: (Digest) throws -> [UInt8]?) throws {
    let old: TrainedModel
    let new: TrainedModel
    do {
      old = try TrainedModel(decoding: was)
      new = try TrainedModel(decoding: now)
    } catch { throw CellFailure("a stored model can't be read by this engine") }
    guard let digest = new.data, let bytes = try data(digest) else {
      throw CellFailure("the store has the models' data no more")
    }
    let dataset = try Dataset.decodedArtifact(bytes)
    let rows = dataset.rows(of: .test)
    guard !rows.isEmpty, let labels = dataset.labels(of: rows) else {
      throw CellFailure("the data has no test rows with labels")
    }
    guard old.task == new.task, old.classes == new.classes else {
      throw CellFailure("the models answer different questions")
    }
    let answers: (Predictions, Predictions)
    do {
      answers = (try old.predict(dataset, rows: rows), try new.predict(dataset, rows: rows))
    } catch let faults as DataFaults {
      throw CellFailure(
        "the older model can't be asked about the newer one's data: "
          + (faults.faults.first?.message ?? "")
      )
    }
    self.rows = rows.count
    guard case .classes(let truth) = labels, let a = PredictionFlips.classes(answers.0),
      let b = PredictionFlips.classes(answers.1)
    else {
      guard case .regression(let x) = answers.0, case .regression(let y) = answers.1 else {
        throw CellFailure("answers of this task can't be compared row by row")
      }
      meanDifference =
        zip(x, y).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(rows.count)
      changed = zip(x, y).count { $0 != $1 }
      return
    }
    for i in rows.indices where a[i] != b[i] {
      changed += 1
      if b[i] == truth[i] {
        mended += 1
        if mendedRows.count < PredictionFlips.named { mendedRows.append(rows[i]) }
      } else if a[i] == truth[i] {
        broken += 1
        if brokenRows.count < PredictionFlips.named { brokenRows.append(rows[i]) }
      }
    }
  }

  private static func classes(_ predictions: Predictions) -> [Int32]? {
    switch predictions {
    case .binary(let scores): scores.map { $0 >= 0.5 ? 1 : 0 }
    case .multiclass(let probabilities, let count):
      stride(from: 0, to: probabilities.count, by: count).map { start in
        var best = 0
        for c in 1..<count where probabilities[start + c] > probabilities[start + best] { best = c }
        return Int32(best)
      }
    case .regression, .clusters, .forecasts: nil
    }
  }

  package var value: Value {
    var members: [String: Value] = [
      "rows": .integer(rows), "changed": .integer(changed), "mended": .integer(mended),
      "broken": .integer(broken),
      "mended_rows": .array(mendedRows.map { .integer($0) }),
      "broken_rows": .array(brokenRows.map { .integer($0) }),
    ]
    if let meanDifference { members["mean_difference"] = .number(meanDifference) }
    return .object(members)
  }

  package var text: String {
    if let meanDifference {
      return "\(changed) of \(rows) test rows are answered otherwise, by "
        + "\(DecimalText.general(meanDifference, digits: 4)) on average\n"
    }
    func list(_ rows: [Int], of count: Int) -> String {
      guard count > 0 else { return "" }
      let names = rows.map { String($0) }.joined(separator: ", ")
      return " (rows \(names)\(count > rows.count ? " …" : ""))"
    }
    return "\(changed) of \(rows) test rows are answered otherwise: \(mended) mended"
      + "\(list(mendedRows, of: mended)), \(broken) broken\(list(brokenRows, of: broken))\n"
  }
}
