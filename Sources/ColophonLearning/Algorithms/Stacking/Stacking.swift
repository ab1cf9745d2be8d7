package import ColophonCore
package import ColophonData

/// A model that learns from what other models say.
///
/// Each member predicts every training row by a fit that did not see the row's fold; the final
/// estimator learns from those columns alone (and the features, with `passthrough`), so nothing that
/// a member memorised reaches it. Then the members are fitted again to all training rows; a new row
/// goes through them, and what they say goes to the final estimator. A classifier's columns are its
/// probabilities (for two classes that of the positive one), a regressor's its number.
///
/// - SeeAlso: Wolpert, "Stacked generalization", 1992; Breiman, "Stacked regressions", 1996.
package struct Stacking: Ensemble {
  package static let name = "stacking"
  package static let summary = "A model of what other models say about rows they have not seen."
  package static let tasks: Set<Task> = [.binary, .multiclass, .regression]
  package static let missing = FeatureEncoding.Missing.mean
  package static let isIterative = false

  /// A recipe and the author's name for it.
  package struct Base: Sendable {
    package var name: String
    /// Its place in the author's list.
    package var place: Int
    package var recipe: any Algorithm
  }

  package var bases: [Base]
  /// nil where it could not be read.
  package var final: (any Algorithm)?
  package var folds: StackingFolds
  /// Whether the final estimator sees the features too.
  package var passthrough: Bool

  package init(reading fields: inout FieldReader) {
    let read = fields.sections(
      "estimators",
      required: true,
      "The members: {name, algorithm, hyperparameters} each."
    ) { inner, place -> (name: Located<String>?, base: Base?) in
      let name = inner.string("name", required: true, "What the member is called, once.")
      let recipe = inner.memberRecipe(usual: nil)
      guard let name, let recipe else { return (name, nil) }
      return (name, Base(name: name.value, place: place, recipe: recipe))
    }
    bases = read.compactMap { $0.base }
    final = fields.section(
      "final_estimator",
      defaulted: "What learns from the members' predictions: {algorithm, hyperparameters}."
    ) { $0.memberRecipe(usual: LinearLearner.self) }
    folds = fields.stackingFolds()
    passthrough = fields.boolean(
      "passthrough",
      default: false,
      "Whether the final estimator sees the features beside the members' predictions."
    )
    fields.checkNames(read.compactMap { $0.name })
    fields.checkDepth(of: self)
  }

  package var members: [EnsembleMember] {
    bases.map { EnsembleMember(path: "estimators[\($0.place)]", recipe: $0.recipe) }
      + (final.map { [EnsembleMember(path: "final_estimator", recipe: $0)] } ?? [])
  }

  /// Missing values are kept where any member knows them; the others are given means.
  package var missingValues: FeatureEncoding.Missing {
    let readers = bases.map { $0.recipe } + (passthrough ? [final].compactMap { $0 } : [])
    return readers.contains { $0.missingValues == .keep } ? .keep : .mean
  }

  package var values: [PathPattern] { ["members.*.*"] }

  package static func decodeModel(_ bytes: [UInt8]) throws -> any Model {
    try StackingModel(decoding: bytes)
  }
}

extension FieldReader {
  /// Members need names of their own, and there must be one at least.
  fileprivate mutating func checkNames(_ names: [Located<String>]) {
    var seen: Set<String> = []
    for name in names {
      if name.value.isEmpty || !seen.insert(name.value).inserted {
        report(.memberName(name))
      }
    }
    if let node = peek("estimators"), node.items?.isEmpty == true {
      report(.wrongType("estimators", expected: "at least one member", found: node))
    }
  }
}

extension Diagnostic {
  static func memberName(_ name: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      "train.member-name",
      at: name.position,
      length: max(1, name.value.utf8.count),
      name.value.isEmpty
        ? "a member needs a name" : "another member is called '\(name.value)' already",
      hint: "the name is what its column and its values are called by"
    )
  }
}
