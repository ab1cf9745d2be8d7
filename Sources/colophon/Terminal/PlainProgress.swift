import ColophonCore
import ColophonRuntime

/// A line for each cell that ended: for logs and pipes.
struct PlainProgress: RunObserver {
  func observe(_ event: RunEvent) {
    guard case .finished(let cell, let kind, let status, let why, let seconds) = event else {
      return
    }
    Console.error(
      ProgressLine.finished(cell, kind: kind, status: status, why: why, seconds: seconds) + "\n"
    )
  }
}

/// How a cell's end is written.
enum ProgressLine {
  static func finished(
    _ cell: String,
    kind: String,
    status: CellResult.Status,
    why: String,
    seconds: Double
  ) -> String {
    let mark: String
    switch status {
    case .done: mark = Style.green("✓")
    case .failed: mark = Style.red("✗")
    case .skipped: mark = Style.yellow("–")
    }
    let time = seconds >= 0.05 ? Style.dim("  " + ProgressText.duration(seconds)) : ""
    return
      "  \(mark) \(ProgressText.padded(cell, 18)) \(Style.dim(ProgressText.padded(kind, 10))) \(why)\(time)"
  }
}
