import ColophonCore
import ColophonData
import ColophonLearning
import Testing

/// Against scikit-learn's LIBSVM; see Fixtures/make/machines.py.
@Suite struct SupportVectorMachineFixtures {
  /// LIBSVM's kernel values are 32-bit numbers, so its optimum is no nearer.
  static let tolerance = 1e-6

  static let cases = (try? fixture("machines.json")["cases"]?.asArray) ?? []

  @Test func thereAreCases() { #expect(Self.cases.count >= 17) }

  /// The rows of a case, standardised as its script does.
  func rows(_ expected: Value, _ task: Task) throws -> SampleData {
    var data = try SampleData(try need(expected["data"]?.asString))
    let (count, width) = (data.features.rows, data.features.columns)
    func standardized(_ values: [Double]) -> [Double] {
      let mean = values.reduce(0, +) / Double(count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
      return values.map { ($0 - mean) / variance.squareRoot() }
    }
    let columns = (0..<width).map { standardized(data.features.column($0)) }
    data.features.values = (0..<count).flatMap { row in columns.map { $0[row] } }
    if task == .regression { data.labels = standardized(data.labels) }
    return data
  }

  func recipe(_ expected: Value, _ task: Task, more: [(String, Node.Content)])
    throws -> SupportVectorMachine
  {
    let settings = try need(expected["settings"]?.asObject)
    let entries = settings.keys.sorted().map { ($0, content(settings[$0] ?? .null)) }
    let (recipe, diagnostics, _) = read(
      SupportVectorMachine.self,
      entries + [("tol", .number(1e-10))] + more
    )
    #expect(diagnostics.isEmpty)
    return recipe
  }

  @Test(arguments: cases.indices, [true, false])
  func findsTheSameOptimum(index: Int, shrinking: Bool) throws {
    let expected = Self.cases[index]
    let task = try #require(Task(rawValue: try need(expected["task"]?.asString)))
    let data = try rows(expected, task)
    let train = data.labels.indices.filter { $0 % 4 != 0 }
    var training = data.rows(train, task: task)
    training.weights = expected["weights"]?.asArray.map { Value.array($0).numbers }
    let recipe = try recipe(expected, task, more: [("shrinking", .boolean(shrinking))])
    let result = try recipe.fit(
      makeJob(task, splits: [.train: training]),
      observer: SilentObserver()
    )
    #expect(result.notes.allSatisfy { !$0.isWarning })
    let model = try #require(result.model as? SVMModel)
    let asked = data.labels.indices.filter { $0 % 4 == 0 }.prefix(30)
    let queries = data.rows(Array(asked), task: task).features
    var decisions = try model.decisions(queries)
    // scikit-learn turns the sign of two classes round, so that the second is above 0.
    if task == .binary { decisions = decisions.map { -$0 } }
    #expect(relativeError(decisions, try need(expected["decisions"]).numbers) < 1e-5)
    if let objective = expected["objective"]?.asNumber {
      #expect(relativeError(model.objectives, [objective]) < Self.tolerance)
    }
    if case .multiclass(let p, let k) = try model.predict(queries) {
      let classes = try need(expected["predictions"]).numbers
      for row in classes.indices {
        let own = p[row * k..<(row + 1) * k]
        #expect(own.firstIndex(of: own.max() ?? 0) == own.startIndex + Int(classes[row]))
      }
    }
  }
}

@Suite struct SupportVectorMachineBehaviour {
  func recipe(_ entries: [(String, Node.Content)]) -> SupportVectorMachine {
    read(SupportVectorMachine.self, entries).recipe
  }

  /// Minimises ½ αᵀ Q α − Σ α by going over all pairs in turn, exactly along each.
  func slowOptimum(_ x: [[Double]], _ y: [Double], cost: Double, gamma: Double) -> Double {
    func kernel(_ a: [Double], _ b: [Double]) -> Double {
      let square = zip(a, b).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return slowExp(-gamma * square)
    }
    let q = x.indices.map { i in x.indices.map { y[i] * y[$0] * kernel(x[i], x[$0]) } }
    var alpha = [Double](repeating: 0, count: x.count)
    var gradient = [Double](repeating: -1, count: x.count)
    for _ in 0..<4_000 {
      for i in x.indices {
        for j in 0..<i {
          // Along alpha_i += y_i t, alpha_j -= y_j t.
          let slope = y[i] * gradient[i] - y[j] * gradient[j]
          let bend = q[i][i] + q[j][j] - 2 * y[i] * y[j] * q[i][j]
          guard bend > 1e-12 else { continue }
          var t = -slope / bend
          let ends = [(y[i], alpha[i]), (-y[j], alpha[j])].map { sign, a in
            sign > 0 ? (-a, cost - a) : (a - cost, a)
          }
          t = min(max(t, ends[0].0, ends[1].0), ends[0].1, ends[1].1)
          alpha[i] += y[i] * t
          alpha[j] -= y[j] * t
          for k in x.indices { gradient[k] += (q[k][i] * y[i] - q[k][j] * y[j]) * t }
        }
      }
    }
    return alpha.indices.reduce(0) { $0 + alpha[$1] * (gradient[$1] - 1) / 2 }
  }

  func slowExp(_ x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    for k in 1..<60 {
      term *= x / 64 / Double(k)
      sum += term
    }
    return (0..<6).reduce(sum) { value, _ in value * value }
  }

  @Test(arguments: [0.5, 5])
  func findsTheOptimumOfTheSlowReference(cost: Double) throws {
    var random = RandomStream(root: 2, cell: "t", purpose: "rows")
    let x = (0..<24).map { _ in [random.uniform() * 2, random.uniform() * 2] }
    let y: [Double] = x.map { $0[0] + $0[1] * $0[1] + random.uniform() < 2.8 ? 1 : -1 }
    let rows = TrainingRows(
      features: FeatureMatrix(names: ["a", "b"], rows: 24, values: x.flatMap { $0 }),
      labels: .classes(y.map { $0 > 0 ? 0 : 1 })
    )
    let recipe = recipe([("C", .number(cost)), ("gamma", .number(0.7)), ("tol", .number(1e-12))])
    let result = try recipe.fit(
      makeJob(.binary, splits: [.train: rows]),
      observer: SilentObserver()
    )
    let found = try #require(result.model as? SVMModel).objectives[0]
    #expect(relativeError([found], [slowOptimum(x, y, cost: cost, gamma: 0.7)]) < 1e-10)
  }

  @Test(arguments: [Task.binary, .multiclass, .regression])
  func threadsAndCacheChangeNoBit(task: Task) throws {
    let names: [Task: String] = [.binary: "cancer", .multiclass: "wine", .regression: "diabetes"]
    let data = try SampleData(try #require(names[task]))
    let calibration: [(String, Node.Content)] =
      task == .regression ? [] : [("probability", .boolean(true))]
    let bytes = try [(1, 200.0), (2, 0.01), (4, 0.2)].map { threads, cache in
      try recipe(calibration + [("cache_size", .number(cache))])
        .fit(data.job(task, threads: threads), observer: SilentObserver()).model.encoded()
    }
    #expect(bytes[1] == bytes[0])
    #expect(bytes[2] == bytes[0])
  }

  /// A weight of 2 is the row twice: the same optimum, to the tolerance.
  @Test(arguments: [Task.binary, .regression])
  func weightsMultiplyRows(task: Task) throws {
    let data = try SampleData(task == .binary ? "cancer" : "diabetes")
    let kept = Array(stride(from: 0, to: data.labels.count, by: 5))
    let weights = kept.map { Double($0 / 5 % 3) }
    let repeated = zip(kept, weights).flatMap { [Int](repeating: $0, count: Int($1)) }
    var once = data.rows(kept, task: task)
    once.weights = weights
    let found = try [once, data.rows(repeated, task: task)].map { rows in
      let model = try recipe([("tol", .number(1e-9)), ("C", .number(10))])
        .fit(makeJob(task, splits: [.train: rows]), observer: SilentObserver()).model
      return try #require(model as? SVMModel).decisions(data.features)
    }
    #expect(relativeError(found[0], found[1]) < 1e-6)
  }

  @Test func calibratedProbabilitiesFollowTheRows() throws {
    for (name, task) in [("cancer", Task.binary), ("wine", .multiclass)] {
      let data = try SampleData(name)
      let result = try recipe([("probability", .boolean(true))])
        .fit(data.job(task), observer: SilentObserver())
      let loss = try #require(result.history.value("log_loss", on: .validation, after: 1))
      #expect(loss < (task == .binary ? 0.35 : 0.9))
      if case .multiclass(let p, let k) = try result.model.predict(data.features) {
        for row in 0..<data.labels.count {
          #expect((p[row * k..<(row + 1) * k].reduce(0, +) - 1).magnitude < 1e-12)
        }
      }
    }
  }

  @Test func saysThatItDidNotConverge() throws {
    let result = try recipe([("max_iter", .integer(3))])
      .fit(SampleData("cancer").job(.binary), observer: SilentObserver())
    #expect(result.notes.contains { $0.isWarning })
  }

  @Test func refusesWhatARegressionCannotUse() {
    let faults = recipe([("class_weight", .string("balanced")), ("probability", .boolean(true))])
      .faults(for: .regression)
    #expect(
      faults.map { $0.field } == ["hyperparameters.class_weight", "hyperparameters.probability"]
    )
  }
}
