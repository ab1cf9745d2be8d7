package import ColophonData

/// An algorithm whose recipe holds the recipes of others.
package protocol Ensemble: Algorithm {
  /// Its recipes in order, each once however often it is fitted.
  var members: [EnsembleMember] { get }
}

/// A recipe within a recipe.
package struct EnsembleMember: Sendable {
  /// Where it stands among the hyperparameters: `estimator`, `estimators[1]`.
  package let path: String
  package let recipe: any Algorithm

  package init(path: String, recipe: any Algorithm) {
    self.path = path
    self.recipe = recipe
  }
}

extension Ensemble {
  /// How many ensembles may stand within one another, this one included.
  ///
  /// Work multiplies with each level, and nothing is known to need a fourth.
  package static var deepest: Int { 3 }

  /// How many ensembles stand within one another, this one included.
  package var depth: Int {
    1 + members.reduce(0) { max($0, ($1.recipe as? any Ensemble)?.depth ?? 0) }
  }

  /// What its members can't do, at the members' own places.
  package func memberFaults(for task: Task) -> [TrainingFault] {
    members.flatMap { member -> [TrainingFault] in
      let type = Swift.type(of: member.recipe)
      guard type.tasks.contains(task) else {
        let takes = Task.allCases.filter { type.tasks.contains($0) }
        return [TrainingFault.task(task, of: type.name, takes: takes).within(member.path)]
      }
      return member.recipe.faults(for: task).map { $0.within(member.path) }
    }
  }

  package func faults(for task: Task) -> [TrainingFault] { memberFaults(for: task) }

  /// The libraries of all members.
  package var libraries: [String: String] {
    members.reduce(into: [:]) { all, member in
      all.merge(member.recipe.libraries) { first, _ in first }
    }
  }
}

extension TrainingFault {
  /// The fault of a member, told at the member's place in the ensemble's own hyperparameters.
  ///
  /// A member's `hyperparameters.alpha` is the ensemble's
  /// `hyperparameters.estimator.hyperparameters.alpha`; what is about the data stays so.
  func within(_ path: String) -> TrainingFault {
    var fault = self
    if field != "data" { fault.field = "hyperparameters.\(path).\(field)" }
    return fault
  }

  /// The fault of one of several fits, with words that tell which.
  func of(_ fit: String) -> TrainingFault {
    var fault = self
    fault.message = "\(fit): \(message)"
    return fault
  }
}
