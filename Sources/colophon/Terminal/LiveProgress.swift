import ColophonCore
import ColophonRuntime
import Foundation
import Synchronization

/// The running cells at the foot of the terminal, each with a bar and an estimate; ended cells
/// scroll up above them.
final class LiveProgress: RunObserver {
  private struct Running {
    var kind: String
    var start: Double
    var fraction: Double
    var note: String
    var lastSeconds: Double?
    /// Where this run took the work up: how far it was, and when.
    var taken: (fraction: Double, at: Double)?
  }

  private struct State {
    var running: [String: Running] = [:]
    var order: [String] = []
    var planned = 0
    var ended = 0
    var drawnLines = 0
    var isDrawing = false
  }

  private let state = Mutex(State())
  private static var now: Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }

  func observe(_ event: RunEvent) {
    let mustStartDrawing = state.withLock { state -> Bool in
      switch event {
      case .planned(let cells): state.planned = cells.count
      case .started(let cell, let kind, _, let last):
        state.running[cell] = Running(
          kind: kind,
          start: Self.now,
          fraction: 0,
          note: "",
          lastSeconds: last
        )
        state.order.append(cell)
      case .resumed(let cell, let fraction, let note):
        state.running[cell]?.fraction = fraction
        state.running[cell]?.note = note
        state.running[cell]?.taken = (fraction, Self.now)
      case .progress(let cell, let fraction, let note):
        state.running[cell]?.fraction = fraction
        state.running[cell]?.note = note
      case .finished(let cell, let kind, let status, let why, let seconds):
        state.running[cell] = nil
        state.order.removeAll { $0 == cell }
        state.ended += 1
        let line = ProgressLine.finished(
          cell,
          kind: kind,
          status: status,
          why: why,
          seconds: seconds
        )
        Console.error(erased(&state) + line + "\n" + drawn(&state))
      }
      guard !state.isDrawing, !state.running.isEmpty else { return false }
      state.isDrawing = true
      return true
    }
    if mustStartDrawing { startDrawing() }
  }

  /// Redraws ten times a second until nothing runs; short cells end before the first time.
  private func startDrawing() {
    Thread.detachNewThread { [self] in
      while true {
        Thread.sleep(forTimeInterval: 0.1)
        let goesOn = state.withLock { state -> Bool in
          if state.running.isEmpty {
            state.isDrawing = false
            return false
          }
          Console.error(erased(&state) + drawn(&state))
          return true
        }
        if !goesOn { return }
      }
    }
  }

  private func erased(_ state: inout State) -> String {
    let lines = state.drawnLines
    state.drawnLines = 0
    return lines == 0 ? "" : "\u{1B}[\(lines)A\r\u{1B}[J"
  }

  private func drawn(_ state: inout State) -> String {
    let now = Self.now
    let lines = state.order.compactMap { cell in
      state.running[cell].flatMap { running in
        now - running.start < 0.1 ? nil : line(cell, running, now - running.start)
      }
    }
    state.drawnLines = lines.count
    return lines.map { $0 + "\n" }.joined()
  }

  private func line(_ cell: String, _ running: Running, _ elapsed: Double) -> String {
    var line = RunningLine(cell: cell, lastSeconds: running.lastSeconds)
    line.fraction = running.fraction
    line.note = running.note
    line.elapsed = elapsed
    if let taken = running.taken { line.start = (taken.fraction, taken.at - running.start) }
    // The last column stays free: some terminals wrap when it is written.
    return line.parts(width: Console.width - 1).map { part in
      switch part.tone {
      case .plain: part.text
      case .accent: Style.cyan(part.text)
      case .dim: Style.dim(part.text)
      }
    }.joined()
  }
}
