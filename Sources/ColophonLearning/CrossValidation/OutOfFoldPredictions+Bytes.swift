import ColophonCore
import ColophonData

extension OutOfFoldPredictions {
  /// What stands before the numbers.
  private struct Header: Codable {
    var format: String
    var task: Task
    var classes: [String]
    var rows: Int
    var labels: String
    var predictions: String
    /// Classes or clusters of the predictions; 1 where a row has one number.
    var width: Int
    /// The quantiles of forecasts.
    var levels: [Double]?
  }

  private static let format = "colophon-out-of-fold/1"

  /// The bytes, exact to the last bit: a header, then eight bytes each for the rows, the folds, the
  /// labels and the predictions.
  package func encoded() throws -> [UInt8] {
    var (labelForm, labelBits) = ("absent", [UInt64]())
    switch labels {
    case .classes(let codes): (labelForm, labelBits) = ("classes", codes.map { bits($0) })
    case .numbers(let values): (labelForm, labelBits) = ("numbers", values.map { $0.bitPattern })
    case .absent: break
    }
    let (form, width, predicted) = predictedBits
    let header = Header(
      format: OutOfFoldPredictions.format,
      task: task,
      classes: classes,
      rows: rows.count,
      labels: labelForm,
      predictions: form,
      width: width,
      levels: levels
    )
    let words = rows.map { UInt64($0) } + folds.map { bits($0) } + labelBits + predicted
    var body: [UInt8] = []
    body.reserveCapacity(words.count * 8)
    for word in words {
      for shift in stride(from: 0, to: 64, by: 8) {
        body.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    return HeadedBytes(header: try Value(encoding: header), body: body).encoded()
  }

  private func bits(_ code: Int32) -> UInt64 { UInt64(bitPattern: Int64(code)) }

  private var predictedBits: (form: String, width: Int, bits: [UInt64]) {
    switch predictions {
    case .binary(let scores): ("binary", 1, scores.map { $0.bitPattern })
    case .regression(let values): ("regression", 1, values.map { $0.bitPattern })
    case .multiclass(let values, let classes):
      ("multiclass", classes, values.map { $0.bitPattern })
    case .clusters(let codes, let count, _): ("clusters", count, codes.map { bits($0) })
    case .forecasts(let values, let beside):
      ("forecasts", 4 + beside.levels.count, bits(values, beside))
    }
  }

  private var levels: [Double]? {
    if case .forecasts(_, let beside) = predictions { beside.levels } else { nil }
  }

  /// By row: the number, the series, the place there, what errors are measured by, the quantiles.
  private func bits(_ values: [Double], _ beside: Forecasts) -> [UInt64] {
    values.indices.flatMap { row in
      [
        values[row].bitPattern, bits(beside.series[row]), bits(beside.steps[row]),
        (beside.scales?[row] ?? .nan).bitPattern,
      ] + beside.levels.indices.map { beside.quantile(row, $0).bitPattern }
    }
  }

  /// Reads back what `bits` wrote.
  private static func forecasts(_ words: ArraySlice<UInt64>, _ levels: [Double]) -> Predictions {
    let rows = stride(from: words.startIndex, to: words.endIndex, by: 4 + levels.count)
    func number(_ word: UInt64) -> Double { Double(bitPattern: word) }
    return .forecasts(
      rows.map { number(words[$0]) },
      Forecasts(
        levels: levels,
        quantiles: rows.flatMap { row in levels.indices.map { number(words[row + 4 + $0]) } },
        series: rows.map { Int32(truncatingIfNeeded: words[$0 + 1]) },
        steps: rows.map { Int32(truncatingIfNeeded: words[$0 + 2]) },
        scales: rows.map { number(words[$0 + 3]) }
      )
    )
  }

  /// Reads back what `encoded` wrote.
  ///
  /// - Throws: `TrainingFault` where the bytes are something else.
  package init(decoding bytes: [UInt8]) throws {
    let damage = TrainingFault("train.model", "the bytes are no out-of-fold predictions")
    guard let parts = HeadedBytes(decoding: bytes),
      let header = try? parts.header.decode(Header.self),
      header.format == OutOfFoldPredictions.format, header.rows >= 0, header.width > 0,
      parts.body.count.isMultiple(of: 8)
    else { throw damage }
    let words = stride(from: 0, to: parts.body.count, by: 8).map { start in
      parts.body[start..<start + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    let labelled = header.labels == "absent" ? 0 : header.rows
    let isWide = ["multiclass", "forecasts"].contains(header.predictions)
    let perRow = isWide ? header.width : 1
    guard header.predictions != "forecasts" || header.levels.map({ $0.count + 4 }) == perRow
    else { throw damage }
    let (predicted, overflow) = header.rows.multipliedReportingOverflow(by: perRow)
    guard !overflow, words.count == 2 * header.rows + labelled + predicted else { throw damage }
    let codes = { (words: ArraySlice<UInt64>) in words.map { Int32(truncatingIfNeeded: $0) } }
    let numbers = { (words: ArraySlice<UInt64>) in words.map { Double(bitPattern: $0) } }
    let labelWords = words[(2 * header.rows)..<(2 * header.rows + labelled)]
    let rest = words[(2 * header.rows + labelled)...]
    let labels: Labels =
      switch header.labels {
      case "classes": .classes(codes(labelWords))
      case "numbers": .numbers(numbers(labelWords))
      default: .absent(rows: header.rows)
      }
    let predictions: Predictions =
      switch header.predictions {
      case "binary": .binary(scores: numbers(rest))
      case "regression": .regression(numbers(rest))
      case "multiclass": .multiclass(probabilities: numbers(rest), classes: header.width)
      case "clusters": .clusters(codes(rest), count: header.width)
      case "forecasts": OutOfFoldPredictions.forecasts(rest, header.levels ?? [])
      default: throw damage
      }
    self.init(
      rows: words[..<header.rows].map { Int(truncatingIfNeeded: $0) },
      folds: codes(words[header.rows..<(2 * header.rows)]),
      task: header.task,
      classes: header.classes,
      labels: labels,
      predictions: predictions
    )
  }
}
