package import ColophonCore

/// One way to propose configurations.
///
/// Ask and tell: a strategy is a function of the history and of a random stream that is keyed by the
/// number of the proposal. It runs nothing and remembers nothing, so a tuning that was killed goes on
/// with the proposals that it would have made.
package protocol Strategy: Sendable {
  /// The word after `strategy:`.
  static var name: String { get }
  /// The next job.
  ///
  /// - Returns: The proposal, or why there is none now or ever again.
  func propose(_ history: History, drawing random: inout RandomStream) -> Proposal
}

/// What a strategy says when it is asked.
package enum Proposal: Hashable, Sendable {
  case job(Configuration, resource: Int? = nil, resumes: Int? = nil)
  /// Nothing until a pending job has ended.
  case wait
  /// Nothing ever again, with the reason in a sentence.
  case exhausted(String)
}

/// Draws of configurations that were not proposed before.
enum Draws {
  /// How often a draw is repeated before the space is counted out.
  private static let tries = 200

  /// A new configuration drawn evenly; nil where there is none left.
  static func fresh(_ history: History, _ random: inout RandomStream) -> Configuration? {
    for _ in 0..<tries {
      let point = history.space.ranges.map { _ in random.uniform() }
      let configuration = history.space.configuration(at: point)
      if !history.contains(configuration) { return configuration }
    }
    guard history.space.count != nil else { return nil }
    let left = history.space.all(limit: 1_000_000).filter { !history.contains($0) }
    return left.isEmpty ? nil : left[random.integer(below: left.count)]
  }
}
