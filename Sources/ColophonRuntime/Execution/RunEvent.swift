package import ColophonCore

/// What happens while a notebook runs, for whoever shows it.
package enum RunEvent: Sendable {
  /// The cells that will be looked at, in document order.
  case planned(cells: [String])
  /// A cell starts; how long it took last time, where that is known.
  case started(cell: String, kind: String, why: String, lastSeconds: Double?)
  /// A cell goes on with the work of an earlier run, which had come so far, from 0 to 1.
  case resumed(cell: String, fraction: Double, note: String)
  /// How far a cell's work is, from 0 to 1.
  case progress(cell: String, fraction: Double, note: String)
  case finished(cell: String, kind: String, status: CellResult.Status, why: String, seconds: Double)
}

/// Shows events; called from several threads.
package protocol RunObserver: Sendable {
  func observe(_ event: RunEvent)
}

/// Shows nothing.
package struct SilentObserver: RunObserver {
  package init() {}
  package func observe(_ event: RunEvent) {}
}
