import ColophonCore
import ColophonData
import ColophonMath

/// A standard set of rows that both sides learn from.
struct StudySet: Sendable {
  let name: String
  let task: ColophonData.Task
  let columns: Int
  /// Row-major.
  let values: [Double]
  let targets: [Double]

  var rows: Int { targets.count }
  var classes: [String] {
    task == .regression ? [] : (0...Int(targets.max() ?? 0)).map { "\($0)" }
  }

  /// scikit-learn's own sets, and one that is made up; nil where the peer is missing.
  static func standard() -> [StudySet]? {
    guard let text = Peer.run(ContestPeer.sets) else { return nil }
    var lines = text.split(separator: "\n").makeIterator()
    var sets: [StudySet] = []
    while let head = lines.next()?.split(separator: ",") {
      guard head.count == 4, let rows = Int(head[2]), let columns = Int(head[3]),
        let task = ColophonData.Task(rawValue: String(head[1]))
      else { return nil }
      var (values, targets) = ([Double](), [Double]())
      for _ in 0..<rows {
        let numbers = (lines.next() ?? "").split(separator: ",").compactMap { Double($0) }
        guard numbers.count == columns + 1 else { return nil }
        values += numbers.dropLast()
        targets.append(numbers[columns])
      }
      sets.append(
        StudySet(
          name: String(head[0]),
          task: task,
          columns: columns,
          values: values,
          targets: targets
        )
      )
    }
    return sets + [houses]
  }

  /// Made-up blocks of houses: their value grows with income, falls with the distance from two
  /// towns, and its noise grows with it, as in the well-known set of Californian blocks.
  static let houses: StudySet = {
    var random = RandomStream(root: 3, cell: "study", purpose: "houses")
    func uniform() -> Double { Double(random.next() >> 11) / 9_007_199_254_740_992 }
    var (values, targets) = ([Double](), [Double]())
    for _ in 0..<1_200 {
      let (east, north, income) = (uniform() * 10, uniform() * 10, 1 + 9 * uniform() * uniform())
      let (age, rooms, people) = (uniform() * 52, 2 + 6 * uniform(), 1 + 4 * uniform())
      let first = (east - 2) * (east - 2) + (north - 7) * (north - 7)
      let second = (east - 7) * (east - 7) + (north - 2) * (north - 2)
      let near = 1 / (1 + first / 4) + 0.8 / (1 + second / 4)
      let noise = uniform() + uniform() + uniform() - 1.5
      let value =
        0.4 * income + 1.5 * near + 0.01 * age + 0.1 * rooms / people + 0.1 * income * noise
      values += [east, north, income, age, rooms, people, uniform(), uniform()]
      targets.append(value)
    }
    return StudySet(
      name: "houses",
      task: .regression,
      columns: 8,
      values: values,
      targets: targets
    )
  }()

  /// A quarter of the rows of each class (of all rows where there are none) for the test, the rest
  /// to learn from; features, and numbers to predict, are standardised by what is learned from.
  func division(seed: Int) -> Division {
    var random = RandomStream(root: UInt64(seed), cell: name, purpose: "division")
    var test: Set<Int> = []
    for label in task == .regression ? [0] : Array(Set(targets)).sorted() {
      let own = targets.indices.filter { task == .regression || targets[$0] == label }
      test.formUnion(random.sample(own.count / 4, of: own.count).map { own[$0] })
    }
    let train = targets.indices.filter { !test.contains($0) }
    var scaled = values
    for j in 0..<columns {
      let (mean, spread) = moments(train.map { values[$0 * columns + j] })
      for row in 0..<rows {
        scaled[row * columns + j] = (values[row * columns + j] - mean) / spread
      }
    }
    var answers = targets
    if task == .regression {
      let (mean, spread) = moments(train.map { targets[$0] })
      answers = targets.map { ($0 - mean) / spread }
    }
    func part(_ chosen: [Int]) -> TrainingPart {
      TrainingPart(
        rows: chosen.flatMap { Array(scaled[$0 * columns..<($0 + 1) * columns]) },
        targets: chosen.map { answers[$0] }
      )
    }
    return Division(seed: seed, train: part(train), test: part(test.sorted()))
  }

  /// The mean and the population's deviation, 1 where nothing varies.
  private func moments(_ numbers: [Double]) -> (mean: Double, spread: Double) {
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let square = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
    return (mean, square > 0 ? square.squareRoot() : 1)
  }
}

/// Some rows, row-major, with their answers.
struct TrainingPart: Sendable {
  var rows: [Double]
  var targets: [Double]

  /// One line a row, the answer last; every number comes back as it was.
  func lines(columns: Int) -> String {
    targets.indices.map { row in
      (rows[row * columns..<(row + 1) * columns] + [targets[row]]).map { "\($0)" }
        .joined(separator: ",") + "\n"
    }.joined()
  }
}

/// What is learned from and what is asked, under one seed.
struct Division: Sendable {
  var seed: Int
  var train: TrainingPart
  var test: TrainingPart
}
