import ColophonCore
package import ColophonData

/// Fitted members, whose predictions are averaged.
package struct BaggingModel: Model {
  package static var algorithm: String { Bagging.name }

  /// One fitted model and the features that it was given.
  package struct Member: Sendable {
    /// Places of the features, in the order in which the member takes them; nil for all.
    package var columns: [Int]?
    package var model: any Model

    /// What the member says about rows that have all features.
    package func predict(_ features: FeatureMatrix, threads: Int = 1) throws -> Predictions {
      try model.predict(
        columns.map { features.taking(columns: $0) } ?? features,
        threads: threads
      )
    }
  }

  package let task: Task
  package let classCount: Int
  package let features: [String]
  /// At least one.
  package let members: [Member]

  init(task: Task, classCount: Int, features: [String], members: [Member]) {
    self.task = task
    self.classCount = classCount
    self.features = features
    self.members = members
  }

  /// The mean over the members, added up in their order.
  package func predict(_ rows: FeatureMatrix) throws -> Predictions {
    try predict(rows, threads: 1)
  }

  package func predict(_ rows: FeatureMatrix, threads: Int) throws -> Predictions {
    guard rows.columns == features.count
    else { throw TrainingFault.width(expected: features.count, found: rows.columns) }
    var sum = PredictionGrid(rows: rows.rows, task: task, classes: classCount)
    for member in members { try sum.add(member.predict(rows, threads: threads)) }
    return sum.divided(by: Double(members.count))
  }

  package var parameterCount: Int { members.reduce(0) { $0 + $1.model.parameterCount } }

  /// Each feature's splits in all members, with their mean gain and cover; none where a member has
  /// none to tell.
  package var importances: [FeatureImportance] {
    get throws {
      var sums = features.map { FeatureImportance(feature: $0, gain: 0, cover: 0, splits: 0) }
      for member in members {
        let own = try member.model.importances
        if own.isEmpty { return [] }
        for (place, importance) in own.enumerated() {
          let feature = member.columns?[place] ?? place
          sums[feature].gain += importance.gain * importance.splits
          sums[feature].cover += importance.cover * importance.splits
          sums[feature].splits += importance.splits
        }
      }
      for i in sums.indices where sums[i].splits > 0 {
        sums[i].gain /= sums[i].splits
        sums[i].cover /= sums[i].splits
      }
      return sums
    }
  }

  /// What stands before the members' bytes.
  private struct Header: Codable {
    struct Member: Codable {
      var columns: [Int]?
      var size: Int
    }

    var algorithm: String
    var task: Task
    var classCount: Int
    var features: [String]
    var members: [Member]
  }

  package func encoded() throws -> [UInt8] {
    let bodies = try members.map { try $0.model.encoded() }
    let header = Header(
      algorithm: members.first.map { Swift.type(of: $0.model).algorithm } ?? "",
      task: task,
      classCount: classCount,
      features: features,
      members: zip(members, bodies).map { Header.Member(columns: $0.columns, size: $1.count) }
    )
    return HeadedBytes(header: try Value(encoding: header), body: bodies.flatMap { $0 }).encoded()
  }

  package init(decoding bytes: [UInt8]) throws {
    guard let parts = HeadedBytes(decoding: bytes),
      let header = try? parts.header.decode(Header.self),
      let type = algorithms[header.algorithm], !header.members.isEmpty,
      let bodies = parts.pieces(of: header.members.map { $0.size })
    else { throw TrainingFault.damagedModel(Bagging.name) }
    let count = header.features.count
    let members = try zip(header.members, bodies).map { member, body in
      guard member.columns?.allSatisfy({ (0..<count).contains($0) }) ?? true
      else { throw TrainingFault.damagedModel(Bagging.name) }
      return Member(columns: member.columns, model: try type.decodeModel(body))
    }
    self.init(
      task: header.task,
      classCount: header.classCount,
      features: header.features,
      members: members
    )
  }
}

extension HeadedBytes {
  /// The body cut into pieces of some sizes; nil where they are not its whole.
  func pieces(of sizes: [Int]) -> [[UInt8]]? {
    var rest = body[...]
    var pieces: [[UInt8]] = []
    for size in sizes {
      guard size >= 0, size <= rest.count else { return nil }
      pieces.append(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    return rest.isEmpty ? pieces : nil
  }
}
