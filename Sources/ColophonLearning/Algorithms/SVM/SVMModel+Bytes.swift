import ColophonCore
import ColophonData

extension SVMModel {
  /// What stands before the vectors and coefficients.
  private struct Header: Codable {
    var task: Task
    var classes: Int
    var present: [Int]
    var features: [String]
    var kernel: SVMKernel
    var places: [Int]
    var counts: [Int]
    var intercepts: [Double]
    var scalings: [PlattScaling]
    var objectives: [Double]
  }

  package func encoded() throws -> [UInt8] {
    let header = Header(
      task: task,
      classes: classCount,
      present: present,
      features: features,
      kernel: kernel,
      places: places,
      counts: counts,
      intercepts: intercepts,
      scalings: scalings,
      objectives: objectives
    )
    return HeadedBytes(
      header: try Value(encoding: header),
      body: NumberBytes.bytes(vectors + coefficients)
    ).encoded()
  }

  package init(decoding bytes: [UInt8]) throws {
    let damaged = TrainingFault.damagedModel(SupportVectorMachine.name)
    guard let parts = HeadedBytes(decoding: bytes),
      let header = try? parts.header.decode(Header.self),
      let numbers = NumberBytes.numbers(parts.body), !header.features.isEmpty
    else { throw damaged }
    let isRegression = header.task == .regression
    let classes = header.present.count
    let outputs = isRegression ? 1 : classes * (classes - 1) / 2
    let total = header.places.count
    guard isRegression ? classes == 0 : classes > 1,
      header.present.allSatisfy({ (0..<header.classes).contains($0) }),
      header.counts.count == (isRegression ? 1 : classes),
      header.counts.allSatisfy({ (0...total).contains($0) }),
      header.counts.reduce(0, +) == total, header.intercepts.count == outputs,
      header.scalings.isEmpty || header.scalings.count == outputs,
      numbers.count == total * (header.features.count + max(classes - 1, 1))
    else { throw damaged }
    let split = total * header.features.count
    self.init(
      task: header.task,
      classCount: header.classes,
      present: header.present,
      features: header.features,
      kernel: header.kernel,
      vectors: Array(numbers[..<split]),
      places: header.places,
      counts: header.counts,
      coefficients: Array(numbers[split...]),
      intercepts: header.intercepts,
      scalings: header.scalings,
      objectives: header.objectives
    )
  }
}
