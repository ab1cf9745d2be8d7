package import ColophonCluster
package import ColophonCore
import ColophonData
import ColophonEvaluation
package import ColophonLearning

/// The train cell whose network is the workload.
///
/// Its recipe is read and its data depended on; the cell itself need not run, since what it would
/// compute is computed here too, from the same random streams.
package struct SimulateTraining: Sendable {
  package var cell: String
  package var kind: TrainKind
  /// The train cell's own seed, where it has one.
  package var seed: UInt64?

  /// The network; nil where the algorithm is none.
  package var network: NetworkRecipe? { (kind.algorithm as? any NetworkAlgorithm)?.network }

  /// The optimizer's state in the simulator's terms: by how many numbers it remembers of a weight.
  package var optimizer: OptimizerState {
    guard let network else { return .adam }
    let name = Swift.type(of: network.optimizer).name
    if let known = OptimizerState(rawValue: name) { return known }
    return Swift.type(of: network.optimizer).memories == 2 ? .adam : .momentum
  }

  /// What can't be simulated of the train cell, in a sentence.
  var fault: (message: String, hint: String)? {
    guard network != nil else {
      guard
        let name = kind.algorithm.map({ Swift.type(of: $0).name })
          ?? kind.script.map({ _ in
            ScriptRecipe.name
          })
      else { return nil }
      return (
        "'\(cell)' trains \(name), whose operations and gradients aren't measured",
        "name a train cell of mlp, cnn or rnn, or give the workload's layers by their costs"
      )
    }
    return nil
  }

  /// What virtual workers don't follow.
  var fleetFault: (message: String, hint: String)? {
    if kind.earlyStopping != nil {
      return (
        "'\(cell)' stops early, and virtual workers take every epoch",
        "leave 'early_stopping' out of the train cell, or set its 'epochs' to where it stops"
      )
    }
    if kind.initial != nil || kind.transfer.isTransfer || kind.transfer.file != nil {
      return (
        "'\(cell)' goes on from a model, and virtual workers begin afresh",
        "name a train cell without 'from'"
      )
    }
    return nil
  }

  /// The training itself, its data loaded and encoded.
  func training(in workshop: Workshop) throws -> VirtualTraining {
    guard let data = kind.data, let algorithm = kind.algorithm, let network else {
      throw CellFailure("the train cell's configuration could not be read", field: "workload")
    }
    let dataset = try workshop.load(Dataset.self, from: data.cell.value)
    let metrics = try TrainMetrics.resolve(
      TrainMetrics.headline(dataset.task),
      dataset,
      field: "workload"
    )
    let standing = workshop.standing(
      for: cell,
      seed: seed ?? workshop.notebookSeed,
      threads: workshop.threads
    )
    let trainer = Trainer(algorithm, roundMetrics: metrics, metrics: [])
    do {
      let (job, _) = try trainer.job(
        dataset,
        in: Trainer.Surroundings(threads: workshop.threads) { standing.random(for: $0) }
      )
      return try VirtualTraining(network, job, algorithm: Swift.type(of: algorithm).name)
    } catch let fault as TrainingFault {
      throw CellFailure(fault.message, hint: fault.hint, field: "workload")
    } catch let faults as DataFaults {
      throw CellFailure(faults) { _ in false }
    }
  }
}

extension VirtualTraining {
  /// The network as a workload: its layers' measured operations, parameters and activations.
  var workload: Workload {
    .layers(
      LayerList(
        costs.map {
          .init(flops: $0.flops, parameters: $0.parameters, activations: $0.activations)
        }
      )
    )
  }
}
