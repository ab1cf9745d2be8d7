package import ColophonCore
import ColophonMath

/// A Gaussian process over what was seen, and the point where it expects most (Snoek, Larochelle and
/// Adams 2012), with pending jobs taken for what the process expects of them.
package struct BayesianSearch: Strategy {
  package static let name = "Bayesian"

  package init() {}

  /// Jobs that fill the space evenly before there is a model.
  package static func initialJobs(dimensions: Int) -> Int { min(10, max(4, dimensions + 2)) }

  package func propose(_ history: History, drawing random: inout RandomStream) -> Proposal {
    let first = BayesianSearch.initialJobs(dimensions: history.space.ranges.count)
    let observed = history.observed
    let inherited = history.inherited.count
    if history.trials.count + inherited < first || observed.count + inherited < 2 {
      return initial(history, &random)
    }
    let model = SurrogateModel(history, observed: observed)
    guard let model, let found = AcquisitionSearch(model, history).best(&random) else {
      return RandomSearch().propose(history, drawing: &random)
    }
    return .job(found)
  }

  /// What other tunings found best, in turns with the next points of a scrambled Sobol sequence whose
  /// scrambling the tuning's seed decides.
  private func initial(_ history: History, _ random: inout RandomStream) -> Proposal {
    if history.trials.count % 2 == 0, let known = TaskLeaders.next(history) { return .job(known) }
    let dimensions = max(1, history.space.ranges.count)
    guard dimensions <= SobolSequence.maximumDimensions else {
      return RandomSearch().propose(history, drawing: &random)
    }
    var seed = RandomStream(root: history.seed, cell: "tuning", purpose: "sobol")
    var sequence = SobolSequence(dimensions: dimensions, scrambledBy: &seed)
    for _ in 0..<(history.trials.count + 50) {
      let point = Array(sequence.next().prefix(history.space.ranges.count))
      let configuration = history.space.configuration(at: point)
      if !history.contains(configuration) { return .job(configuration) }
    }
    return RandomSearch().propose(history, drawing: &random)
  }
}

/// The best configurations of other tunings, the parents in turns.
enum TaskLeaders {
  /// The first that was not proposed yet; nil where there is none.
  static func next(_ history: History) -> Configuration? {
    let ranked = history.otherParents.map { parent in
      parent.trials.sorted {
        let (a, b) = ($0.objective ?? .nan, $1.objective ?? .nan)
        return (parent.direction.loss(a), $0.index) < (parent.direction.loss(b), $1.index)
      }
    }
    for rank in 0..<3 {
      for trials in ranked where trials.count > rank {
        if !history.contains(trials[rank].configuration) { return trials[rank].configuration }
      }
    }
    return nil
  }
}
