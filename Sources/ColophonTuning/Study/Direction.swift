/// Which objectives are better.
package enum Direction: String, Codable, Hashable, Sendable, CaseIterable {
  case maximize = "Maximize"
  case minimize = "Minimize"

  /// A number of which less is better.
  package func loss(_ objective: Double) -> Double { self == .minimize ? objective : -objective }

  /// The objective of a loss.
  package func objective(_ loss: Double) -> Double { self == .minimize ? loss : -loss }
}
