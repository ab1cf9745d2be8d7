package import ColophonCore

/// What an author may set about a strategy; each kind reads what concerns it.
package struct StrategyOptions: Hashable, Sendable {
  /// Grid: points of a continuous or long integer range, by name.
  package var gridSizes: [String: Int] = [:]
  /// Grid: the values themselves, by name; they go before a size.
  package var gridValues: [String: [Value]] = [:]
  /// Hyperband: the least and the most resource of a job, and the share of each rung that goes on
  /// (one in so many).
  package var minimumResource = 1
  package var maximumResource = 81
  package var reduction = 3
  /// Hyperband: whether new configurations come from a model once a rung has enough results.
  package var usesModel = false

  package init() {}
}

/// A member of the catalogue of strategies.
package struct StrategyKind: Sendable {
  /// The word after `strategy:`.
  package let name: String
  /// One sentence for the reference.
  package let summary: String
  /// Whether jobs are given a resource, so that they must report their objective as they go.
  package let usesResources: Bool
  /// Whether results change what is proposed, so that parallelism costs quality.
  package let learns: Bool
  package let make: @Sendable (SearchSpace, StrategyOptions) -> any Strategy
}

/// The strategies that a `tune` cell may name, in the order of the reference.
package let strategies = Catalogue<StrategyKind>(
  "strategy",
  [
    StrategyKind(
      name: BayesianSearch.name,
      summary: "A Gaussian process over what was seen proposes where it expects most.",
      usesResources: false,
      learns: true
    ) { _, _ in BayesianSearch() },
    StrategyKind(
      name: RandomSearch.name,
      summary: "Draws configurations evenly on the ranges' scales.",
      usesResources: false,
      learns: false
    ) { _, _ in RandomSearch() },
    StrategyKind(
      name: GridSearch.name,
      summary: "Tries every point of a grid.",
      usesResources: false,
      learns: false
    ) { space, options in
      GridSearch(space, sizes: options.gridSizes, values: options.gridValues)
    },
    StrategyKind(
      name: Hyperband.name,
      summary: "Starts many jobs with little resource and goes on with the best of them.",
      usesResources: true,
      learns: true
    ) { _, options in
      Hyperband(
        minimum: options.minimumResource,
        maximum: options.maximumResource,
        reduction: options.reduction,
        usesModel: options.usesModel
      )
    },
  ]
) { $0.name }
