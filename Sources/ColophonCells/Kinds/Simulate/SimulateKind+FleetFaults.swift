import ColophonCluster
import ColophonCore
import ColophonLearning

extension SimulateKind {
  /// What can't be done with a train cell as the workload, or with virtual workers.
  func fleetFaults(_ cluster: Cluster) -> [Diagnostic] {
    guard let training else { return fleetsWithoutTraining }
    if let fault = training.fault { return [.noGradients(fault, at: place("workload"))] }
    guard let network = training.network else { return [] }
    var faults: [Diagnostic] = []
    let fleets = [(fleet, "workers")] + variants.map { ($0.fleet, "compare[\($0.index)].workers") }
    if fleets.contains(where: { $0.0 != nil }), let fault = training.fleetFault {
      faults.append(.noGradients(fault, at: place("workload")))
    }
    for (fleet, field) in fleets {
      guard let fleet else { continue }
      faults += self.faults(fleet, at: field, network, cluster)
    }
    guard let fleet else {
      for variant in variants where variant.fleet != nil {
        faults.append(
          .workers(
            "a variant has workers, and the cell itself has none to compare them with",
            hint: "add 'workers' to the cell",
            at: place("compare[\(variant.index)].workers")
          )
        )
      }
      return faults
    }
    return faults + conflicts(fleet)
  }

  private var fleetsWithoutTraining: [Diagnostic] {
    let fields =
      (fleet == nil ? [] : ["workers"])
      + variants.filter { $0.fleet != nil }.map { "compare[\($0.index)].workers" }
    return fields.map {
      .workers(
        "'workers' really train a network, and the workload is only described",
        hint: "let 'workload' name a train cell of mlp, cnn or rnn",
        at: place($0)
      )
    }
  }

  private func faults(
    _ fleet: FleetRecipe,
    at field: String,
    _ network: NetworkRecipe,
    _ cluster: Cluster
  ) -> [Diagnostic] {
    let count = fleet.count ?? cluster.devices
    var faults = fleet.faults(network, count: count).map {
      Diagnostic.workers($0.message, hint: $0.hint, at: place("\(field).\($0.field)"))
    }
    if count > cluster.devices {
      faults.append(
        .workers(
          "\(count) workers need as many devices, and the cluster has \(cluster.devices)",
          at: place("\(field).count")
        )
      )
    }
    if plan.collective == .hierarchical, count > cluster.devicesPerNode,
      !count.isMultiple(of: cluster.devicesPerNode)
    {
      faults.append(
        .workers(
          "a hierarchical sum needs whole nodes, and \(count) workers leave one of "
            + "\(cluster.devicesPerNode) devices part empty",
          at: place("\(field).count")
        )
      )
    }
    if run.isElastic, !fleet.method.isElastic {
      faults.append(
        .workers(
          "'elastic' changes the number of workers on the way, which only synchronous ones allow",
          at: place("checkpoint.elastic")
        )
      )
    }
    return faults
  }

  /// Fields that workers leave no room for.
  private func conflicts(_ fleet: FleetRecipe) -> [Diagnostic] {
    let reasons = [
      "parallelism": "'workers' says how the work is laid out",
      "batch": "'workers' take the train cell's own batches",
      "steps": "'workers' take the train cell's own epochs",
      "tokens": "'workers' take the train cell's own epochs",
      "search": "'workers' are one plan, and none is looked for",
    ]
    return reasons.sorted { $0.key < $1.key }.compactMap { field, reason in
      guard let position = places[field], field != "search" || searches else { return nil }
      return .workers(
        "\(reason), so '\(field)' has no meaning here",
        hint: "leave it out",
        at: position
      )
    }
  }
}
