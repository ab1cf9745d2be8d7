package import ColophonCore

/// Configurations drawn evenly on the ranges' scales, none twice (Bergstra and Bengio 2012).
package struct RandomSearch: Strategy {
  package static let name = "Random"

  package init() {}

  package func propose(_ history: History, drawing random: inout RandomStream) -> Proposal {
    Draws.fresh(history, &random).map { .job($0) }
      ?? .exhausted("all \(history.trials.count) configurations of the space have been tried")
  }
}
