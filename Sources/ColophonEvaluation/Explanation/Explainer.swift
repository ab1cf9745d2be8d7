package import ColophonCore

/// A way to compute Shapley values, as an author may name it.
package struct Explainer: Hashable, Sendable {
  package let name: String
  /// One sentence for the reference.
  package let summary: String
  /// Whether its values have no error of sampling.
  package let isExact: Bool
  /// How many rows are explained unless the author says otherwise.
  package let usualRows: Int
  /// How many background rows are taken unless the author says otherwise.
  package let usualBackground: Int

  /// The explainers, exact ones first.
  package static let all = Catalogue<Explainer>("explainer", [tree, linear, kernel, permutation]) {
    $0.name
  }

  package static let tree = Explainer(
    name: "tree",
    summary: "Exact, for models that are sums of trees.",
    isExact: true,
    usualRows: 1_000,
    usualBackground: 100
  )

  package static let linear = Explainer(
    name: "linear",
    summary: "Exact, for models that are sums of features.",
    isExact: true,
    usualRows: 1_000,
    usualBackground: 1_000
  )

  package static let kernel = Explainer(
    name: "kernel",
    summary: "For every model: exact where all sets of columns fit in 'samples', else a weighted "
      + "regression on that many.",
    isExact: false,
    usualRows: 50,
    usualBackground: 25
  )

  package static let permutation = Explainer(
    name: "permutation",
    summary: "For every model: the mean over random orders of the columns and their reverses.",
    isExact: false,
    usualRows: 50,
    usualBackground: 25
  )
}
