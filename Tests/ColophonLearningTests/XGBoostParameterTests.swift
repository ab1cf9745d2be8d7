import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// What happens to every parameter that xgboost 1.7 documents.
///
/// Source of the table: `doc/parameter.rst` of dmlc/xgboost (release 1.7), checked against every
/// `DMLC_DECLARE_FIELD` and `DMLC_DECLARE_ALIAS` of the sources of xgboost 1.7.4 (`src/learner.cc`,
/// `include/xgboost/generic_parameters.h`, `src/tree/param.h`, `src/gbm/gbtree.h`,
/// `src/gbm/gblinear.cc`, `src/linear`, `src/objective`, `src/cli_main.cc`).
@Suite struct EveryDocumentedParameter {
  enum Outcome {
    /// The library's own account of its configuration holds this text under this name.
    case received(String, String)
    /// The finished model's metrics are told under this name.
    case told(String)
    /// The library is given as many threads, and no bit changes.
    case threads
    /// The cell says so many rounds.
    case rounds(Int)
    /// Not printed by a run, and no bit changes.
    case silent
    /// Refused where it stands, with these words.
    case refused(String)
  }

  struct Row: CustomTestStringConvertible {
    var name: String
    var value: Node.Content
    var outcome: Outcome
    var with: [(String, Node.Content)] = []
    var task = Task.binary
    var testDescription: String { name }
  }

  @Test(arguments: rows)
  func isCarriedOutOrRefusedWithAReason(row: Row) throws {
    let entries = row.with + [(row.name, row.value)]
    let found = read(XGBoost.self, entries)
    if case .refused(let words) = row.outcome {
      let errors = found.diagnostics.filter { $0.message.contains(words) }
      #expect(errors.map { $0.position.line } == [10 + row.with.count])
      #expect(errors.map { $0.code } == ["train.parameter"])
      return
    }
    #expect(found.diagnostics.isEmpty, "\(found.diagnostics)")
    let job = try ParameterJob.make(row.task, entries)
    let short = read(XGBoost.self, entries + [("num_round", .integer(3))])
    switch row.outcome {
    case .received(let key, let text):
      #expect(holds(try found.recipe.received(in: job), key, text), "\(row.name)")
    case .told(let name):
      let notes = try short.recipe.fit(job, observer: SilentObserver()).notes
      #expect(notes.map { $0.label } == ["train \(name)", "validation \(name)"])
      #expect(notes.allSatisfy { Double($0.value)?.isFinite == true }, "\(notes)")
    case .threads:
      #expect(found.recipe.threadLimit == 2)
      #expect(try bytes(short.recipe, job) == bytes(plain(row), job))
    case .silent: #expect(try bytes(short.recipe, job) == bytes(plain(row), job))
    case .rounds(let count): #expect(found.recipe.rounds == count)
    case .refused: break
    }
  }

  /// What the table must name, told apart from what it does name: nothing is left out by accident.
  @Test func namesEveryFieldThatIsRead() {
    var blank = FieldReader()
    _ = XGBoost(reading: &blank)
    let named = Set(Self.rows.map { $0.name })
    #expect(blank.fields.map { $0.name }.filter { !named.contains($0) } == [])
  }

  private func plain(_ row: Row) -> XGBoost {
    read(XGBoost.self, row.with + [("num_round", .integer(3))]).recipe
  }

  private func bytes(_ recipe: XGBoost, _ job: TrainingJob) throws -> [UInt8] {
    try recipe.fit(job, observer: SilentObserver()).model.encoded()
  }

  /// Whether a member of that name, at any depth, is the text or the same 32-bit number.
  private func holds(_ value: Value, _ key: String, _ text: String) -> Bool {
    switch value {
    case .object(let members):
      if let found = members[key]?.asString,
        found == text || Float(found).map({ $0 == Float(text) }) == true
      {
        return true
      }
      return members.keys.sorted().contains { holds(members[$0] ?? .null, key, text) }
    case .array(let values): return values.contains { holds($0, key, text) }
    default: return false
    }
  }
}

/// A small job of each task that the library learns.
enum ParameterJob {
  static func make(_ task: Task, _ entries: [(String, Node.Content)] = []) throws -> TrainingJob {
    if task == .ranking { return try ranking() }
    var data = try SampleData(
      task == .binary ? "cancer" : task == .multiclass ? "iris" : "diabetes"
    )
    if task == .regression { data.labels = data.labels.map { $0 / 100 } }
    return data.job(task)
  }

  /// The diabetes data as queries of about ten rows, which stand between each other.
  static func ranking(threads: Int = 1, early: EarlyStopping? = nil) throws -> TrainingJob {
    var data = try SampleData("diabetes")
    data.labels = data.labels.map { min(4, ($0 / 70).rounded(.down)) }
    var job = data.job(.regression, threads: threads)
    job.task = .ranking
    let test = data.labels.indices.filter { $0 % 4 == 0 }
    let train = data.labels.indices.filter { $0 % 4 != 0 }
    job.splits[.train]?.groups = train.map { Int32(($0 * 7) % 33) }
    job.splits[.validation]?.groups = test.map { Int32(($0 * 5) % 11) }
    job.earlyStopping = early
    return job
  }
}
