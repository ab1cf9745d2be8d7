import ColophonCore
package import ColophonData
import ColophonMath

/// AdaBoost in the middle of its work.
package struct BoostingLearner: RoundLearner {
  let recipe: AdaBoost
  let job: TrainingJob
  let table: TreeTable
  private let limits: TreeLimits
  private let criterion: TreeSettings.Criterion
  /// The classes that occur among rows of weight above 0.
  private let present: [Int]
  private(set) var state: State
  private var words: [Split: (sum: BoostedWords, trees: Int)] = [:]

  /// All that changes from round to round.
  struct State {
    var round = 0
    var trees: [Tree] = []
    /// What each tree's word counts.
    var words: [Double] = []
    /// What each row weighs in the next round; adds up to 1.
    var weights: [Double]
    /// Why there will be no more trees.
    var end: End?
  }

  enum End: String {
    case perfect = "the last tree made no error"
    case weak = "the next tree was no better than guessing"
  }

  package init(_ recipe: AdaBoost, _ job: TrainingJob) throws {
    self.recipe = recipe
    self.job = job
    table = try TreeTable(job, of: AdaBoost.name)
    let settings = recipe.settings(for: job.task)
    limits = settings.limits(rows: table.count, features: table.columns.columns)
    criterion = settings.criterion(for: job.task)
    let data = table.weights ?? [Double](repeating: 1, count: table.columns.rows)
    let largest = data.reduce(0, max)
    let whole = data.reduce(0) { $0 + $1 / largest }
    state = State(weights: data.map { $0 / largest / whole })
    if case .classes(let codes, let count) = table.target {
      var isPresent = [Bool](repeating: false, count: count)
      for row in codes.indices where data[row] > 0 { isPresent[Int(codes[row])] = true }
      present = isPresent.indices.filter { isPresent[$0] }
    } else {
      present = []
    }
  }

  package mutating func train(round: Int) throws {
    state.round = round
    guard state.end == nil else { return }
    // No row that weighs anything is lost to rounding.
    state.weights = state.weights.map { $0 > 0 ? max($0, 0x1p-52) : 0 }
    switch table.target {
    case .classes(let codes, _): try boost(codes)
    case .numbers(let numbers): boost(numbers, round)
    }
    let whole = state.weights.reduce(0, +)
    state.weights = state.weights.map { $0 / whole }
  }

  /// A round of SAMME.
  private mutating func boost(_ codes: [Int32]) throws {
    let tree = table.grow(table.sample(weights: state.weights), criterion, limits, random: nil)
    let answers = tree.likeliestClasses
    var isWrong = [Bool](repeating: false, count: codes.count)
    TreeWalker(tree).leaves(table.features, rows: 0..<codes.count) { row, leaf in
      isWrong[row] = answers[leaf] != Int(codes[row])
    }
    var (error, whole) = (0.0, 0.0)
    for row in codes.indices {
      whole += state.weights[row]
      if isWrong[row] { error += state.weights[row] }
    }
    error /= whole
    if error <= 0 { return finish(with: tree) }
    let classes = Double(present.count)
    if error >= 1 - 1 / classes {
      if state.trees.isEmpty { throw TrainingFault.noBetterThanGuessing }
      state.end = .weak
      return
    }
    let word =
      recipe.learningRate * (Elementary.log((1 - error) / error) + Elementary.log(classes - 1))
    let factor = Elementary.exp(word)
    for row in codes.indices where isWrong[row] { state.weights[row] *= factor }
    keep(tree, word)
  }

  /// A round of AdaBoost.R2: the tree learns from rows drawn by their weights.
  private mutating func boost(_ numbers: [Double], _ round: Int) {
    var random = job.random("\(AdaBoost.name) round \(round)")
    let sample = table.sample(repeats: draw(&random), ignoringWeights: true)
    let tree = table.grow(sample, criterion, limits, random: nil)
    let weights = state.weights
    var errors = [Double](repeating: 0, count: numbers.count)
    TreeWalker(tree).leaves(table.features, rows: 0..<numbers.count) { row, leaf in
      errors[row] = weights[row] > 0 ? (tree.values[leaf] - numbers[row]).magnitude : 0
    }
    let largest = errors.reduce(0, max)
    if largest > 0 { errors = errors.map { counted($0 / largest) } }
    let error = errors.indices.reduce(0.0) { $0 + weights[$1] * errors[$1] }
    if error <= 0 { return finish(with: tree) }
    if error >= 0.5 {
      if state.trees.isEmpty { keep(tree, 1) }
      state.end = .weak
      return
    }
    let beta = error / (1 - error)
    let rate = recipe.learningRate
    for row in errors.indices where weights[row] > 0 {
      state.weights[row] *= Elementary.pow(beta, (1 - errors[row]) * rate)
    }
    keep(tree, rate * Elementary.log(1 / beta))
  }

  private func counted(_ error: Double) -> Double {
    switch recipe.loss ?? .linear {
    case .linear: error
    case .square: error * error
    case .exponential: 1 - Elementary.exp(-error)
    }
  }

  /// As many rows as there are of weight above 0, drawn with replacement by their weights.
  private func draw(_ random: inout RandomStream) -> [UInt16] {
    var sums: [Double] = []
    var (rows, sum) = ([Int](), 0.0)
    for row in state.weights.indices where state.weights[row] > 0 {
      sum += state.weights[row]
      rows.append(row)
      sums.append(sum)
    }
    var repeats = [UInt16](repeating: 0, count: state.weights.count)
    for _ in rows {
      let drawn = random.uniform() * sum
      var (low, high) = (0, rows.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if sums[middle] > drawn { high = middle } else { low = middle + 1 }
      }
      if repeats[rows[low]] < .max { repeats[rows[low]] += 1 }
    }
    return repeats
  }

  private mutating func keep(_ tree: Tree, _ word: Double) {
    state.trees.append(tree)
    state.words.append(word)
  }

  private mutating func finish(with tree: Tree) {
    keep(tree, 1)
    state.end = .perfect
  }

  package mutating func predictions(for split: Split) throws -> Predictions {
    guard let rows = job.splits[split] else { throw TrainingFault.noRows }
    var (sum, done) =
      words.removeValue(forKey: split)
      ?? (
        BoostedWords(
          rows: rows.features.rows,
          classes: job.classes.count,
          present: present,
          task: job.task
        ), 0
      )
    while done < state.trees.count {
      sum.add(state.trees[done], weight: state.words[done], rows.features)
      done += 1
    }
    words[split] = (sum, done)
    return sum.predictions
  }

  /// Fewer rounds are the first trees.
  package mutating func remember(round: Int) {}

  package func model(rounds: Int) -> AdaBoostModel {
    AdaBoostModel(
      TreeEnsemble(
        job,
        features: table.features.names,
        trees: Array(state.trees.prefix(rounds)),
        weights: Array(state.words.prefix(rounds))
      ),
      present: present
    )
  }

  func notes(_ kept: Int) -> [TrainingNote] {
    let count = min(kept, state.trees.count)
    let end = kept >= state.trees.count ? state.end : nil
    return [TrainingNote("trees", "\(count)", note: end.map { "\($0.rawValue)" })]
  }

  package func checkpoint() throws -> [UInt8] { try state.encoded() }

  package mutating func restore(_ checkpoint: [UInt8]) throws {
    guard
      let restored = State(
        decoding: checkpoint,
        features: table.columns.columns,
        outputs: table.outputs,
        rows: table.columns.rows
      )
    else { throw TrainingFault.damagedModel(AdaBoost.name) }
    state = restored
    words = [:]
  }
}
