import ColophonCluster
import ColophonLearning

/// What virtual workers' steps take, from the simulator's own model of the cluster.
struct FleetTimes {
  let workload: Workload
  /// The devices that the workers have.
  let cluster: Cluster
  let settings: StepSettings
  let collective: CollectiveChoice
  let count: Int

  /// `cluster`: The whole one, of which the workers take as many devices as they are.
  init(
    _ workload: Workload,
    on cluster: Cluster,
    _ settings: StepSettings,
    _ collective: CollectiveChoice,
    count: Int
  ) {
    self.workload = workload
    self.cluster = cluster.part(count)
    self.settings = settings
    self.collective = collective
    self.count = count
  }

  /// USD of a second of the nodes that the workers have; nil where no price is known.
  var price: Double? { cluster.nodePrice.map { $0 * Double(cluster.nodes) / 3600 } }

  /// The order in which this cluster's collective adds up.
  ///
  /// Where the choice is left to the library, it is the one whose time the simulator would take.
  func reduction(bytes: Double) -> any GradientReduction {
    switch collective {
    case .ring: return RingReduction()
    case .tree: return TreeReduction()
    case .hierarchical: return HierarchicalReduction()
    case .halvingDoubling: return HalvingDoublingReduction()
    case .automatic:
      let group = Placement(Plan(data: count), cluster).data
      let source = Collectives(cluster, collective).allReduce(bytes, group).source
      return source.contains("tree") ? TreeReduction() : RingReduction()
    }
  }

  /// The clock of a fleet.
  ///
  /// `pieces` are the micro-batches of a pipeline, nil where there is none; `stragglers` the share of
  /// slow workers, the last ones, and how much longer they take.
  func clock(
    pieces: Int?,
    stragglers: (fraction: Double, slowdown: Double)?
  ) -> FleetClock {
    let (cluster, collective, count) = (cluster, collective, count)
    let passes = (0...count).map { $0 == 0 ? 0 : pass(settings.globalBatch / $0) }
    let groups = (0...count).map { Placement(Plan(data: max(1, $0)), cluster.part($0)).data }
    let slow = Int(((stragglers?.fraction ?? 0) * Double(count)).rounded(.up))
    let slowdown = stragglers?.slowdown ?? 1
    var pipeline = (flushed: 0.0, busiest: 0.0)
    if let pieces {
      pipeline = self.pipeline(pieces)
      if slow > 0 { pipeline = (pipeline.flushed * slowdown, pipeline.busiest * slowdown) }
    }
    return FleetClock(
      pass: { passes[$0] },
      update: estimate(1, devices: 1)?.parts.optimizer ?? 0,
      slowdowns: (0..<count).map { $0 >= count - slow ? slowdown : 1 },
      reduce: { bytes, workers in
        Collectives(cluster.part(workers), collective).allReduce(bytes, groups[workers]).seconds
      },
      gather: { bytes, workers in
        Collectives(cluster.part(workers), collective)
          .half(bytes * Double(workers), groups[workers])
      },
      message: { bytes in
        count > 1
          ? Collectives(cluster, collective).message(bytes, crossing: cluster.nodes > 1) : 0
      },
      pipeline: pipeline,
      perNode: cluster.devicesPerNode
    )
  }

  /// Seconds of a step of some rows on one device, but for the optimizer.
  private func pass(_ rows: Int) -> Double {
    guard let estimate = estimate(max(1, rows), devices: 1) else { return 0 }
    return estimate.seconds - estimate.parts.optimizer
  }

  private func estimate(_ rows: Int, devices: Int) -> StepEstimate? {
    FleetTimes.estimate(workload, cluster.part(devices), settings, rows: rows, Plan())
  }

  private static func estimate(
    _ workload: Workload,
    _ cluster: Cluster,
    _ settings: StepSettings,
    rows: Int,
    micro: Int? = nil,
    _ plan: Plan
  ) -> StepEstimate? {
    var own = settings
    own.globalBatch = rows
    own.microBatch = micro ?? rows
    return StepSimulator(workload, on: cluster, own)?.estimate(plan)
  }

  /// A flushed step, and the busiest stage's time for a whole batch.
  private func pipeline(_ pieces: Int) -> (flushed: Double, busiest: Double) {
    let batch = settings.globalBatch
    let flushed = FleetTimes.estimate(
      workload,
      cluster,
      settings,
      rows: batch,
      micro: max(1, batch / pieces),
      Plan(pipeline: count)
    )
    var busiest = 0.0
    for stage in 0..<count {
      let own = Workload.layers(LayerList(stageLayers(stage)))
      let time = FleetTimes.estimate(own, cluster.part(1), settings, rows: batch, Plan())
      busiest = max(busiest, time?.seconds ?? 0)
    }
    return (flushed?.seconds ?? 0, busiest)
  }

  private func stageLayers(_ stage: Int) -> [LayerList.Layer] {
    guard case .layers(let list) = workload else { return [] }
    return zip(list.layers, stages).filter { $0.1 == stage }.map { $0.0 }
  }

  /// The pipeline stage of each layer.
  var stages: [Int] {
    let layout = StageLayout(layers: workload.depth, stages: count, chunks: 1)
    return layout.layers.enumerated().flatMap { stage, layers in
      [Int](repeating: stage, count: layers)
    }
  }
}

extension Cluster {
  /// The first devices of a cluster.
  func part(_ devices: Int) -> Cluster {
    var part = self
    part.devices = max(1, devices)
    part.others = []
    part.devicesPerNode = min(devicesPerNode, part.devices)
    return part
  }
}
