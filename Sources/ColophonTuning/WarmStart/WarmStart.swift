package import ColophonCore

/// What a tuning takes from up to five earlier ones, their trials put into its own space.
///
/// Ranges may be added, narrowed, widened and renamed; what that costs is said in `notes`.
package struct WarmStart: Hashable, Sendable {
  /// What the parents' results mean here (the managed service's names).
  package enum Mode: String, Codable, Hashable, Sendable, CaseIterable {
    /// Same data, same algorithm: the parents' results are this tuning's own.
    case identical = "IdenticalDataAndAlgorithm"
    /// Data or algorithm changed: the parents' results only say where to look first.
    case transfer = "TransferLearning"
  }

  /// One parent's trials in this tuning's space.
  package struct Parent: Hashable, Sendable {
    package var name: String
    package var direction: Direction
    package var trials: [Trial]
  }

  /// A parent's trial that counts as own; `parent` is nil for this tuning's.
  package struct Inherited: Hashable, Sendable {
    package var parent: String?
    package var trial: Trial
  }

  /// The most parents, as the managed service allows.
  package static let parentLimit = 5

  package let mode: Mode
  package let parents: [Parent]
  /// What was mapped, assumed or dropped, in the order of the parents.
  package let notes: [WarmStartNote]

  /// Puts the parents' trials into a space.
  ///
  /// `renamed` has the new name of a parents' hyperparameter, by its old one; `fixed` this tuning's
  /// hyperparameters outside of its ranges, defaults included.
  package init(
    _ mode: Mode,
    parents: [ParentTuning],
    into space: SearchSpace,
    renamed: [String: String] = [:],
    fixed: [String: Value] = [:]
  ) {
    self.mode = mode
    var notes: [WarmStartNote] = []
    var mapped: [Parent] = []
    for parent in parents {
      var mapping = TrialMapping(mode, parent, into: space, renamed: renamed, fixed: fixed)
      let trials = parent.trials.compactMap { mapping.map($0) }
      notes += mapping.notes()
      mapped.append(Parent(name: parent.name, direction: parent.direction, trials: trials))
    }
    self.parents = mapped
    self.notes = notes
  }
}
