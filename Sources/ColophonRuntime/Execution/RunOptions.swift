/// How a notebook is to be run; nothing in it can change a result but the parameters.
package struct RunOptions: Sendable {
  /// `-P name=value`.
  package var parameters: [String: String] = [:]
  /// How many cells may run at the same time; at least 1.
  package var jobs = 1
  /// How many threads one cell may use; at least 1.
  package var threads = 1
  /// Whether every cell runs again, whatever the store holds.
  package var fresh = false
  /// The cells to bring up to date, with what they need; empty for all.
  package var only: [String] = []
  /// Whether the author has asked the run to end; looked at between cells, and within long ones.
  package var isInterrupted: @Sendable () -> Bool = { false }

  package init() {}
}
