import ColophonMath

extension NetworkLearner {
  /// Puts weights from elsewhere in the place of drawn ones: all of an earlier model that is gone on
  /// from; of one that is transferred, and of a file, the layers that fit.
  func takeOver(_ earlier: FittedNetwork?, into first: inout [Float]) throws -> TakenLayers? {
    let terms = job.transfer
    let known = network.layers.map { $0.name }
    if let unknown = terms.frozen.first(where: { !known.contains($0) }) {
      throw TrainingFault.frozenUnknown(unknown, known: known)
    }
    if stretches.isEmpty { throw TrainingFault.allFrozen }
    var taken: TakenLayers?
    if let earlier {
      if terms.isTransfer {
        taken = network.take(PortableWeights(earlier), names: [:], into: &first)
      } else {
        guard network.sameShape(as: earlier.network) else { throw TrainingFault.otherLayers() }
        first = earlier.parameters
      }
    } else if let weights = terms.weights {
      taken = network.take(weights, names: terms.names, into: &first)
    }
    if let taken {
      if taken.taken.isEmpty { throw TrainingFault.nothingTaken }
      if let drawn = taken.drawn.first(where: { terms.frozen.contains($0.name) }) {
        throw TrainingFault.frozenDrawn(drawn.name, drawn.reason)
      }
    }
    return taken
  }
}

extension Network {
  /// Whether another network has the same weights in the same places.
  func sameShape(as other: Network) -> Bool {
    layers.map { $0.kind } == other.layers.map { $0.kind }
      && plan.parameters.map { $0.shape } == other.plan.parameters.map { $0.shape }
  }
}
