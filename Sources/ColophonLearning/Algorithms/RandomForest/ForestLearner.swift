import ColophonCore
package import ColophonData
import ColophonMath

/// A forest in the middle of its growth.
package struct ForestLearner: RoundLearner {
  let table: TreeTable
  private let recipe: RandomForest
  private let job: TrainingJob
  private let limits: TreeLimits
  /// The rows of weight above 0, which are drawn from.
  private let drawable: [Int32]
  /// Trees in their order; some may be ahead of the rounds that were asked for.
  private var grown: [Tree] = []
  private var round = 0
  /// What the trees so far add up to, by split.
  private var sums: [Split: [Double]] = [:]
  private var summed: [Split: Int] = [:]
  private var bag: OutOfBag?

  package init(_ recipe: RandomForest, _ job: TrainingJob) throws {
    self.recipe = recipe
    self.job = job
    table = try TreeTable(job, of: RandomForest.name)
    try table.check(recipe.settings.classWeight)
    try table.check(recipe.settings.criterion(for: job.task))
    limits = recipe.settings.limits(
      rows: table.count,
      features: table.columns.columns,
      maxFeatures: job.task == .regression ? .all : .squareRoot
    )
    let weights = table.weights
    drawable = (0..<Int32(table.columns.rows)).filter { (weights?[Int($0)] ?? 1) > 0 }
    if recipe.scoresOutOfBag { bag = OutOfBag(table, job) }
  }

  package mutating func train(round: Int) throws {
    self.round = round
    while grown.count < round { try growAhead() }
    if var bag {
      let tree = grown[round - 1]
      bag.add(tree, drawn: draw(round - 1).repeats, threads: job.threads)
      self.bag = bag
    }
  }

  /// Grows a few trees at once, each on a thread of its own.
  private mutating func growAhead() throws {
    let first = grown.count
    let count = min(job.threads == 1 ? 1 : 2 * job.threads, recipe.trees - first)
    var trees = [Tree?](repeating: nil, count: count)
    trees.withUnsafeMutableBufferPointer { trees in
      nonisolated(unsafe) let trees = trees
      Workers.share(count, among: job.threads) { trees[$0] = self.tree(first + $0) }
    }
    let ready = trees.compactMap { $0 }
    guard ready.count == count else { throw TrainingFault.classWeightsAllZero }
    grown += ready
  }

  /// How often each row is drawn for a tree, and the stream that goes on after it; nil for all rows.
  private func draw(_ index: Int) -> (repeats: [UInt16]?, random: RandomStream) {
    var random = job.random("\(RandomForest.name) tree \(index)")
    guard recipe.bootstrap else { return (nil, random) }
    let count = max(1, recipe.maxSamples.map { samples($0) } ?? drawable.count)
    var repeats = [UInt16](repeating: 0, count: table.columns.rows)
    for place in random.indices(count, below: drawable.count) {
      repeats[Int(drawable[Int(place)])] &+= 1
    }
    return (repeats, random)
  }

  private func samples(_ amount: TreeSettings.Amount) -> Int {
    switch amount {
    case .count(let count): count
    case .share(let share): Int((share * Double(drawable.count)).rounded())
    default: drawable.count
    }
  }

  /// One tree; nil where none of its rows weighs anything.
  private func tree(_ index: Int) -> Tree? {
    let (repeats, random) = draw(index)
    let rule = recipe.settings.classWeight
    let weights = table.classWeights(rule, repeats: rule == .balancedSubsample ? repeats : nil)
    let sample = table.sample(classWeights: weights, repeats: repeats)
    if sample.rows.isEmpty { return nil }
    let tree = table.grow(
      sample,
      recipe.settings.criterion(for: job.task),
      limits,
      random: random
    )
    return CostComplexityPruning.cut(tree, recipe.settings.pruning)
  }

  package mutating func predictions(for split: Split) throws -> Predictions {
    guard let rows = job.splits[split] else { throw TrainingFault.noRows }
    let outputs = table.outputs
    var sum = sums[split] ?? [Double](repeating: 0, count: rows.features.rows * outputs)
    sums[split] = nil
    for tree in grown[(summed[split] ?? 0)..<round] {
      TreeWalker(tree).add(tree, rows.features, to: &sum, threads: job.threads)
    }
    summed[split] = round
    let ensemble = TreeEnsemble(job, features: rows.features.names, trees: [])
    let mean = ensemble.predictions(sum.map { $0 / Double(round) })
    sums[split] = sum
    return mean
  }

  /// A forest of fewer trees is the first of them.
  package mutating func remember(round: Int) {}

  private func trees(upTo round: Int) -> [Tree] { Array(grown.prefix(round)) }

  package func model(rounds: Int) -> RandomForestModel {
    RandomForestModel(TreeEnsemble(job, features: table.features.names, trees: trees(upTo: rounds)))
  }

  /// The trees of the rounds so far; all else follows from them.
  package func checkpoint() throws -> [UInt8] {
    HeadedBytes(
      header: .object(["round": .integer(round)]),
      body: TreeBytes.encode(trees(upTo: round))
    ).encoded()
  }

  package mutating func restore(_ checkpoint: [UInt8]) throws {
    guard let parts = HeadedBytes(decoding: checkpoint),
      let round = parts.header["round"]?.asInteger,
      let trees = TreeBytes.decode(
        parts.body,
        features: table.columns.columns,
        outputs: table.outputs
      ), trees.count == round
    else { throw TrainingFault.damagedModel(RandomForest.name) }
    grown = trees
    self.round = round
    (sums, summed) = ([:], [:])
    guard recipe.scoresOutOfBag else { return }
    var bag = OutOfBag(table, job)
    for (index, tree) in trees.enumerated() {
      bag.add(tree, drawn: draw(index).repeats, threads: job.threads)
    }
    self.bag = bag
  }

  /// The out-of-bag score by round.
  var curves: [TrainingCurve] {
    guard let bag else { return [] }
    return [
      TrainingCurve(
        "out-of-bag \(bag.metric) by round",
        x: ("round", bag.scores.indices.map { Double($0 + 1) }),
        y: ("out-of-bag \(bag.metric)", bag.scores.map { $0 ?? .nan })
      )
    ]
  }

  func notes(_ kept: Int) -> [TrainingNote] {
    var notes = [TrainingNote("trees", "\(kept)")]
    guard let bag, bag.scores.indices.contains(kept - 1) else { return notes }
    let score = bag.scores[kept - 1].map { DecimalText.general($0, digits: 4) }
    notes.append(
      TrainingNote(
        "out-of-bag \(bag.metric)",
        score ?? "undefined",
        note: bag.unseen > 0 ? "\(bag.unseen) rows were drawn for every tree" : nil
      )
    )
    return notes
  }
}
