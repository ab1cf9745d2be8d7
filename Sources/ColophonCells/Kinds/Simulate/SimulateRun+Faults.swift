import ColophonCore

extension SimulateRun {
  /// What contradicts itself, at the places of its fields.
  func faults(at place: (String) -> SourcePosition) -> [Diagnostic] {
    var faults: [Diagnostic] = []
    if let maximumRun, let maximumWait, maximumWait <= maximumRun {
      faults.append(
        Diagnostic(
          .error,
          "spot.wait-below-run",
          at: place("spot.max_wait"),
          "'max_wait' must be above 'max_run': it counts waiting and running together"
        )
      )
    }
    if hasSpot, pool != nil {
      faults.append(
        Diagnostic(
          .error,
          "spot.warm-pool",
          at: place("warm_pool"),
          "an instance of spare capacity can't be kept warm",
          hint: "leave 'spot' or 'warm_pool' out"
        )
      )
    }
    let sources = [!spotTimes.isEmpty, spotRate != nil, trace != nil].count { $0 }
    if hasSpot, sources > 1 {
      faults.append(
        Diagnostic(
          .error,
          "simulate.spot",
          at: place("spot"),
          "'spot' takes one of 'interruptions', 'rate' and 'trace'"
        )
      )
    }
    if let spotNodes, spotRate == nil {
      faults.append(
        Diagnostic(
          .error,
          "simulate.spot",
          at: place("spot.nodes"),
          "'nodes: \(spotNodes)' belongs to interruptions that are drawn",
          hint: "add 'rate', the interruptions an hour"
        )
      )
    }
    faults += lengthFaults(at: place) + checkpointFaults(at: place)
    if hasSpot, !hasCheckpoint {
      faults.append(
        Diagnostic(
          .error,
          "spot.no-checkpoint",
          at: place("spot"),
          "spot capacity without checkpoints starts from nothing at each interruption",
          hint: "add 'checkpoint: {every: 1800, seconds: 30}'"
        )
      )
    }
    return faults
  }

  private func lengthFaults(at place: (String) -> SourcePosition) -> [Diagnostic] {
    guard steps != nil, tokens != nil else { return [] }
    return [
      .simulateRun(
        "'steps' and 'tokens' both say how long the run is",
        hint: "leave one of them out",
        at: place("tokens")
      )
    ]
  }

  private func checkpointFaults(at place: (String) -> SourcePosition) -> [Diagnostic] {
    guard hasCheckpoint, takesBestInterval else { return [] }
    if checkpointEvery != nil {
      return [
        .simulateRun(
          "'every' and 'optimal' both say when checkpoints are written",
          hint: "leave one of them out",
          at: place("checkpoint.optimal")
        )
      ]
    }
    guard isDisturbed, meanTime(devices: 1) == nil else { return [] }
    return [
      .simulateRun(
        "the best interval follows from a rate of failures or interruptions, and none is given",
        hint: "say 'every', or give 'failures' or the rate of 'spot'",
        at: place("checkpoint")
      )
    ]
  }
}
