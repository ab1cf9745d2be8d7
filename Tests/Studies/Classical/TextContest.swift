import ColophonCore
import ColophonData
import ColophonEvaluation
import ColophonLearning

/// blazingtext beside fastText: both learn to tell four kinds of made-up texts apart.
struct TextContest {
  private static let kinds = 4
  private let contest = Contest(
    "blazingtext",
    "20 dimensions, 10 epochs, pairs of words",
    [.text],
    [
      "mode": "supervised", "vector_dim": 20, "epochs": 10, "learning_rate": 0.1, "word_ngrams": 2,
      "min_count": 1, "buckets": 20_000,
    ],
    peer: "fasttext"
  )

  func run(_ scores: inout ScoreTable) throws {
    var row = ScoreTable.Row(set: "texts", contest: contest, metric: "accuracy")
    for seed in 0..<5 {
      let (train, test) = (texts(1_000, seed: seed, "train"), texts(500, seed: seed, "test"))
      guard let theirs = try peer(train, test) else {
        print("fastText is missing: blazingtext is left out")
        return
      }
      row.add(
        ours: try ours(train, test, seed: seed),
        theirs: accuracy(theirs, test),
        deviation: 0
      )
    }
    scores.add(row)
  }

  private struct Text: Sendable {
    var words: String
    var kind: Int
  }

  /// Words of one vocabulary, the frequent ones common to all kinds; each kind prefers a few.
  private func texts(_ count: Int, seed: Int, _ purpose: String) -> [Text] {
    var random = RandomStream(root: UInt64(seed), cell: "texts", purpose: purpose)
    func uniform() -> Double { Double(random.next() >> 11) / 9_007_199_254_740_992 }
    return (0..<count).map { index in
      let kind = index % Self.kinds
      let words = (0..<12).map { _ -> String in
        // The rank of a word by Zipf's law, nearly: e^(u log 2000).
        let rank = Int(1 / (1 - uniform() * (1 - 1 / 2_000.0)))
        let own = uniform() < 0.12
        return own ? "k\(kind)w\(rank % 40)" : "w\(rank)"
      }
      return Text(words: words.joined(separator: " "), kind: kind)
    }
  }

  private func ours(_ train: [Text], _ test: [Text], seed: Int) throws -> Double {
    let recipe = try Recipes.recipe(contest.algorithm, contest.hyperparameters(seed))
    let classes = (0..<Self.kinds).map { "\($0)" }
    let job = TrainingJob(
      task: .text,
      classes: classes,
      splits: [
        .train: TrainingRows(
          features: FeatureMatrix(texts: train.map { $0.words }),
          labels: .classes(train.map { Int32($0.kind) })
        )
      ],
      scorer: Scorer([], classes: classes)
    ) { RandomStream(root: UInt64(seed), cell: "study", purpose: $0) }
    let model = try recipe.fit(job, observer: SilentObserver()).model
    guard
      case .multiclass(let p, _) = try model.predict(FeatureMatrix(texts: test.map { $0.words }))
    else { return .nan }
    let found = test.indices.map { row in
      (0..<Self.kinds).max { p[row * Self.kinds + $0] < p[row * Self.kinds + $1] } ?? 0
    }
    return accuracy(found, test)
  }

  private func accuracy(_ found: [Int], _ test: [Text]) -> Double {
    let right = zip(found, test).filter { $0 == $1.kind }.count
    return Double(right) / Double(test.count)
  }

  /// What fastText says of the test's texts; nil where it is not there.
  private func peer(_ train: [Text], _ test: [Text]) throws -> [Int]? {
    let lines = (train + test).map { "__label__\($0.kind) \($0.words)\n" }.joined()
    let output = Peer.run(
      """
      import fasttext, os, sys, tempfile
      lines = sys.stdin.read().splitlines()
      with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False) as file:
          file.write("\\n".join(lines[:\(train.count)]) + "\\n")
      model = fasttext.train_supervised(
          file.name, dim=20, epoch=10, lr=0.1, wordNgrams=2, minCount=1, bucket=20000, thread=1,
          loss="softmax", verbose=0)
      os.remove(file.name)
      for line in lines[\(train.count):]:
          text = line.split(" ", 1)[1]
          print(model.f.predict(text + "\\n", 1, 0.0, "strict")[0][1][len("__label__"):])
      """,
      input: lines
    )
    return output?.split(separator: "\n").compactMap { Int($0) }
  }
}
