import ColophonCells
import ColophonCore
import ColophonData
import ColophonLearning
import ColophonLineage
import ColophonReport
import Testing

/// Lends one dataset under the name `data`.
struct OneDataset: WorkshopSupply {
  var dataset: Dataset
  var isCancelled = false

  func artifact(of cell: String) throws -> (any Artifact)? { dataset }
  func artifactDigest(of cell: String) -> Digest? { Digest(of: dataset.encodedBytes) }
  func artifact(_ digest: Digest, as type: any Artifact.Type) throws -> (any Artifact)? { dataset }
  func values(of cell: String) -> Value? { nil }
  func read(_ file: String) throws -> (bytes: [UInt8], digest: Digest) { ([], Digest(of: [])) }
  func progress(_ fraction: Double, _ note: String) {}
}

/// A cell whose data's task is known before the run.
struct Regression: PreviewsDataset {
  static let name = "regression"
  static let summary = "Numbers."
  init() {}
  init(reading fields: inout FieldReader) {}
  var values: [PathPattern] { [] }
  func run(in workshop: Workshop) throws -> Outcome { Outcome() }
  func preview(in survey: Survey) -> DatasetPreview? {
    DatasetPreview(columns: ["x", "y"], target: "y", task: "regression")
  }
}

@Suite struct ATrainCell {
  static let place = SourcePosition(path: "a.md", line: 5, column: 1)

  /// `key: value` pairs, one a line from line 6 on; nested maps go on with the lines.
  final class Writer {
    var line = 5
    func map(_ pairs: [(String, Node.Content)]) -> Node {
      let entries = pairs.map { key, content -> Node.Entry in
        line += 1
        let start = SourcePosition(path: "a.md", line: line, column: 1)
        let place = SourcePosition(path: "a.md", line: line, column: key.utf8.count + 3)
        return Node.Entry(key: key, keyPosition: start, value: scalar(content, place))
      }
      return Node(.mapping(entries), at: SourcePosition(path: "a.md", line: 6, column: 1))
    }
    func scalar(_ content: Node.Content, _ place: SourcePosition) -> Node {
      let text =
        switch content {
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let value): value
        case .boolean(let value): "\(value)"
        default: ""
        }
      return Node(content, text: text, at: place, length: text.utf8.count)
    }
  }

  func read(
    _ pairs: [(String, Node.Content)]
  ) throws -> (cell: TrainKind, recipe: CellRecipe, diagnostics: [Diagnostic]) {
    let (recipe, diagnostics) = CellRecipe.read(
      TrainKind.self,
      Writer().map(pairs),
      at: Self.place
    )
    return (try #require(recipe.kind as? TrainKind), recipe, diagnostics)
  }

  /// Hyperparameters that an algorithm can't do without.
  func least(_ name: String) -> [(String, Node.Content)] {
    let small: [(String, Node.Content)] = [("epochs", .integer(3))]
    if name == "mlp" { return small }
    if name == "cnn" || name == "rnn" {
      let layer: (String, Node.Content) =
        name == "rnn"
        ? ("gru", .integer(4))
        : ("conv2d", settings([("filters", .integer(4)), ("kernel", .integer(1))]))
      let layers = name == "rnn" ? [Writer().map([layer])] : [Writer().map([layer]), flatten]
      let image: [(String, Node.Content)] =
        name == "rnn" ? [] : [("image", settings([("height", .integer(1))]))]
      return small + image + [("layers", .sequence(layers))]
    }
    guard name == "stacking" else { return [] }
    let members = ["linear_learner", "xgboost"].map { algorithm in
      Writer().map([("name", .string(algorithm)), ("algorithm", .string(algorithm))])
    }
    return [("hyperparameters", settings([("estimators", .sequence(members))]))]
  }

  private var flatten: Node { Writer().scalar(.string("flatten"), Self.place) }

  func settings(_ pairs: [(String, Node.Content)]) -> Node.Content { Writer().map(pairs).content }

  /// Points of two classes that overlap, with a category and some missing numbers.
  func dataset(_ task: Task, rows: Int = 240) -> Dataset {
    var random = RandomStream(root: 4, cell: "t", purpose: "data")
    var size: [Double] = []
    var noise: [Double] = []
    var kind: [Int32] = []
    var codes: [Int32] = []
    var numbers: [Double] = []
    for row in 0..<rows {
      let x = random.uniform() * 4
      let k = random.integer(below: 3)
      let error = random.uniform() + random.uniform() - 1
      size.append(row % 17 == 3 ? .nan : x)
      noise.append(random.uniform())
      kind.append(Int32(k))
      let score = x + Double(k) + 2 * error
      codes.append(task == .multiclass ? (score > 4 ? 2 : score > 2.5 ? 1 : 0) : score > 3 ? 1 : 0)
      numbers.append(score)
    }
    let levels = task == .multiclass ? ["low", "middle", "top"] : ["no", "yes"]
    let target: Column.Storage =
      task == .regression ? .numbers(numbers) : .categories(codes: codes, levels: levels)
    return Dataset(
      table: Table(
        columns: [
          Column(name: "size", type: .numeric, storage: .numbers(size)),
          Column(name: "noise", type: .numeric, storage: .numbers(noise)),
          Column(
            name: "kind",
            type: .category,
            storage: .categories(codes: kind, levels: ["a", "b", "two words"])
          ),
          Column(
            name: "y",
            type: task == .regression ? .numeric : .category,
            storage: target
          ),
        ],
        rowCount: rows
      ),
      task: task,
      target: "y",
      classes: task == .regression ? [] : levels,
      splits: (0..<rows).map { $0 % 4 == 0 ? .test : $0 % 4 == 1 ? .validation : .train }
    )
  }

  /// The numbers of `dataset(.regression)` as relevances of queries that stand between each other.
  func rankings() -> Dataset {
    var dataset = dataset(.regression)
    let queries = (0..<240).map { Double(($0 * 7) % 24) }
    var columns = dataset.table.columns.filter { $0.name != "y" }
    let relevance = (dataset.table["y"]?.numbers ?? []).map { max(0, min(4, $0.rounded(.down))) }
    columns.append(Column(name: "y", type: .numeric, storage: .numbers(relevance)))
    columns.append(Column(name: "query", type: .numeric, storage: .numbers(queries)))
    dataset = Dataset(
      table: Table(columns: columns, rowCount: 240),
      task: .ranking,
      target: "y",
      classes: [],
      group: "query",
      splits: queries.map { $0 < 6 ? .test : $0 < 12 ? .validation : .train }
    )
    return dataset
  }

  @Test(arguments: ["rank:pairwise", "rank:ndcg", "rank:map"])
  func learnsToRank(objective: String) throws {
    let (outcome, cell) = try run(
      [
        ("data", .string("data")), ("algorithm", .string("xgboost")),
        (
          "hyperparameters",
          settings([("objective", .string(objective)), ("num_round", .integer(20))])
        ),
        (
          "early_stopping",
          settings([("metric", .string("validation:ndcg_5")), ("patience", .integer(8))])
        ),
      ],
      rankings()
    )
    let test = try #require(outcome.values["test"]?.asObject)
    #expect(try #require(test["ndcg_10"]?.asNumber) > 0.8)
    #expect(test["mrr"]?.asNumber != nil)
    #expect(cell.values.contains { $0.matches([.name("test"), .name("ndcg_10")]) })
  }

  func run(
    _ pairs: [(String, Node.Content)],
    _ dataset: Dataset
  ) throws -> (outcome: Outcome, cell: TrainKind) {
    let (cell, _, diagnostics) = try read(pairs)
    #expect(diagnostics.filter { $0.severity == .error }.isEmpty, "\(diagnostics)")
    let workshop = Workshop(
      cell: "model",
      seed: 3,
      threads: 1,
      supply: OneDataset(dataset: dataset)
    )
    return (try cell.run(in: workshop), cell)
  }

  /// Every algorithm with each of its tasks that there are rows for.
  static let pairs = algorithms.members.filter { $0.reads != .text }.flatMap { type in
    [Task.binary, .multiclass, .regression, .clustering].filter { type.tasks.contains($0) }
      .map { (type.name, $0) }
  }

  @Test(arguments: pairs)
  func keepsThePathsItPromised(name: String, task: Task) throws {
    guard try #require(algorithms[name]).tasks.contains(task) else { return }
    let (outcome, cell) = try run(
      [("data", .string("data")), ("algorithm", .string(name))] + least(name),
      dataset(task)
    )
    let patterns = cell.values
    func walk(_ value: Value, _ path: [ValuePath.Segment]) {
      if let members = value.asObject {
        for (key, member) in members { walk(member, path + [.name(key)]) }
      } else {
        #expect(patterns.contains { $0.matches(path) }, "\(path)")
      }
    }
    walk(.object(outcome.values), [])
    #expect(outcome.values["train"] != nil)
    #expect(outcome.values["test"] != nil)
    let digest = try #require(outcome.values["model"]?.asString)
    let artifact = try #require(outcome.artifact)
    #expect(digest == Digest(of: try artifact.encodedArtifact()).description)
    for exhibit in outcome.exhibits {
      let again = try Value(encoding: exhibit).decode(Exhibit.self)
      #expect(try Value(encoding: again).canonicalText == Value(encoding: exhibit).canonicalText)
    }
  }

  @Test(arguments: pairs)
  func makesTheSameOutcomeTwice(name: String, task: Task) throws {
    let pairs: [(String, Node.Content)] =
      [("data", .string("data")), ("algorithm", .string(name))] + least(name)
    let first = try run(pairs, dataset(task)).outcome
    let second = try run(pairs, dataset(task)).outcome
    #expect(Value.object(first.values).canonicalText == Value.object(second.values).canonicalText)
    #expect(try first.artifact?.encodedArtifact() == second.artifact?.encodedArtifact())
  }

  @Test func readsItsModelBack() throws {
    let data = dataset(.binary)
    let outcome = try run(
      [("data", .string("data")), ("algorithm", .string("xgboost"))],
      data
    ).outcome
    let model = try #require(outcome.artifact as? TrainedModel)
    let again = try TrainedModel.decodedArtifact(try model.encodedArtifact())
    let rows = data.rows(of: .test)
    #expect(try again.predict(data, rows: rows) == model.predict(data, rows: rows))
    #expect(again.data == Digest(of: data.encodedBytes))
  }

  @Test func namesCoefficientsByTheirFeatures() throws {
    let outcome = try run(
      [("data", .string("data")), ("algorithm", .string("linear_learner"))],
      dataset(.regression)
    ).outcome
    let coefficients = try #require(outcome.values["coefficients"]?.asObject)
    #expect(coefficients.keys.sorted() == ["kind=a", "kind=b", "kind=two words", "noise", "size"])
    #expect(outcome.values["intercept"]?.asNumber != nil)
    // A slope of 1 made the data; missing values and the penalty pull at it a little.
    #expect(abs((coefficients["size"]?.asNumber ?? 0) - 1) < 0.2)
  }

  @Test func measuresOnlyTheMetricsNamed() throws {
    let outcome = try run(
      [
        ("data", .string("data")), ("algorithm", .string("xgboost")),
        ("metrics", .sequence([Node(.string("mcc"), text: "mcc", at: Self.place)])),
        (
          "early_stopping",
          settings([("metric", .string("validation:roc_auc")), ("patience", .integer(4))])
        ),
      ],
      dataset(.binary)
    ).outcome
    let names = try #require(outcome.values["validation"]?.asObject?.keys.sorted())
    #expect(names == ["mcc", "roc_auc"])
    let kept = try #require(outcome.values["best_epoch"]?.asInteger)
    let rounds = try #require(outcome.values["epochs"]?.asInteger)
    #expect(rounds == min(100, kept + 4))
  }

  @Test func warnsOfAccuracyAloneWhereAClassIsRare() throws {
    let text = "x,y\n" + (0..<60).map { "\($0),\($0 % 10 == 0 ? "a" : "b")\n" }.joined()
    let (made, _, _) = ColophonCellsTests.read(
      DatasetKind.self,
      ["source": "t.csv", "target": "y", "split": ["train": 0.5, "validation": 0.5]]
    )
    let artifact = try ColophonCellsTests.run(
      made,
      FolderSupply(files: ["t.csv": Array(text.utf8)])
    ).artifact
    let outcome = try run(
      [
        ("data", .string("data")), ("algorithm", .string("xgboost")),
        ("metrics", .sequence([Node(.string("accuracy"), text: "accuracy", at: Self.place)])),
        ("early_stopping", settings([("metric", .string("validation:accuracy"))])),
      ],
      try #require(artifact as? Dataset)
    ).outcome
    #expect(
      outcome.advice.map { $0.code } == Array(repeating: "eval.accuracy-imbalanced", count: 2)
    )
    #expect(outcome.advice.map { $0.field } == ["metrics", "early_stopping"])
  }

  /// Widths of 4 and 400: the second decides every distance.
  @Test(arguments: ["knn", "svm", "linear_learner"])
  func advisesWhereScalesDifferAHundredfold(name: String) throws {
    var data = dataset(.binary)
    let pairs: [(String, Node.Content)] = [
      ("data", .string("data")), ("algorithm", .string(name)),
    ]
    let even = try run(pairs, data).outcome.advice.map { $0.code }
    #expect(!even.contains("train.unscaled"))
    for i in data.table.columns.indices {
      if data.table.columns[i].name == "noise", let values = data.table.columns[i].numbers {
        data.table.columns[i].storage = .numbers(values.map { $0 * 500 })
      }
    }
    let uneven = try run(pairs, data).outcome.advice.map { $0.code }
    #expect(uneven.contains("train.unscaled") == (name != "linear_learner"))
  }

  @Test func showsWhereClustersLie() throws {
    var data = dataset(.clustering)
    data.target = nil
    data.classes = []
    let outcome = try run(
      [
        ("data", .string("data")), ("algorithm", .string("kmeans")),
        ("hyperparameters", settings([("n_clusters", .integer(3))])),
      ],
      data
    ).outcome
    let captions = outcome.exhibits.compactMap { exhibit -> String? in
      if case .table(let table) = exhibit { table.caption } else { nil }
    }
    #expect(captions.contains("Centres on the features' own scale"))
    #expect(outcome.values["train"]?["silhouette"]?.asNumber != nil)
    // Without labels there is nothing to compare clusters with.
    #expect(outcome.values["train"]?["adjusted_rand"] == nil)
  }

  @Test func endsWhenTheRunIsCancelled() throws {
    let (cell, _, _) = try read([("data", .string("data")), ("algorithm", .string("xgboost"))])
    let workshop = Workshop(
      cell: "model",
      seed: 3,
      threads: 1,
      supply: OneDataset(dataset: dataset(.binary), isCancelled: true)
    )
    #expect(throws: Cancelled.self) { try cell.run(in: workshop) }
  }
}
