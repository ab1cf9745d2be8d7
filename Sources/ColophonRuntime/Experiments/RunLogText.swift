package import ColophonCore
package import ColophonLineage
import Glibc

/// The run log as lines of text and as JSON.
package enum RunLogText {
  /// Runs, one a line.
  package static func list(_ runs: [RunRecord]) -> String {
    if runs.isEmpty { return "nothing was run in this project yet\n" }
    return table(
      ["run", "started", "took", "status", "ran", "notebook"],
      runs.map { run in
        [
          String(run.id), time(run.started), run.ended.map { duration($0 - run.started) } ?? "-",
          status(run), String(run.jobs.count { $0.job == nil }), run.notebook,
        ]
      }
    )
  }

  /// One run and all that ran in it.
  package static func show(_ run: RunRecord) -> String {
    var text = "run \(run.id) of \(run.notebook), started \(time(run.started)), \(status(run))\n"
    if let parameters = run.parameters.asObject, !parameters.isEmpty {
      text += "parameters \(run.parameters.canonicalText)\n"
    }
    text += "\n"
    text += table(
      ["cell", "job", "kind", "status", "took", "memory", "threads", "why"],
      run.jobs.map { job in
        [
          job.cell, job.job.map { String($0.dropFirst(4)) } ?? "", job.kind, job.status.rawValue,
          duration(job.seconds), bytes(job.peakMemory), String(job.threads), job.why,
        ]
      }
    )
    return text
  }

  /// Experiments side by side, one line for each difference.
  package static func compare(_ sides: SideBySide) -> String {
    let lines = sides.lines.sorted { (rank($0.path), $0.path) < (rank($1.path), $1.path) }
    let same = "\(sides.agreed) \(sides.agreed == 1 ? "value is" : "values are") the same\n"
    if lines.isEmpty { return same }
    return table(
      [""] + sides.labels,
      lines.map { line in [line.path] + line.values.map { $0.map { brief($0) } ?? "-" } }
    ) + same
  }

  /// Settings before results before what it took.
  private static func rank(_ path: String) -> Int {
    ["settings", "files", "inputs", "seed", "results", "took"].firstIndex { path.hasPrefix($0) }
      ?? 9
  }

  private static func brief(_ value: Value) -> String {
    let text =
      switch value {
      case .number(let number): DecimalText.general(number, digits: 6)
      case .string(let text): text
      default: value.canonicalText
      }
    return text.count > 40 ? text.prefix(39) + "…" : text
  }

  private static func status(_ run: RunRecord) -> String {
    run.ended == nil ? "not ended" : run.status.rawValue
  }

  private static func duration(_ seconds: Double) -> String {
    (try? NumberFormat.seconds.text(of: .number(max(0, seconds)))) ?? ""
  }

  private static func bytes(_ count: Int) -> String {
    (try? NumberFormat.bytes.text(of: .integer(count))) ?? ""
  }

  /// Such as `2026-03-01 09:15:02Z`.
  private static func time(_ seconds: Double) -> String {
    var clock = time_t(seconds)
    var parts = tm()
    gmtime_r(&clock, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(Int(parts.tm_year) + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
  }

  private static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + TerminalWidth.columns(of: $1) }
  }

  private static func table(_ head: [String], _ rows: [[String]]) -> String {
    let all = [head] + rows
    let widths = head.indices.map { column in all.map { width($0[column]) }.max() ?? 0 }
    return all.map { row in
      let cells = row.enumerated().map { column, text in
        text + String(repeating: " ", count: widths[column] - width(text))
      }
      var line = cells.joined(separator: "  ")
      while line.hasSuffix(" ") { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}

extension RunLogText {
  /// Runs as JSON, with the names of the text.
  package static func value(_ run: RunRecord) -> Value {
    [
      "run": .integer(run.id), "notebook": .string(run.notebook), "started": .number(run.started),
      "ended": run.ended.map { .number($0) } ?? .null, "status": .string(run.status.rawValue),
      "parameters": run.parameters,
      "jobs": .array(
        run.jobs.map { job in
          [
            "cell": .string(job.cell), "job": job.job.map { .string($0) } ?? .null,
            "kind": .string(job.kind), "status": .string(job.status.rawValue),
            "key": job.key.map { .string($0.description) } ?? .null, "why": .string(job.why),
            "started": .number(job.started), "seconds": .number(job.seconds),
            "peak_memory": .integer(job.peakMemory), "threads": .integer(job.threads),
          ]
        }
      ),
    ]
  }

  /// Experiments side by side as JSON.
  package static func value(_ sides: SideBySide) -> Value {
    [
      "experiments": .array(sides.labels.map { .string($0) }), "agreed": .integer(sides.agreed),
      "differences": .array(
        sides.lines.map { line in
          [
            "path": .string(line.path),
            "values": .array(line.values.map { $0 ?? .null }),
          ]
        }
      ),
    ]
  }
}
