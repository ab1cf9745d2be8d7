import ColophonCore

/// How a target tells what is to be learned.
enum TargetRule {
  /// The task where the cell names none: a category or text of two labels is binary, of more
  /// multiclass; a number of exactly two values is binary, else a regression.
  static func task(of column: Column) -> Task {
    switch column.storage {
    case .numbers(let values):
      distinct(values, upTo: 3).count == 2 ? .binary : .regression
    case .categories(_, let levels): levels.count <= 2 ? .binary : .multiclass
    case .texts, .sparse: .multiclass
    }
  }

  /// The column with classes for values; numbers become labels in shortest form, so that 1 and 1.0
  /// are one class.
  static func classified(_ column: Column) -> Column {
    var column = column
    switch column.storage {
    case .categories, .sparse: break
    case .numbers(let values):
      let levels = distinct(values, upTo: .max)
      let places = Dictionary(uniqueKeysWithValues: zip(levels, Int32(0)...))
      column.storage = .categories(
        codes: values.map { places[$0] ?? -1 },
        levels: levels.map { shortestText($0) }
      )
    case .texts(let texts):
      let (codes, _) = column.keys
      let levels = Array(Set(texts.lazy.compactMap { $0 })).sorted(by: scalarOrder)
      column.storage = LevelOrder.storage(codes: codes, levels: levels)
    }
    column.type = .category
    return column
  }

  /// The two classes of rows that all have one label: negative and positive.
  ///
  /// Without a positive label, usual pairs are known; any other label is the positive one, as the
  /// last in order is.
  static func pair(_ label: String, positive: String?) -> [String] {
    if let positive {
      let named = TargetRule.label(positive, among: [label])
      return named == label ? ["not \(label)", label] : [label, named]
    }
    let pairs = [["0", "1"], ["no", "yes"], ["false", "true"], ["n", "y"], ["-1", "1"]]
    let known = pairs.first { $0.contains(label.lowercased()) }
    guard let known, label == label.lowercased() else { return ["not \(label)", label] }
    return known
  }

  /// A label as the cell writes it: equal text, else the label that is the same number.
  static func label(_ text: String, among levels: [String]) -> String {
    if levels.contains(text) { return text }
    let parser = DecimalParser()
    guard let number = parser.parse(text) else { return text }
    return levels.first { parser.parse($0) == number } ?? text
  }

  /// The numbers that occur, ascending; stops looking beyond `limit`.
  private static func distinct(_ values: [Double], upTo limit: Int) -> [Double] {
    var seen: Set<Double> = []
    for value in values where !value.isNaN {
      seen.insert(value)
      if seen.count >= limit { break }
    }
    return seen.sorted()
  }
}
