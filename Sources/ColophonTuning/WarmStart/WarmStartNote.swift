/// One thing that taking over a parent's trials changed, assumed or lost.
package struct WarmStartNote: Hashable, Sendable {
  /// What happened.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A hyperparameter goes by another name here.
    case renamed
    /// A hyperparameter is tuned here and was fixed, or unknown, there.
    case added
    /// Trials lie outside of a range here, and are left out.
    case outside
    /// A hyperparameter was tuned there and is not here.
    case dropped
    /// Trials ended without an objective, and are left out.
    case unobserved
  }

  package var parent: String
  package var kind: Kind
  /// The hyperparameter, by its name here where it has one; nil where it is about whole trials.
  package var parameter: String?
  /// The trials that are left out for it; 0 where all of them are kept.
  package var leftOut: Int
  /// In a sentence, without the parent's name.
  package var text: String
}
