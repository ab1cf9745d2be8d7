import ColophonCore
import ColophonReport
import ColophonTuning

extension TuneReport {
  /// The jobs, the best first; those without an objective last.
  var leaderboard: Exhibit {
    let names = kind.ranges.map { $0.name.value }
    let direction = run.objective.direction
    let order = result.jobs.sorted { a, b in
      let (x, y) = (a.trial.objective, b.trial.objective)
      guard let x, let y else { return (x == nil ? 1 : 0, a.number) < (y == nil ? 1 : 0, b.number) }
      return (direction.loss(x), a.number) < (direction.loss(y), b.number)
    }
    let rows = order.map { job -> [TableCell] in
      let settings = names.map { name in
        job.trial.configuration[name].map { cell($0) } ?? .missing
      }
      return [.count(job.number), .text(job.status)]
        + [job.trial.objective.map { .number($0, .general(5)) } ?? .missing] + settings
        + [.count(job.epochs)] + (job.stamp.map { [.code(String($0.hex.prefix(8)))] } ?? [])
    }
    let isStamped = result.jobs.contains { $0.stamp != nil }
    return .table(
      TableExhibit(
        caption: "Jobs, the best first",
        columns: [
          TableColumn("job", .numeric), TableColumn("status"), TableColumn(objectiveName, .numeric),
        ]
          + zip(names, kind.ranges).map { name, range in
            if case .categorical = range.range.kind { return TableColumn(name) }
            return TableColumn(name, .numeric)
          } + [TableColumn("epochs", .numeric)] + (isStamped ? [TableColumn("stamp")] : []),
        rows: rows,
        visibleRows: 10
      )
    )
  }

  private func cell(_ value: Value) -> TableCell {
    switch value {
    case .integer(let number): .number(Double(number), .thousands)
    case .number(let number): .number(number, .general(4))
    default: .code(text(value))
    }
  }

  /// The best settings as a cell of a notebook.
  var bestCell: Exhibit? {
    let lines = kind.ranges.compactMap { range -> String? in
      guard let value = result.best.configuration[range.name.value] else { return nil }
      return "  \(range.name.value): \(TuneReport.yaml(value))"
    }
    let fixed = TuneRun.settings(run.base).filter { entry in
      run.base.writtenHyperparameters.contains(entry.key)
        && !kind.ranges.contains { $0.name.value == entry.key }
    }.sorted { $0.key < $1.key }.map { "  \($0.key): \(TuneReport.yaml($0.value))" }
    let head =
      [
        "```yaml train \(run.template.trainCell)",
        run.base.train.dataCell.map { "data: \($0)" },
        kind.algorithmName.map { "algorithm: \($0)" },
      ].compactMap { $0 } + programLines + ["hyperparameters:"]
    return .listing(
      caption: "The best settings, to paste in the place of \(run.template.trainCell)",
      text: (head + fixed + lines + ["```"]).joined(separator: "\n")
    )
  }

  /// What a script's cell needs beside its settings: its program and how its metrics are found.
  private var programLines: [String] {
    guard let script = run.base.train.script else { return [] }
    func list(_ words: [String]) -> String {
      "[" + words.map { Value.string($0).canonicalText }.joined(separator: ", ") + "]"
    }
    let metrics = script.metrics.map { metric in
      let name = Value.string(metric.name).canonicalText
      return "  - {name: \(name), regex: \(Value.string(metric.pattern.text).canonicalText)}"
    }
    return (script.image.map { ["image_uri: \(Value.string($0).canonicalText)"] } ?? [])
      + (script.command.isEmpty ? [] : ["command: \(list(script.command))"])
      + (metrics.isEmpty ? [] : ["metric_definitions:"] + metrics)
  }

  /// A value as YAML writes it, read back as the same.
  private static func yaml(_ value: Value) -> String {
    switch value {
    case .number(let number):
      let text = shortestText(number)
      return text.contains("e") || text.contains(".") || text.contains("i") ? text : text + ".0"
    case .string(let text):
      let isPlain = text.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || "_:".unicodeScalars.contains($0)
      }
      let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
      return isPlain && !text.isEmpty && !words.contains(text.lowercased())
        ? text : Value.string(text).canonicalText
    default: return value.canonicalText
    }
  }

  /// Failed jobs whose output is shown.
  private static let shownFailures = 3

  /// What a script printed last in the best job, and in the first of those that failed.
  var printedLines: [Exhibit] {
    let failed = result.jobs.filter { $0.failure != nil && $0.number != result.bestNumber }
    let shown = failed.prefix(TuneReport.shownFailures).map { $0.number }
    return ([result.bestNumber] + shown).compactMap { number in
      let lines = run.lab.lastLines(of: number)
      guard !lines.isEmpty else { return nil }
      let which =
        number == result.bestNumber ? "the best job, \(number)," : "job \(number), which failed,"
      return ScriptReport.lines(lines, caption: "What \(which) printed last")
    }
  }

  /// What taking over the parents' trials changed or lost.
  var warmNotes: [Exhibit] {
    guard let warm = result.warm else { return [] }
    let rows = warm.parents.map { parent -> [TableCell] in
      let notes = warm.notes.filter { $0.parent == parent.name }.map { $0.text }
      return [
        .code(parent.name), .count(parent.trials.count),
        .text(notes.isEmpty ? "nothing was left out" : notes.joined(separator: "; ")),
      ]
    }
    return [
      .table(
        TableExhibit(
          caption: "What was taken from earlier tunings (\(warm.mode.rawValue))",
          columns: [
            TableColumn("parent"), TableColumn("trials taken", .numeric),
            TableColumn("what was said"),
          ],
          rows: rows,
          isSortable: false
        )
      )
    ]
  }
}
