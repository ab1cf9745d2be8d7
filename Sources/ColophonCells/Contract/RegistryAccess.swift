package import ColophonCore
package import ColophonRegistry

/// The model registry as a running register cell meets it: the runtime's side.
///
/// In a run it is the project's registry. In a `verify` it is what the report recorded of it, so
/// that a decision can be made again where no registry is.
package protocol RegistryAccess: Sendable {
  /// Registers a model with its evidence, or finds the version that it already is.
  ///
  /// - Parameters:
  ///   - content: The model with its evidence.
  ///   - group: The group's name.
  ///   - alias: The alias that it gets where the gate approves it.
  ///   - paths: What the conditions read of the champion.
  ///   - decide: Judges the candidate beside the champion, where there is one; the second argument
  ///     says whether the gate may decide by itself.
  /// - Returns: The version that it is, with the decision that was made when it was registered.
  /// - Throws: `RegistryRefusal`, or what `decide` throws.
  func register(
    _ content: VersionContent,
    in group: String,
    alias: String?,
    reading paths: [ValuePath],
    deciding decide: (GateDecision.Champion?, _ mayDecide: Bool) throws -> GateDecision
  ) throws -> Registration
}

/// A cell kind whose result depends on the registry, so that the store alone can't vouch for it.
package protocol ActsOnRegistry: CellKind {
  /// The group that it acts on; its cells act in the order of the notebook.
  var groupName: String? { get }
}

extension Workshop {
  /// The registry.
  package func registry() throws -> any RegistryAccess {
    guard let registry = supply.registry else {
      throw CellFailure("there is no registry to register in")
    }
    return registry
  }

  /// The lineage of some cells that this cell refers to: they and all that they rest on, each after
  /// what it needs.
  package func lineage(of cells: [String]) throws -> (engine: String, nodes: [LineageNode]) {
    guard let lineage = try supply.lineage(of: cells) else {
      throw CellFailure("the lineage of the cells is not known")
    }
    return lineage
  }
}
