import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import ColophonReport

extension TrainKind {
  /// Runs a script once, with the hyperparameters as they are written.
  func outcome(_ script: ScriptRecipe, in workshop: Workshop) throws -> Outcome {
    let result = try ScriptJob(script, in: workshop).run { reading in
      workshop.progress(0, "\(reading.metric) \(shortestText(reading.value))")
      return true
    }
    if let failure = result.failure {
      throw CellFailure(failure, hint: ScriptReport.lastLines(result), field: "command")
    }
    return try ScriptReport(script, result, model(of: result.model, in: workshop)).outcome
  }

  /// What other cells get: the folder `model/`, which only the script can apply.
  func model(of folder: ScriptModel, in workshop: Workshop) throws -> TrainedModel {
    let dataset = try data.map { try workshop.load($0) }
    return TrainedModel(
      algorithm: ScriptRecipe.name,
      task: dataset?.task ?? .regression,
      classes: dataset?.classes ?? [],
      target: dataset?.target,
      encoding: FeatureEncoding(parts: [], categories: .oneHot, missing: .keep, text: nil),
      data: data.flatMap { workshop.digest(ofArtifactOf: $0.cell.value) },
      model: folder
    )
  }
}

/// What a script that ran has to say.
struct ScriptReport {
  let script: ScriptRecipe
  let result: ScriptJob.Result
  let model: TrainedModel

  init(_ script: ScriptRecipe, _ result: ScriptJob.Result, _ model: TrainedModel) {
    self.script = script
    self.result = result
    self.model = model
  }

  /// The last lines, in a hint.
  static func lastLines(_ result: ScriptJob.Result) -> String {
    if result.lastLines.isEmpty { return "it printed nothing" }
    return "its last lines were: " + result.lastLines.suffix(4).joined(separator: " | ")
  }

  /// Advice about definitions that no line matched.
  var advice: [Advice] {
    result.curves.filter { $0.values.isEmpty }.compactMap { curve in
      let pattern = script.metrics.first { $0.name == curve.name }?.pattern.text ?? ""
      return Advice(
        "tune.metric-never-captured",
        "no line of the script's output matched '\(pattern)', so '\(curve.name)' has no value",
        hint: ScriptReport.lastLines(result),
        field: "metric_definitions"
      )
    }
  }

  var outcome: Outcome {
    get throws {
      let bytes = try model.encoded()
      var values: [String: Value] = [
        "epochs": .integer(result.curves.map { $0.values.count }.max() ?? 0),
        "model": .string(Digest(of: bytes).description),
      ]
      if let image = result.image { values["image"] = .string(image) }
      for curve in result.curves {
        let path = ScriptRecipe.path(of: curve.name)
        var members = values[path[0]]?.asObject ?? [:]
        members[path[1]] = curve.values.last.map { .number($0) } ?? .null
        values[path[0]] = .object(members)
      }
      let exhibits = [.facts(facts)] + curves + metricTable + [lines]
      return Outcome(artifact: model, values: values, exhibits: exhibits, advice: advice)
    }
  }

  private var facts: [Fact] {
    let size = result.model.files.reduce(0) { $0 + $1.bytes.count }
    let bytes = (try? NumberFormat.bytes.text(of: .integer(size))) ?? "\(size) B"
    let count = result.model.files.count
    let image = script.image.map { name in
      [Fact("image", name, note: result.image.map { String($0.prefix(19)) })]
    }
    return [
      Fact("algorithm", script.algorithm, note: script.command.joined(separator: " ")),
      Fact("lines", DecimalText.grouped(String(result.lineCount))),
      Fact("model", bytes, note: "\(count) \(count == 1 ? "file" : "files")"),
    ] + (image ?? [])
  }

  private var curves: [Exhibit] {
    result.curves.filter { $0.values.count > 1 }.prefix(4).map { curve in
      let ends = "\(shortestText(curve.values[0])) to \(shortestText(curve.values.last ?? .nan))"
      return .chart(
        .line(
          LineChart(
            ChartText(
              "\(curve.name) as the script printed it",
              "\(curve.name) in \(curve.values.count) lines, from \(ends)."
            ),
            x: ChartAxis("line with a value"),
            y: ChartAxis(curve.name),
            series: [
              LineChart.Series(
                curve.name,
                x: curve.values.indices.map { Double($0 + 1) },
                y: curve.values
              )
            ]
          )
        )
      )
    }
  }

  private var metricTable: [Exhibit] {
    if script.metrics.isEmpty { return [] }
    let rows = zip(script.metrics, result.curves).map { metric, curve -> [TableCell] in
      [
        .code(metric.name), .code(metric.pattern.text), .count(curve.values.count),
        curve.values.last.map { .number($0, .general(6)) } ?? .missing,
      ]
    }
    return [
      .table(
        TableExhibit(
          caption: "Metrics found in the output",
          columns: [
            TableColumn("metric"), TableColumn("pattern"), TableColumn("values", .numeric),
            TableColumn("last", .numeric),
          ],
          rows: rows
        )
      )
    ]
  }

  private var lines: Exhibit {
    ScriptReport.lines(result.lastLines, caption: "The last lines of the output")
  }

  /// Characters of a line that are shown.
  private static let shownCharacters = 240

  /// Lines of output as a table; long ones are cut.
  static func lines(_ lines: [String], caption: String) -> Exhibit {
    .table(
      TableExhibit(
        caption: caption,
        columns: [TableColumn("line")],
        rows: lines.map { line in
          let isLong = line.count > shownCharacters
          return [.code(isLong ? line.prefix(shownCharacters) + "…" : line)]
        },
        isSortable: false,
        rowHeaderColumn: nil,
        visibleRows: 4
      )
    )
  }
}
