import ColophonCore
import ColophonData

extension DatasetRecipe {
  init(reading fields: inout FieldReader, _ places: inout FieldPlaces) {
    for name in ["target", "positive", "task", "columns", "weight", "group", "time", "split"] {
      places.note(name, fields.peek(name))
    }
    self.init()
    target =
      fields.string("target", "The column to predict; without one the task is clustering.")?
      .value
    positive =
      fields.string(
        "positive",
        "The positive label of a binary target; by default the last in order."
      )?.value
    task = fields.choice(
      "task",
      of: Task.allCases.map { $0.rawValue },
      "What is to be learned; by default a target of two values is binary, of more labels "
        + "multiclass, of numbers a regression."
    ).flatMap { Task(rawValue: $0.value) }
    columns = DatasetRecipe.columns(&fields, &places)
    let missing = fields.strings(
      "missing",
      "The texts that are read as missing, in place of \(DatasetRecipe.missingTexts.joined(separator: ", ")); "
        + "an empty field always is."
    )
    if fields.has("missing") {
      self.missing = missing.map { $0.value }
    } else {
      fields.resolve("missing", to: .array(self.missing.map { .string($0) }))
    }
    weight = fields.string("weight", "A column of weights of at least 0, one for each row.")?.value
    group = fields.string("group", "A column that names each row's group, query or entity.")?.value
    time =
      fields.string("time", "A column of dates or numbers by which rows follow each other.")?
      .value
    split = fields.section(
      "split",
      defaulted: "Which rows train, validate and test: fractions that sum to 1 (0.7, 0.15 and 0.15 "
        + "where none is given; else one left out is 0), and how they are drawn."
    ) { SplitRecipe(reading: &$0, &places) }
  }

  private static func columns(
    _ fields: inout FieldReader,
    _ places: inout FieldPlaces
  ) -> [String: ColumnType] {
    let choices = ColumnType.allCases.map { $0.rawValue }
    let read = fields.map(
      "columns",
      of: .choice(choices),
      "Types that overrule what a column's values look like; an ignored column is no feature."
    ) { fields, entry -> ColumnType? in
      places.note("columns.\(entry.key)", key: entry)
      guard let type = ColumnType(rawValue: entry.value.text) else {
        fields.report(
          .unknownChoice("columns", found: entry.value, among: choices, noun: "column type")
        )
        return nil
      }
      return type
    }
    return Dictionary(read.map { ($0.key.value, $0.value) }) { first, _ in first }
  }

  /// A random split over rows that follow each other in time, which lets the past be told from the
  /// future.
  var randomOverTime: DataFault? {
    guard split.method == .random || split.method == .stratified else { return nil }
    guard time != nil || task == .forecasting else { return nil }
    return DataFault(
      "eval.kfold-on-time",
      "a random split of rows that have a time lets the model learn from the future",
      hint: "take 'by: time', or leave 'time' out where it plays no part",
      field: "split.by"
    )
  }
}

extension SplitRecipe {
  fileprivate static let methods: [String: Method] = [
    "stratified": .stratified, "random": .random, "time": .time, "group": .group,
  ]

  fileprivate init(reading fields: inout FieldReader, _ places: inout FieldPlaces) {
    for name in ["train", "validation", "test", "by"] {
      places.note("split.\(name)", fields.peek(name))
    }
    let fraction = Interval.closed(0, 1)
    let train = fields.number("train", in: fraction, "The fraction of the rows to learn from.")
    let validation = fields.number(
      "validation",
      in: fraction,
      "The fraction to choose by: settings, thresholds, when to stop."
    )
    let test = fields.number("test", in: fraction, "The fraction that gives the final answer.")
    self.init(method: SplitRecipe.method(&fields))
    if train != nil || validation != nil || test != nil {
      (self.train, self.validation, self.test) = (train ?? 0, validation ?? 0, test ?? 0)
    }
    if case .column = method { return }
    for (split, fraction) in zip(Split.allCases, fractions) {
      fields.resolve(split.rawValue, to: .number(fraction))
    }
  }

  private static func method(_ fields: inout FieldReader) -> Method? {
    let names = ["stratified", "random", "time", "group"]
    let column = FieldDescription(
      name: "column",
      type: .string,
      isRequired: true,
      documentation: "A column that holds train, validation or test."
    )
    guard
      let node = fields.node(
        "by",
        .union([.choice(names), .section([column])]),
        "How rows are drawn; by default time or group where the cell names such a column, "
          + "stratified for classes, else random."
      )
    else { return nil }
    if let entries = node.entries {
      guard let entry = entries.first, entries.count == 1, entry.key == "column",
        entry.value.isScalar
      else {
        fields.report(.wrongType("by", expected: "a word or 'column: NAME'", found: node))
        return nil
      }
      return .column(entry.value.text)
    }
    if let method = methods[node.text], node.isScalar { return method }
    fields.report(.unknownChoice("by", found: node, among: names))
    return nil
  }
}
