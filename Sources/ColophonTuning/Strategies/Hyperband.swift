package import ColophonCore
import ColophonMath

/// Many jobs with little resource, the best of them with more (Li and others 2018, "Hyperband";
/// promotion without waiting: Li and others 2020, "ASHA").
///
/// Bracket s starts at the resource R · η⁻ˢ. A job that is among the best 1/η of its rung goes on from
/// its checkpoint with η times the resource. The bracket of a new job follows from the number of jobs
/// started, in the shares that Hyperband gives them.
package struct Hyperband: Strategy {
  package static let name = "Hyperband"

  package let minimum: Int
  package let maximum: Int
  package let reduction: Int
  /// Whether new configurations come from a model once a rung has enough results.
  package let usesModel: Bool

  package init(minimum: Int, maximum: Int, reduction: Int = 3, usesModel: Bool = false) {
    precondition(minimum > 0 && maximum >= minimum && reduction > 1, "resources \(minimum)…")
    self.minimum = minimum
    self.maximum = maximum
    self.reduction = reduction
    self.usesModel = usesModel
  }

  /// The resources of a bracket's rungs, ascending; bracket 0 has the most rungs.
  package func rungs(ofBracket bracket: Int) -> [Int] {
    var rungs = [maximum]
    while let last = rungs.last, last / reduction >= minimum { rungs.append(last / reduction) }
    return Array(rungs.reversed().dropFirst(bracket))
  }

  package var brackets: Int { rungs(ofBracket: 0).count }

  /// Jobs that a bracket starts in one round of Hyperband.
  package func size(ofBracket bracket: Int) -> Int {
    let s = brackets - 1 - bracket
    var power = 1
    for _ in 0..<s { power *= reduction }
    return (brackets * power + s) / (s + 1)
  }

  /// The bracket of the n-th new job.
  package func bracket(ofStart start: Int) -> Int {
    let sizes = (0..<brackets).map { size(ofBracket: $0) }
    var rest = start % sizes.reduce(0, +)
    for (bracket, size) in sizes.enumerated() {
      if rest < size { return bracket }
      rest -= size
    }
    return 0
  }

  package func propose(_ history: History, drawing random: inout RandomStream) -> Proposal {
    let starts = history.trials.filter { $0.resumes == nil }
    let brackets = Dictionary(
      uniqueKeysWithValues: starts.enumerated().map { ($1.index, bracket(ofStart: $0)) }
    )
    if let promoted = promotion(history, brackets) { return promoted }
    guard let configuration = start(history, &random) else {
      return history.pending.isEmpty
        ? .exhausted("no configuration is left that was not tried") : .wait
    }
    let rungs = rungs(ofBracket: bracket(ofStart: starts.count))
    return .job(configuration, resource: rungs.first)
  }

  /// A new configuration: with a model three in four from the highest rung that has enough results,
  /// else drawn evenly (Falkner, Klein and Hutter 2018, "BOHB", with a Gaussian process).
  private func start(_ history: History, _ random: inout RandomStream) -> Configuration? {
    guard usesModel, random.uniform() >= 0.25 else { return Draws.fresh(history, &random) }
    let enough = BayesianSearch.initialJobs(dimensions: history.space.ranges.count)
    for resource in rungs(ofBracket: 0).reversed() {
      let members = history.trials.filter { $0.resource == resource && $0.isObserved }
      guard members.count >= enough else { continue }
      if let model = SurrogateModel(history, observed: members),
        let found = AcquisitionSearch(model, history).best(&random)
      {
        return found
      }
      break
    }
    return Draws.fresh(history, &random)
  }

  /// The first job that may go on, from the highest rung down.
  private func promotion(_ history: History, _ brackets: [Int: Int]) -> Proposal? {
    var origin: [Int: Int] = [:]
    for trial in history.trials {
      origin[trial.index] = trial.resumes.map { origin[$0] ?? $0 } ?? trial.index
    }
    let gone = Set(history.trials.compactMap { $0.resumes })
    for bracket in 0..<self.brackets {
      let rungs = rungs(ofBracket: bracket)
      for (place, resource) in rungs.enumerated().dropLast().reversed() {
        let members = history.trials.filter {
          $0.resource == resource && brackets[origin[$0.index] ?? $0.index] == bracket
            && $0.isObserved && $0.state == .completed
        }
        let order = members.sorted {
          let (a, b) = ($0.objective ?? .nan, $1.objective ?? .nan)
          return (history.direction.loss(a), $0.index) < (history.direction.loss(b), $1.index)
        }
        let best = order.prefix(members.count / reduction)
        if let next = best.first(where: { !gone.contains($0.index) }) {
          return .job(next.configuration, resource: rungs[place + 1], resumes: next.index)
        }
      }
    }
    return nil
  }
}
