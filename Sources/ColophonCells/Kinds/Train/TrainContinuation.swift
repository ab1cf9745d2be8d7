import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import ColophonReport

/// What there is to say of a job that went on from a model: where from, how far, and whether the
/// new rows are still like the old ones.
struct TrainContinuation: Sendable {
  /// The cell that made the first model, and that model's digest.
  let cell: String
  let model: Digest?
  /// Rounds of the first model and of the new one, where they were made in rounds.
  let roundsBefore: Int?
  let roundsAfter: Int?
  /// What the first model has never seen, by column.
  let unknown: [(column: String, levels: [String], rows: Int)]
  /// Each column's population stability index; nil where the old data is no longer kept.
  let drift: [ColumnDrift]?

  init(
    _ cell: String,
    _ initial: TrainedModel?,
    _ dataset: Dataset,
    _ result: TrainingResult,
    _ workshop: Workshop
  ) throws {
    self.cell = cell
    model = workshop.digest(ofArtifactOf: cell)
    let values = workshop.values(of: cell)
    let isIterative = initial.flatMap { algorithms[$0.algorithm]?.isIterative } == true
    let before = (values?["rounds_after"] ?? values?["best_epoch"])?.asNumber.map { Int($0) }
    roundsBefore = isIterative ? before : nil
    roundsAfter = isIterative ? before.map { $0 + result.keptRound } : nil
    let rows = dataset.rows(of: .train)
    unknown = initial?.unknownLevels(in: dataset, rows: rows) ?? []
    let old = try initial?.data.flatMap { digest -> Dataset? in
      do { return try workshop.load(Dataset.self, digest: digest) } catch is CellFailure {
        return nil
      }
    }
    drift = old.map { old in
      ColumnDrift.columns(
        initial?.encoding.parts.map { $0.column } ?? [],
        from: old,
        rows: old.rows(of: .train),
        to: dataset,
        rows: rows
      )
    }
  }

  /// The columns that have drifted far, the farthest first, ties in the columns' order.
  private var drifted: [ColumnDrift] {
    let far = (drift ?? []).enumerated().filter { $0.element.index > ColumnDrift.farBound }
    return far.sorted { ($1.element.index, $0.offset) < ($0.element.index, $1.offset) }
      .map { $0.element }
  }

  var values: [String: Value] {
    var values: [String: Value] = [:]
    if let model { values["from"] = .string(model.description) }
    if let roundsBefore { values["rounds_before"] = .integer(roundsBefore) }
    if let roundsAfter { values["rounds_after"] = .integer(roundsAfter) }
    if let drift {
      let pairs = drift.map { ($0.column, Value.number($0.index)) }
      values["drift"] = .object(Dictionary(pairs) { first, _ in first })
    }
    return values
  }

  var facts: [Fact] {
    var facts = [
      Fact("goes on from", cell, note: roundsBefore.map { "\(grouped($0)) rounds" })
    ]
    if let roundsAfter { facts.append(Fact("rounds in all", grouped(roundsAfter))) }
    if let drift {
      let worst = drift.map { $0.index }.max()
      facts.append(
        Fact(
          "drift",
          worst.map { DecimalText.general($0, digits: 3) } ?? "no columns",
          note: "largest population stability index"
        )
      )
    } else {
      facts.append(Fact("drift", "not measured", note: "the first model's data is not kept"))
    }
    return facts
  }

  private func grouped(_ count: Int) -> String { DecimalText.grouped(String(count)) }

  var advice: [Advice] {
    var advice: [Advice] = []
    if !drifted.isEmpty {
      let columns = drifted.prefix(3).map {
        "'\($0.column)' \(DecimalText.general($0.index, digits: 3))"
      }
      let more = drifted.count > 3 ? " and \(drifted.count - 3) more" : ""
      advice.append(
        Advice(
          TrainingFault.continuation.description,
          "the new rows have drifted far from those that '\(cell)' learned from (population "
            + "stability index above \(ColumnDrift.farBound): \(columns.joined(separator: ", "))"
            + "\(more))",
          hint: "train a new model on all the data, and compare both on either test split",
          field: "from"
        )
      )
    }
    return advice
      + unknown.map { column, levels, rows in
        let shown = levels.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
        let more = levels.count > 3 ? " and \(levels.count - 3) more" : ""
        return Advice(
          "data.new-level",
          "the model of '\(cell)' does not know \(shown)\(more) of column '\(column)', which stand in "
            + "\(rows) training \(rows == 1 ? "row" : "rows"): there the column is unknown",
          hint: "features stay those of the first model; only a new model learns new levels",
          field: "from"
        )
      }
  }
}
