extension FeatureEncoding {
  /// Writes some rows of a dataset as numbers.
  ///
  /// - Throws: Faults where the dataset lacks a column that the encoding was fitted on, or holds it
  ///   as another type.
  package func encode(_ dataset: Dataset, rows: [Int]) throws(DataFaults) -> FeatureMatrix {
    if let text { return try encode(text: text, dataset, rows: rows) }
    let parts = parts.filter { $0.terms == nil }
    let names = parts.flatMap { self.names(of: $0) }
    var values = [Double](repeating: 0, count: rows.count * names.count)
    var (faults, sparse) = sparseRows(dataset, rows: rows)
    var offset = 0
    for part in parts {
      let width = part.levels.map { categories == .oneHot ? $0.count : 1 } ?? 1
      let target = Target(offset: offset, stride: names.count)
      offset += width
      guard let column = dataset.table[part.column] else {
        faults.append(.featureMissing(part.column, known: dataset.table.columns.map { $0.name }))
        continue
      }
      switch (column.storage, part.levels) {
      case (.numbers(let numbers), nil):
        write(numbers, fill: part.fill, rows, into: &values, at: target)
      case (.categories(let codes, let levels), let known?):
        write(codes, levels, known, rows, into: &values, at: target)
      case (.texts(let texts), let known?):
        let found = Set(texts.lazy.compactMap { $0 }).sorted(by: scalarOrder)
        let places = Dictionary(uniqueKeysWithValues: zip(found, Int32(0)...))
        let codes = texts.map { $0.flatMap { places[$0] } ?? -1 }
        write(codes, found, known, rows, into: &values, at: target)
      default: faults.append(.featureOfOtherType(part.column, wasNumeric: part.levels == nil))
      }
    }
    if !faults.isEmpty { throw DataFaults(faults) }
    guard let sparse else { return FeatureMatrix(names: names, rows: rows.count, values: values) }
    return FeatureMatrix(names: names, rows: rows.count, values: values, sparse: sparse)
  }

  private func encode(
    text name: String,
    _ dataset: Dataset,
    rows: [Int]
  ) throws(DataFaults) -> FeatureMatrix {
    guard let column = dataset.table[name] else {
      throw DataFaults(.featureMissing(name, known: dataset.table.columns.map { $0.name }))
    }
    return FeatureMatrix(texts: rows.map { column.text($0) })
  }

  /// The sparse parts side by side, nil where there are none; and what is wrong with them.
  private func sparseRows(
    _ dataset: Dataset,
    rows: [Int]
  ) -> (faults: [DataFault], rows: SparseRows?) {
    var (faults, all): ([DataFault], SparseRows?) = ([], nil)
    for part in parts {
      guard let terms = part.terms else { continue }
      guard let column = dataset.table[part.column] else {
        faults.append(.featureMissing(part.column, known: dataset.table.columns.map { $0.name }))
        continue
      }
      guard case .sparse(let found) = column.storage, found.names == terms else {
        faults.append(.featureOfOtherTerms(part.column))
        continue
      }
      let chosen = found.selecting(rows)
      let named = SparseRows(
        names: names(of: part),
        starts: chosen.starts,
        places: chosen.places,
        values: chosen.values
      )
      all = all?.joined(named) ?? named
    }
    return (faults, all)
  }

  /// Where a part's features stand in the matrix.
  private struct Target {
    var offset: Int
    var stride: Int
  }

  private func write(
    _ numbers: [Double],
    fill: Double?,
    _ rows: [Int],
    into values: inout [Double],
    at target: Target
  ) {
    for (i, row) in rows.enumerated() {
      let value = numbers[row]
      values[i * target.stride + target.offset] = value.isNaN ? fill ?? .nan : value
    }
  }

  private func write(
    _ codes: [Int32],
    _ levels: [String],
    _ known: [String],
    _ rows: [Int],
    into values: inout [Double],
    at target: Target
  ) {
    let places = Dictionary(uniqueKeysWithValues: zip(known, 0...))
    let place = levels.map { places[$0] }
    for (i, row) in rows.enumerated() {
      let start = i * target.stride + target.offset
      let code = codes[row]
      let found = code < 0 ? nil : place[Int(code)]
      switch categories {
      case .ordinal: values[start] = found.map { Double($0) } ?? (missing == .keep ? .nan : -1)
      case .oneHot:
        if let found { values[start + found] = 1 }
        guard code < 0, missing == .keep else { continue }
        for j in known.indices { values[start + j] = .nan }
      }
    }
  }
}
