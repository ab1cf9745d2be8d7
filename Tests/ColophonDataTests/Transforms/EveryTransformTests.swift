import ColophonCore
import ColophonData
import Testing

/// What must hold of every step in the catalogue.
@Suite struct EveryTransform {
  /// A recipe of each step, of more than one where a field changes what is learned.
  static let recipes: [(name: String, config: Value)] = [
    ("impute", ["strategy": "mean", "indicator": true]), ("impute", ["strategy": "median"]),
    ("impute", ["strategy": "most_frequent"]), ("impute", ["strategy": "constant"]),
    ("one_hot", [:]), ("ordinal", [:]), ("standardize", [:]), ("min_max", ["clip": true]),
    ("log", ["columns": ["b"], "offset": 2]), ("power", [:]),
    ("bin", ["bins": 4, "strategy": "uniform"]), ("bin", ["bins": 4]),
    ("polynomial", ["columns": ["b", "c"], "degree": 3]), ("lag", ["lags": [1, 2]]),
    ("rolling", ["columns": ["b", "y"], "window": 3, "min_periods": 2]),
    ("select", ["columns": ["b", "c"], "method": "variance", "keep": 1]),
    ("select", ["columns": ["colour", "c"], "method": "mutual_information", "keep": 1]),
    ("select", ["columns": ["b", "c"], "method": "chi2", "keep": 1]),
    ("drop", ["columns": ["b", "colour"]]), ("balance", ["method": "class_weight"]),
    ("balance", ["method": "oversample"]), ("balance", ["method": "undersample"]),
    ("tfidf", ["column": "words", "ngrams": [1, 2]]),
  ]
  /// Sums in another order differ by rounding, and the likelihood of `power` is flat at its top.
  private static let rounding = 1e-12
  private static let flat = 1e-6

  private func tolerance(_ name: String) -> Double { name == "power" ? Self.flat : Self.rounding }

  /// Forty rows, the first 26 of them training and the earliest, weights from 0 to 2 or none.
  private func sample(weights: [Double]? = nil, order: [Int]? = nil) -> Dataset {
    func column(_ name: String, _ number: (Int) -> Double) -> Column {
      Column(name: name, type: .numeric, storage: .numbers((0..<40).map { number($0) }))
    }
    func category(_ name: String, _ levels: [String], _ code: (Int) -> Int) -> Column {
      let codes = (0..<40).map { Int32(code($0)) }
      return Column(
        name: name,
        type: .category,
        storage: .categories(codes: codes, levels: levels)
      )
    }
    var columns = [
      column("a") { $0 % 7 == 3 ? .nan : Double($0 * 13 % 40) - 11.5 },
      column("b") { Double($0 * 7 % 40) / 4 }, column("c") { Double($0 * $0 % 5) },
      category("colour", ["blue", "green", "red"]) { $0 > 30 ? $0 % 3 : $0 % 5 == 0 ? 0 : 2 },
      category("shape", ["flat", "round"]) { $0 % 6 == 5 ? -1 : $0 / 2 % 2 },
      category("label", ["no", "yes"]) { $0 % 3 == 0 ? 0 : 1 },
      column("y") { Double($0 * 11 % 17) }, column("day") { Double($0) },
      Column(name: "words", type: .text, storage: .texts((0..<40).map { words($0) })),
    ]
    if let weights { columns.append(column("w") { weights[$0] }) }
    let made = Dataset(
      table: Table(columns: columns, rowCount: 40),
      task: .binary,
      target: "label",
      classes: ["no", "yes"],
      weight: weights == nil ? nil : "w",
      time: "day",
      splits: (0..<40).map { $0 < 26 ? .train : $0 < 33 ? .validation : .test }
    )
    return order.map { made.taking($0) } ?? made
  }

  /// A few words, some of them rare; now and then none.
  private func words(_ row: Int) -> String? {
    if row % 9 == 4 { return nil }
    let known = ["sun", "rain", "wind", "snow", "fog"]
    return (0..<3).map { known[(row * ($0 + 2) + $0) % known.count] }.joined(separator: " ")
  }

  private func recipe(_ index: Int) throws -> (step: any Transform, name: String) {
    let (name, config) = Self.recipes[index]
    return (try step(name, config), name)
  }

  @Test func isTriedByThisSuite() {
    #expect(Set(Self.recipes.map { $0.name }) == Set(transforms.names))
  }

  @Test(arguments: recipes.indices)
  func fitsWithoutChangingItsRecipe(index: Int) throws {
    let (step, _) = try recipe(index)
    func isSame<T: Transform>(_ step: T) throws -> Bool {
      let before = step
      let fitted = try step.fit(FittingRows(sample()))
      return try step == before && step.fit(FittingRows(sample())) == fitted
    }
    #expect(try isSame(step))
  }

  @Test(arguments: recipes.indices)
  func looksAtTrainingRowsAlone(index: Int) throws {
    let (step, name) = try recipe(index)
    let learned = try step.fit(FittingRows(sample()))
    for row in [26, 39] {
      var changed = sample()
      for place in changed.table.columns.indices
      where !["label", "day"].contains(changed.table.columns[place].name) {
        switch changed.table.columns[place].storage {
        case .numbers(var numbers):
          numbers[row] = 1000
          changed.table.columns[place].storage = .numbers(numbers)
        case .categories(var codes, let levels):
          codes[row] = 1
          changed.table.columns[place].storage = .categories(codes: codes, levels: levels)
        case .texts(var texts):
          texts[row] = "hail hail sun"
          changed.table.columns[place].storage = .texts(texts)
        case .sparse: break
        }
      }
      let again = try step.fit(FittingRows(changed))
      #expect(learned.isEqual(to: again), "\(name), row \(row)")
    }
  }

  @Test(arguments: recipes.indices)
  func treatsRowsAloneAsAmongOthers(index: Int) throws {
    let (step, name) = try recipe(index)
    let whole = sample()
    let fitted: any FittedTransform = try step.fit(FittingRows(whole))
    let train = whole.rows(of: .train)
    let alone = try fitted.apply(to: whole.taking(train))
    let among = try fitted.apply(to: whole).taking(train)
    #expect(alone.table.columns.count == among.table.columns.count)
    for (a, b) in zip(alone.table.columns, among.table.columns) {
      #expect(isClose(a, b, 0), "\(name): \(a.name)")
    }
  }

  @Test(arguments: recipes.indices)
  func comesBackFromItsBytes(index: Int) throws {
    let (step, _) = try recipe(index)
    let made = try prepare(sample(), step)
    let written = try #require(made.preparation)
    let read = try Preparation(decoding: written.encodedBytes)
    #expect(read == written)
    #expect(zip(read.steps, written.steps).allSatisfy { $0.isEqual(to: $1) })
    #expect(try Dataset(bytes: made.encodedBytes).encodedBytes == made.encodedBytes)
    // What came back does to raw rows what was done to them at first.
    let complete = try read.complete(sample())
    #expect(complete.table.columns.count <= made.table.columns.count)
    #expect(try read.complete(made) == made)
  }

  @Test(arguments: recipes.indices)
  func learnsTheSameOfRowsInAnotherOrder(index: Int) throws {
    let (step, name) = try recipe(index)
    let order = (0..<40).map { $0 * 17 % 40 }
    let straight: any FittedTransform = try step.fit(FittingRows(sample()))
    let shuffled: any FittedTransform = try step.fit(FittingRows(sample(order: order)))
    #expect(isClose(.object(straight.learned), .object(shuffled.learned), tolerance(name)))
    let a = try straight.apply(to: sample()).taking(order)
    let b = try shuffled.apply(to: sample(order: order))
    for (x, y) in zip(a.table.columns, b.table.columns) {
      #expect(isClose(x, y, tolerance(name)), "\(name): \(x.name)")
    }
  }

  @Test(arguments: recipes.indices)
  func countsARowOfWeightTwoAsTwoAndOneOfZeroAsNone(index: Int) throws {
    let (step, name) = try recipe(index)
    let weights = (0..<40).map { Double([1, 2, 0, 1, 3][$0 % 5]) }
    let repeated = (0..<40).flatMap { [Int](repeating: $0, count: Int(weights[$0])) }
    let weighted: any FittedTransform = try step.fit(FittingRows(sample(weights: weights)))
    let plain: any FittedTransform = try step.fit(FittingRows(sample(order: repeated)))
    var (a, b) = (weighted.learned, plain.learned)
    // `balance` tells rows as rows.
    if name == "balance" { (a["rows"], b["rows"]) = (nil, nil) }
    #expect(isClose(.object(a), .object(b), tolerance(name)), "\(name): \(a), \(b)")
  }

  @Test(arguments: transforms.names)
  func describesItsFields(name: String) throws {
    let type = try #require(transforms[name])
    #expect(type.summary.hasSuffix(".") && type.summary.count > 12)
    var blank = FieldReader()
    _ = type.init(reading: &blank)
    #expect(blank.diagnostics.isEmpty)
    #expect(!blank.fields.isEmpty)
    for field in blank.fields { #expect(field.documentation.hasSuffix("."), "\(field.name)") }
  }

  @Test(arguments: transforms.names)
  func reportsEachInvalidValueWhereItStands(name: String) throws {
    let type = try #require(transforms[name])
    var blank = FieldReader()
    _ = type.init(reading: &blank)
    for field in blank.fields {
      // A map within a list is nothing that any field takes.
      let wrong: Value = field.name == "categories" ? [1] : [["zzz": 1]]
      let (_, found) = try reading(name, .object([field.name: wrong]))
      #expect(found.contains { $0.position.line == 7 }, "\(name).\(field.name): \(found)")
    }
  }
}
