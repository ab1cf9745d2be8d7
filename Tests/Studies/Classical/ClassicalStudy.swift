import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning
import ColophonMath

extension Study {
  /// Every classical algorithm beside scikit-learn, XGBoost or fastText, on the standard sets with
  /// five seeds: `classical.csv` of test scores, `classical-unique.csv` of the largest deviations.
  static let classical = Study(name: "classical") {
    guard let sets = StudySet.standard() else { throw PeerMissing() }
    var scores = ScoreTable()
    for set in sets {
      try ClassicalStudy(set: set).run(&scores)
      try scores.write()
    }
    try TextContest().run(&scores)
    try scores.write()
  }
}

/// No Python with the peers.
struct PeerMissing: Error, CustomStringConvertible {
  var description: String { "COLOPHON_PEER names no Python that has the peers" }
}

/// All contests over one set.
struct ClassicalStudy {
  let set: StudySet
  private let seeds = 0..<5

  func run(_ scores: inout ScoreTable) throws {
    let contests = Contest.all.filter { $0.tasks.contains(set.task) }
    let divisions = seeds.map { set.division(seed: $0) }
    let theirs = try peers(contests, divisions)
    for (place, contest) in contests.enumerated() {
      var row = ScoreTable.Row(set: set.name, contest: contest, metric: metric(contest))
      for division in divisions {
        guard let values = theirs[[division.seed, place]] else { throw PeerMissing() }
        let ours = try self.ours(contest, division)
        row.add(
          ours: score(ours, contest, division),
          theirs: score(values, contest, division),
          deviation: zip(ours, values).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
        )
      }
      scores.add(row)
    }
  }

  // MARK: The peer

  /// By seed and contest.
  private func peers(_ contests: [Contest], _ divisions: [Division]) throws -> [[Int]: [Double]] {
    let head: Value = [
      "task": .string(set.task.rawValue), "classes": .integer(set.classes.count),
      "peers": .array(contests.map { .string($0.peer) }),
    ]
    let input = divisions.reduce(into: String(decoding: head.canonicalBytes, as: UTF8.self) + "\n")
    {
      let (train, test) = ($1.train, $1.test)
      $0 += "\($1.seed),\(train.targets.count),\(test.targets.count)\n"
      $0 += train.lines(columns: set.columns) + test.lines(columns: set.columns)
    }
    guard let output = Peer.run(ContestPeer.contests, input: input) else { throw PeerMissing() }
    var found: [[Int]: [Double]] = [:]
    for line in output.split(separator: "\n") {
      let value = try Value(json: Array(line.utf8))
      guard let seed = value["seed"]?.asInteger, let place = value["contest"]?.asInteger,
        let values = value["values"]?.asArray?.compactMap({ $0.asNumber })
      else { throw PeerMissing() }
      found[[seed, place]] = values
    }
    return found
  }

  // MARK: Ours

  /// What our model says of the test rows, flat; of clusters how far rows lie from their centres.
  private func ours(_ contest: Contest, _ division: Division) throws -> [Double] {
    let recipe = try Recipes.recipe(contest.algorithm, contest.hyperparameters(division.seed))
    let isClustering = contest.algorithm == "kmeans"
    let job = TrainingJob(
      task: isClustering ? .clustering : set.task,
      classes: isClustering ? [] : set.classes,
      splits: [.train: training(division.train, isClustering)],
      scorer: Scorer([], classes: set.classes)
    ) { RandomStream(root: UInt64(division.seed), cell: "study", purpose: $0) }
    let model = try recipe.fit(job, observer: SilentObserver()).model
    if let clusters = model as? KMeansModel { return [clusters.inertia] }
    switch try model.predict(features(division.test)) {
    case .binary(let scores): return scores
    case .multiclass(let probabilities, _): return probabilities
    case .regression(let numbers): return numbers
    case .clusters, .forecasts: return []
    }
  }

  private func features(_ part: TrainingPart) -> FeatureMatrix {
    FeatureMatrix(
      names: (0..<set.columns).map { "x\($0)" },
      rows: part.targets.count,
      values: part.rows
    )
  }

  private func training(_ part: TrainingPart, _ isClustering: Bool) -> TrainingRows {
    let labels: Labels =
      isClustering
      ? .absent(rows: part.targets.count)
      : set.task == .regression
        ? .numbers(part.targets) : .classes(part.targets.map { Int32($0) })
    return TrainingRows(features: features(part), labels: labels)
  }

  // MARK: Scores

  private func metric(_ contest: Contest) -> String {
    contest.algorithm == "kmeans" ? "inertia" : set.task == .regression ? "r2" : "accuracy"
  }

  /// The same code scores both sides.
  private func score(_ values: [Double], _ contest: Contest, _ division: Division) -> Double {
    if contest.algorithm == "kmeans" { return values.first ?? .nan }
    let targets = division.test.targets
    let name = metric(contest)
    let (labels, predictions): (Labels, Predictions) =
      switch set.task {
      case .regression: (.numbers(targets), .regression(values))
      case .binary: (.classes(targets.map { Int32($0) }), .binary(scores: values))
      default:
        (
          .classes(targets.map { Int32($0) }),
          .multiclass(probabilities: values, classes: set.classes.count)
        )
      }
    let metric = Metric.named(name, task: set.task)
    return metric?.value(labels: labels, predictions: predictions) ?? .nan
  }
}

/// Recipes from values.
enum Recipes {
  struct Refused: Error, CustomStringConvertible { var description: String }

  static func recipe(_ algorithm: String, _ hyperparameters: Value) throws -> any Algorithm {
    guard let type = algorithms[algorithm] else { throw Refused(description: algorithm) }
    var fields = FieldReader(
      node(hyperparameters).entries ?? [],
      context: "the study",
      at: place
    )
    let recipe = type.init(reading: &fields)
    fields.finish()
    if let problem = fields.diagnostics.first(where: { $0.severity == .error }) {
      throw Refused(description: "\(algorithm): \(problem.message)")
    }
    return recipe
  }

  private static let place = SourcePosition(path: "study", line: 1, column: 1)

  private static func node(_ value: Value) -> Node {
    switch value {
    case .boolean(let value): Node(.boolean(value), text: "\(value)", at: place)
    case .integer(let value): Node(.integer(value), text: "\(value)", at: place)
    case .number(let value): Node(.number(value), text: "\(value)", at: place)
    case .string(let text): Node(.string(text), text: text, at: place)
    case .array(let items): Node(.sequence(items.map { node($0) }), text: "", at: place)
    case .object(let entries):
      Node(
        .mapping(
          entries.sorted { $0.key < $1.key }.map {
            Node.Entry(key: $0.key, keyPosition: place, value: node($0.value))
          }
        ),
        text: "",
        at: place
      )
    default: Node(.null, text: "", at: place)
    }
  }
}
