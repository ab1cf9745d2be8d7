package import ColophonCore
package import ColophonData

/// How the training rows are dealt to folds, so that each is predicted by models that never saw it.
///
/// Unless shuffled, the folds are scikit-learn's own: KFold's blocks, StratifiedKFold's turns,
/// GroupKFold's lightest fold.
package struct StackingFolds: Hashable, Sendable {
  package enum Scheme: String, CaseIterable, Sendable {
    /// Whole groups where the data names a group, stratified for classes, else blocks.
    case auto
    case stratified, kfold, group
  }

  package var count: Int
  package var scheme: Scheme
  package var shuffle: Bool

  package init(count: Int = 5, scheme: Scheme = .auto, shuffle: Bool = false) {
    self.count = count
    self.scheme = scheme
    self.shuffle = shuffle
  }

  /// The fold of each row.
  ///
  /// `stream`: Shuffles the rows before they are dealt, where that was asked for.
  /// - Throws: A fault at `cv` where the rows can't be dealt so.
  package func assign(
    _ rows: TrainingRows,
    task: Task,
    drawing stream: RandomStream
  ) throws -> [Int] {
    let total = rows.features.rows
    guard total >= count else { throw TrainingFault.folds("\(count) folds of \(total) rows") }
    var order = Array(0..<total)
    var stream = stream
    if shuffle { stream.shuffle(&order) }
    switch try resolved(rows, task) {
    case .stratified:
      guard case .classes(let codes) = rows.labels
      else { throw TrainingFault.folds("stratified folds of a target without classes") }
      return stratified(codes, order)
    case .group:
      guard let groups = rows.groups
      else { throw TrainingFault.folds("folds of groups, but the data names none") }
      return try grouped(groups, order)
    case .kfold, .auto: return blocks(order)
    }
  }

  private func resolved(_ rows: TrainingRows, _ task: Task) throws -> Scheme {
    if scheme != .auto { return scheme }
    if rows.groups != nil { return .group }
    return task.isClassification ? .stratified : .kfold
  }

  /// Blocks of the order whose sizes differ by 1 at most, the larger first.
  private func blocks(_ order: [Int]) -> [Int] {
    var folds = [Int](repeating: 0, count: order.count)
    let (size, larger) = order.count.quotientAndRemainder(dividingBy: count)
    for (place, row) in order.enumerated() {
      let bigger = larger * (size + 1)
      folds[row] = place < bigger ? place / (size + 1) : larger + (place - bigger) / size
    }
    return folds
  }

  /// Each class in blocks; the classes' leftovers go to the folds in turn.
  private func stratified(_ codes: [Int32], _ order: [Int]) -> [Int] {
    // Classes count in the order in which they first occur among the rows.
    var places: [Int32: Int] = [:]
    var members: [[Int]] = []
    for row in order {
      if places[codes[row]] == nil {
        places[codes[row]] = members.count
        members.append([])
      }
      members[places[codes[row]] ?? 0].append(row)
    }
    var folds = [Int](repeating: 0, count: codes.count)
    var start = 0
    for rows in members {
      // How many of the sorted labels' every count-th places, from each fold's on, are this class's.
      let shares = (0..<count).map { fold in
        (start..<start + rows.count).reduce(0) { $0 + ($1 % count == fold ? 1 : 0) }
      }
      var next = 0
      for (fold, share) in shares.enumerated() {
        for row in rows[next..<next + share] { folds[row] = fold }
        next += share
      }
      start += rows.count
    }
    return folds
  }

  /// Whole groups, the largest first, each to the fold with the fewest rows.
  private func grouped(_ groups: [Int32], _ order: [Int]) throws -> [Int] {
    var sizes: [Int32: Int] = [:]
    var last: [Int32: Int] = [:]
    for (place, row) in order.enumerated() {
      sizes[groups[row], default: 0] += 1
      last[groups[row]] = place
    }
    guard sizes.count >= count
    else { throw TrainingFault.folds("\(count) folds of \(sizes.count) groups") }
    // Of equal sizes the later group goes first, or where shuffled, the one that is met last.
    let names = sizes.keys.sorted { a, b in
      let (x, y) = (sizes[a] ?? 0, sizes[b] ?? 0)
      if x != y { return x > y }
      return shuffle ? (last[a] ?? 0) > (last[b] ?? 0) : a > b
    }
    var loads = [Int](repeating: 0, count: count)
    var chosen: [Int32: Int] = [:]
    for group in names {
      let lightest = loads.indices.min { loads[$0] < loads[$1] } ?? 0
      chosen[group] = lightest
      loads[lightest] += sizes[group] ?? 0
    }
    return groups.map { chosen[$0] ?? 0 }
  }
}

extension FieldReader {
  /// `cv`: a number of folds, or `{folds, scheme, shuffle}`.
  mutating func stackingFolds() -> StackingFolds {
    var blank = FieldReader()
    _ = StackingFolds(reading: &blank)
    let type = FieldType.union([.integer(2...1_000_000), .section(blank.fields)])
    let documentation =
      "The folds whose held-out predictions the final estimator learns from: a number, or "
      + "{folds, scheme, shuffle}."
    guard let node = node("cv", type, default: .integer(5), documentation) else {
      return StackingFolds()
    }
    if let entries = node.entries {
      var inner = FieldReader(entries, context: "'cv'", at: node.position)
      let folds = StackingFolds(reading: &inner)
      inner.finish()
      absorb(inner)
      resolve("cv", to: .object(inner.configuration))
      return folds
    }
    guard case .integer(let count) = node.content else {
      report(.wrongType("cv", expected: "a number of folds, or a map", found: node))
      return StackingFolds()
    }
    guard count >= 2 else {
      report(.outOfRange("cv", allowed: "at least 2", found: node))
      return StackingFolds()
    }
    return StackingFolds(count: count)
  }
}

extension StackingFolds {
  init(reading fields: inout FieldReader) {
    count = fields.integer("folds", in: 2...1_000_000, default: 5, "How many folds.")
    let word = fields.choice(
      "scheme",
      of: Scheme.allCases.map { $0.rawValue },
      default: Scheme.auto.rawValue,
      "Who shares a fold: auto keeps groups whole where the data names them, and classes in their "
        + "shares."
    )
    scheme = Scheme(rawValue: word) ?? .auto
    shuffle = fields.boolean(
      "shuffle",
      default: false,
      "Whether the rows are put in random order before they are dealt."
    )
  }
}

extension TrainingFault {
  static func folds(_ problem: String) -> TrainingFault {
    TrainingFault(
      "train.folds",
      "there can't be \(problem)",
      hint: "change 'cv'",
      field: "hyperparameters.cv"
    )
  }
}
