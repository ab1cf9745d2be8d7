import ColophonCore
import ColophonData
import ColophonLearning
import Synchronization
import Testing

/// What holds for every algorithm of the catalogue, for every task that it learns, on rows made to
/// be awkward.
@Suite struct AlgorithmLaws {
  static let all = LawCase.all

  @Test func thereAreAlgorithms() { #expect(Self.all.count > 2) }

  @Test(arguments: all)
  func leavesItsRecipeUnchanged(law: LawCase) throws {
    let recipe = try law.recipe()
    var (before, after) = ("", "")
    dump(recipe, to: &before)
    _ = try recipe.fit(law.job(LawRows(law.task)), observer: SilentObserver())
    dump(recipe, to: &after)
    #expect(before == after)
  }

  @Test(arguments: all)
  func makesTheSameBytesOnAnyNumberOfThreads(law: LawCase) throws {
    let recipe = try law.recipe()
    let bytes = try [1, 2, 4, 1].map { threads in
      let job = law.job(LawRows(law.task), threads: threads)
      return try recipe.fit(job, observer: SilentObserver()).model.encoded()
    }
    #expect(bytes.allSatisfy { $0 == bytes[0] })
  }

  /// A weight of 2 is the row twice, one of 0 is no row.
  ///
  /// Who draws random numbers draws others for another number of rows, and is tested by itself.
  @Test(arguments: all)
  func countsARowAsOftenAsItWeighs(law: LawCase) throws {
    let rows = LawRows(law.task)
    let weights = (0..<rows.count).map { Double([1, 2, 0, 1, 1, 2, 1][$0 % 7]) }
    var weighted = rows
    weighted.weights = weights
    let repeated = rows.taking(
      (0..<rows.count).flatMap { Array(repeating: $0, count: Int(weights[$0])) }
    )
    let recipe = try law.recipe()
    let drew = Mutex(false)
    func predictions(_ rows: LawRows) throws -> [Double] {
      let job = law.job(rows) { drew.withLock { $0 = true } }
      let model = try recipe.fit(job, observer: SilentObserver()).model
      return try model.predict(LawRows(law.task).features).allNumbers
    }
    let (first, second) = (try predictions(weighted), try predictions(repeated))
    if drew.withLock({ $0 }) { return }
    // The sums of both are the same up to rounding; solvers stop within their own tolerance, of which
    // that of the support vector machine (tol 1e-3 of the decision) is the widest.
    let tolerance = law.name == SupportVectorMachine.name ? 1e-3 : 1e-6
    #expect(relativeError(first, second) < tolerance)
  }

  /// The same rows in another order make the same model, up to the rounding of its sums.
  ///
  /// Who draws random numbers draws them for places in the order. No two distances are equal here:
  /// of equally near neighbours the earlier ones count.
  @Test(arguments: all)
  func doesNotMindTheOrderOfRows(law: LawCase) throws {
    let rows = LawRows(law.task).changing { row, column, value in
      value + Double((row * 37 + column * 11) % 101) / 1_009
    }
    let recipe = try law.recipe()
    let drew = Mutex(false)
    func predictions(_ order: [Int]) throws -> [Double] {
      let job = law.job(rows.taking(order)) { drew.withLock { $0 = true } }
      let model = try recipe.fit(job, observer: SilentObserver()).model
      return try model.predict(rows.features).allNumbers
    }
    // 7 and the number of rows have no common divisor.
    let (first, second) = (
      try predictions(Array(0..<rows.count)),
      try predictions((0..<rows.count).map { ($0 * 7 + 3) % rows.count })
    )
    if drew.withLock({ $0 }) { return }
    let tolerance = law.name == SupportVectorMachine.name ? 1e-3 : 1e-6
    #expect(relativeError(first, second) < tolerance)
  }

  @Test(arguments: all, AwkwardRows.allCases)
  func learnsFromAwkwardRowsOrSaysWhyNot(law: LawCase, awkward: AwkwardRows) throws {
    let rows = awkward.rows(law.task)
    do {
      let model = try law.recipe().fit(law.job(rows), observer: SilentObserver()).model
      let said = try model.predict(rows.features)
      #expect(said.allNumbers.allSatisfy { $0.isFinite })
      let again = try law.type.decodeModel(model.encoded())
      #expect(try again.predict(rows.features) == said)
    } catch let fault as TrainingFault {
      #expect(!fault.message.isEmpty && !fault.message.hasSuffix("."))
    }
  }
}

/// An algorithm and one of the tasks that it learns.
struct LawCase: CustomTestStringConvertible, Sendable {
  var name: String
  var type: any Algorithm.Type
  var task: Task

  var testDescription: String { "\(name), \(task.rawValue)" }

  static let all = algorithms.members.filter { $0.reads != .series }.flatMap { type in
    [Task.binary, .multiclass, .regression, .clustering, .text]
      .filter { type.tasks.contains($0) && (type.reads == .text) == ($0 == .text) }
      .map { LawCase(name: type.name, type: type, task: $0) }
  }

  /// The algorithm with no more hyperparameters than it needs.
  func recipe() throws -> any Algorithm {
    let (recipe, fields) = readAny(type, least(name))
    #expect(fields.diagnostics.isEmpty)
    return recipe
  }

  func job(
    _ rows: LawRows,
    threads: Int = 1,
    drew: @escaping @Sendable () -> Void = {}
  ) -> TrainingJob {
    let classes = task == .text ? ["cold", "warm"] : []
    var job = makeJob(task, classes: classes, splits: [.train: rows.rows], threads: threads)
    let random = job.random
    job.random = { purpose in
      drew()
      return random(purpose)
    }
    return job
  }
}
