package import ColophonCore

/// Numbers of a column of texts: how often each term occurs, weighed by how rare it is.
///
/// The column becomes one sparse column with a number for each term: its count × ln(N / DF), for N
/// training texts of which DF hold the term. A term in every text weighs 0. The options are
/// scikit-learn's: `smooth_idf`, `sublinear_tf`, `norm`, `min_df`.
package struct Tfidf: Transform {
  package static let name = "tfidf"
  package static let summary = "Weighted counts of the words of a column of texts."

  package var column: String
  package var weighting: TermWeighting

  package init(reading fields: inout FieldReader) {
    var weighting = TermWeighting()
    column = fields.string("column", required: true, "The column of texts.")?.value ?? ""
    weighting.maxFeatures = fields.integer(
      "max_features",
      in: 1...10_000_000,
      "How many terms are kept: those in the most training texts, of equal ones the first by the "
        + "alphabet; by default all."
    )
    (weighting.shortest, weighting.longest) = fields.ngrams()
    weighting.minDocuments = fields.integer(
      "min_df",
      in: 1...1_000_000_000,
      default: 1,
      "In how many training texts a term must occur to be kept."
    )
    weighting.smooth = fields.boolean(
      "smooth_idf",
      default: false,
      "Whether a term weighs ln((1 + N) / (1 + DF)) + 1, so that none weighs 0."
    )
    weighting.sublinear = fields.boolean(
      "sublinear_tf",
      default: false,
      "Whether 1 + ln(count) stands for the count."
    )
    let norm = fields.choice(
      "norm",
      of: TermWeighting.Norm.allCases.map { $0.rawValue },
      default: TermWeighting.Norm.none.rawValue,
      "By what each text's numbers are divided: nothing, their sum, or their length."
    )
    weighting.norm = TermWeighting.Norm(rawValue: norm) ?? .none
    self.weighting = weighting
  }

  package func foresee(_ preview: inout DatasetPreview) -> [DataFault] {
    let field = "column"
    guard preview.mayHave(column) else {
      return [.stepColumn(column, known: preview.columns, field: field)]
    }
    if let role = preview.role(of: column) { return [.stepRole(column, role: role, field: field)] }
    if let type = preview.types[column], type != .text, type != .category {
      return [.stepType(column, is: type, needs: [.text], field: field)]
    }
    preview.types[column] = .numeric
    return []
  }

  package func fit(_ training: FittingRows) throws(DataFaults) -> TermCounts {
    var preview = DatasetPreview(training.dataset)
    let faults = foresee(&preview)
    if !faults.isEmpty { throw DataFaults(faults) }
    let texts = try training.dataset.texts(of: column)
    let weights = weighting.fit(training.rows.map { texts[$0] }, weights: training.weights)
    if weights.terms.isEmpty { throw DataFaults(.noTerms(column)) }
    return TermCounts(column: column, weights: weights)
  }
}

/// The terms of a column of texts.
package struct TermCounts: FittedTransform {
  package static let name = Tfidf.name

  package var column: String
  package var weights: TermWeights

  package var learned: [String: Value] {
    [
      "terms": .integer(weights.terms.count),
      "idf": .byColumn(zip(weights.terms, weights.weights).map { ($0, .number($1)) }),
    ]
  }

  package func apply(to dataset: Dataset) throws(DataFaults) -> Dataset {
    var made = dataset
    let rows = weights.rows(try dataset.texts(of: column))
    made.replace(column, with: [Column(name: column, type: .numeric, storage: .sparse(rows))])
    return made
  }
}

extension Dataset {
  /// The texts of a column that a step reads; nil where missing.
  ///
  /// - Throws: A fault at `column` where there is none of that name, or it holds no texts.
  fileprivate func texts(of name: String) throws(DataFaults) -> [String?] {
    guard let column = table[name] else {
      throw DataFaults(
        .stepColumn(name, known: table.columns.map { $0.name }, field: "column")
      )
    }
    switch column.storage {
    case .texts(let texts): return texts
    case .categories: return (0..<column.count).map { column.text($0) }
    case .numbers, .sparse:
      throw DataFaults(.stepType(name, is: column.type, needs: [.text], field: "column"))
    }
  }
}

extension FieldReader {
  /// `ngrams: [1, 2]`: the shortest and the longest run of words that is a term.
  fileprivate mutating func ngrams() -> (Int, Int) {
    let documentation =
      "The shortest and the longest run of words that is a term, such as [1, 2]; by default [1, 1]."
    guard let node = node("ngrams", .list(.integer(1...10)), documentation) else { return (1, 1) }
    let lengths = (node.items ?? []).compactMap { $0.value.asInteger }
    guard lengths.count == 2, lengths.count == node.items?.count, lengths[0] <= lengths[1],
      (1...10).contains(lengths[0]), (1...10).contains(lengths[1])
    else {
      report(
        .wrongType("ngrams", expected: "two numbers from 1 to 10, the smaller first", found: node)
      )
      resolve("ngrams", to: nil)
      return (1, 1)
    }
    return (lengths[0], lengths[1])
  }
}

extension DataFault {
  fileprivate static func noTerms(_ column: String) -> DataFault {
    DataFault(
      "prepare.no-terms",
      "the training texts of '\(column)' hold no term that is kept",
      hint: "lower min_df",
      field: "column"
    )
  }
}
