import ColophonCore
import ColophonData
import Testing

/// What steps can't do, in words, and where.
@Suite struct FaultsOfSteps {
  /// Twelve rows, the first eight of them training; row 11 has a colour and a number of its own.
  private func sample() throws -> Dataset {
    var text = "amount,rate,colour,empty,y,part\n"
    for row in 0..<12 {
      let colour = row == 10 ? "violet" : ["red", "blue"][row % 2]
      let empty = row < 8 ? "" : "1"
      text += "\(row == 10 ? -5 : row),\(row % 4).5,\(colour),\(empty),\(row * row),"
      text += row < 8 ? "train\n" : "test\n"
    }
    return try dataset(
      text,
      DatasetRecipe(target: "y", split: SplitRecipe(method: .column("part")))
    )
  }

  @Test(
    arguments: [
      ("log", ["columns": ["amount"]], "prepare.log-domain", "columns", "row 11"),
      (
        "power", ["columns": ["rate", "amount"], "method": "box-cox"], "prepare.box-cox-domain",
        "method", "row 1 of"
      ),
      ("standardize", ["columns": ["colour"]], "prepare.column-type", "columns[0]", "a category"),
      (
        "standardize", ["columns": ["rate", "amout"]], "data.unknown-column", "columns[1]", "amout"
      ),
      ("standardize", ["columns": ["y"]], "prepare.column-role", "columns[0]", "the target"),
      ("standardize", ["columns": ["rate", "rate"]], "prepare.columns", "columns[1]", "twice"),
      ("one_hot", ["unknown": "error"], "data.new-level", "columns", "violet"),
      ("ordinal", ["unknown": "error"], "data.new-level", "columns", "row 11"),
      ("impute", ["columns": ["empty"]], "prepare.all-missing", "columns", "every training row"),
      (
        "impute", ["columns": ["rate"], "strategy": "constant", "value": "none"],
        "prepare.constant", "value", "numeric"
      ),
      ("lag", [:], "prepare.no-time", "", "no time column"),
      ("rolling", ["window": 2], "prepare.no-time", "", "no time column"),
      ("balance", ["method": "oversample"], "prepare.no-classes", "", "no classes"),
      (
        "select", ["columns": ["rate"], "method": "chi2", "keep": 1], "prepare.no-classes",
        "method", "classes"
      ),
      (
        "select", ["columns": ["empty"], "method": "variance", "keep": 1], "prepare.missing",
        "columns", "missing"
      ),
      (
        "ordinal", ["categories": ["color": ["red"]]], "data.unknown-column", "categories.color", ""
      ),
    ] as [(String, Value, Diagnostic.Code, String, String)]
  )
  func nameTheStepsField(
    name: String,
    config: Value,
    code: Diagnostic.Code,
    field: String,
    words: String
  ) throws {
    let found = faults { _ = try prepare(sample(), step(name, config)) }
    let first = try #require(found.first)
    #expect(first.code == code, "\(first.message)")
    #expect(first.field == "steps[0].\(name)" + (field.isEmpty ? "" : ".\(field)"))
    #expect(words.isEmpty || first.message.contains(words), "\(first.message)")
  }

  @Test(
    arguments: [
      ("impute", ["value": 3], "prepare.constant"),
      ("select", ["method": "rfe", "keep": 3], "prepare.rfe"),
      ("select", ["method": "chi", "keep": 3], "cell.unknown-choice"),
      ("min_max", ["feature_range": [1, 0]], "cell.wrong-type"),
      ("lag", ["lags": [1.5]], "cell.wrong-type"), ("drop", [:], "cell.missing-field"),
      ("bin", ["bins": 1], "cell.out-of-range"), ("log", ["ofset": 1], "cell.unknown-field"),
    ] as [(String, Value, String)]
  )
  func areReportedWhereAStepIsRead(name: String, config: Value, code: String) throws {
    let (_, found) = try reading(name, config)
    #expect(found.map { $0.code.description } == [code])
  }

  @Test func refuseAColumnThatIsThere() throws {
    let found = faults {
      _ = try prepare(
        sample(),
        step("polynomial", ["columns": ["rate", "amount"]]),
        step("polynomial", ["columns": ["rate", "amount"]])
      )
    }
    #expect(found.map { $0.code.description } == .init(repeating: "prepare.name-taken", count: 3))
    #expect(found.first?.field == "steps[1].polynomial.columns")
  }

  @Test func refuseDataThatWasPreparedOtherwise() throws {
    let one = try prepare(sample(), step("standardize", ["columns": ["rate"]]))
    let other = try prepare(sample(), step("min_max", ["columns": ["rate"]]))
    let preparation = try #require(one.preparation)
    #expect(faults { _ = try preparation.complete(other) }.map { $0.field } == ["data"])
    #expect(try preparation.complete(one) == one)
    #expect(try preparation.complete(sample()).encodedBytes == one.encodedBytes)
    // A longer chain goes on from where a shorter one ended.
    let longer = try prepare(one, step("bin", ["columns": ["amount"], "bins": 2]))
    #expect(try longer.preparation?.complete(one).table == longer.table)
    #expect(longer.preparation?.steps.count == 2)
  }

  @Test func tellOfLevelsThatTrainingNeverSawAndOfConstants() throws {
    let hot: any FittedTransform = try step("one_hot").fit(FittingRows(sample()))
    #expect(try hot.notices(of: sample()).map { $0.code } == ["data.new-level"])
    var constant = try sample()
    constant.replace("rate", with: [Double](repeating: 0.1, count: 12))
    let scaled: any FittedTransform = try step("standardize").fit(FittingRows(constant))
    #expect(scaled.notices(of: constant).contains { $0.message.contains("'rate'") })
    let values = try scaled.apply(to: constant).numbers(of: "rate")
    #expect(values.allSatisfy { abs($0) < 1e-15 })
  }

  /// The exponent of the largest likelihood has a neighbourhood of smaller ones.
  @Test func bendNumbersByTheLikeliestExponent() throws {
    let data = try sample()
    let made = try prepare(data, step("power", ["columns": ["amount"], "standardize": false]))
    let fitted = try #require(made.preparation?.steps.first as? PowerTransformed)
    // Row 11 (test) holds -5: the curve is defined below 0 too.
    #expect(try made.numbers(of: "amount").allSatisfy { $0.isFinite })
    #expect(fitted.parts[0].lambda > 0 && fitted.parts[0].lambda < 1.5)
  }

  @Test func balanceTrainingRowsAlone() throws {
    var text = "x,label,part\n"
    for row in 0..<30 {
      text += "\(row),\(row % 5 == 0 ? "rare" : "usual"),\(row < 20 ? "train" : "test")\n"
    }
    let recipe = DatasetRecipe(target: "label", split: SplitRecipe(method: .column("part")))
    let data = try dataset(text, recipe)
    let over = try prepare(data, step("balance", ["method": "oversample"]))
    #expect(over.classCounts(in: over.rows(of: .train)) == [16, 16])
    #expect(over.classCounts(in: over.rows(of: .test)) == data.classCounts(in: 20..<30))
    let under = try prepare(data, step("balance", ["method": "undersample"]))
    #expect(under.classCounts(in: under.rows(of: .train)) == [4, 4])
    #expect(under.rows(of: .test).count == 10)
    let weighted = try prepare(data, step("balance", ["method": "class_weight"]))
    #expect(weighted.weight == "class_weight")
    // 20 / (2 · 4) and 20 / (2 · 16); test rows keep 1.
    #expect(weighted.weights(of: [0, 1, 25, 26]) == [2.5, 0.625, 1, 1])
    #expect(!weighted.features.contains { $0.name == "class_weight" })
    // Rows that come later are neither weighed nor drawn.
    #expect(try over.preparation?.complete(data).table.rowCount == 30)
  }
}
