package import ColophonCore

/// Adds products of numbers up to a degree.
///
/// The columns themselves stay; the products follow the last column, those of two factors first,
/// named as `AGE^2`, `AGE BMI`, `AGE^2 BMI`. As scikit-learn's `PolynomialFeatures` without the
/// constant column.
package struct Polynomial: Transform {
  package static let name = "polynomial"
  package static let summary = "Products of numbers up to a degree."
  /// The most columns that one step may add.
  package static let most = 10_000

  package var columns: ColumnChoice
  package var degree: Int
  package var interactionsOnly: Bool

  package init(reading fields: inout FieldReader) {
    columns = fields.columnChoice([.numeric], "The columns of numbers; by default all.")
    degree = fields.integer("degree", in: 2...10, default: 2, "The most factors of a product.")
    interactionsOnly = fields.boolean(
      "interactions_only",
      default: false,
      "Whether products in which a column comes twice are left out."
    )
  }

  package func foresee(_ preview: inout DatasetPreview) -> [DataFault] {
    let faults = columns.faults(in: preview, of: [.numeric])
    if case .names(let names) = columns, let made = polynomials(names) {
      preview.append(made.terms.map { $0.name(names) })
    } else {
      preview.families.append("")
    }
    return faults
  }

  package func fit(_ training: FittingRows) throws(DataFaults) -> Polynomials {
    let places = try columns.places(in: training.dataset, of: [.numeric])
    let names = places.map { training.dataset.table.columns[$0].name }
    guard let made = polynomials(names) else {
      throw DataFaults(.tooManyProducts(names.count, degree: degree, most: Polynomial.most))
    }
    return made
  }

  /// The products of some columns; nil where there are too many.
  private func polynomials(_ names: [String]) -> Polynomials? {
    var terms: [Polynomials.Term] = []
    var last = names.indices.map { Polynomials.Term(factors: [$0]) }
    for _ in 1..<degree {
      var next: [Polynomials.Term] = []
      for term in last {
        let largest = term.factors[term.factors.count - 1]
        for place in (interactionsOnly ? largest + 1 : largest)..<max(names.count, largest + 1) {
          next.append(Polynomials.Term(factors: term.factors + [place]))
        }
        if terms.count + next.count > Polynomial.most { return nil }
      }
      terms += next
      last = next
    }
    return Polynomials(columns: names, terms: terms)
  }
}

/// Products of columns.
package struct Polynomials: FittedTransform {
  package static let name = Polynomial.name

  /// One product: places in `columns`, ascending, a place for each factor.
  package struct Term: Codable, Hashable, Sendable {
    package var factors: [Int]

    /// The product as scikit-learn names it: `AGE^2 BMI`.
    package func name(_ columns: [String]) -> String {
      var parts: [String] = []
      for place in Set(factors).sorted() {
        let power = factors.filter { $0 == place }.count
        parts.append(power == 1 ? columns[place] : "\(columns[place])^\(power)")
      }
      return parts.joined(separator: " ")
    }
  }

  package var columns: [String]
  package var terms: [Term]

  package var learned: [String: Value] {
    ["products": .array(terms.map { .string($0.name(columns)) })]
  }

  package func apply(to dataset: Dataset) throws(DataFaults) -> Dataset {
    var factors: [[Double]] = []
    for name in columns { factors.append(try dataset.numbers(of: name)) }
    var products: [[Int]: [Double]] = [:]
    var made: [Column] = []
    for term in terms {
      let last = factors[term.factors[term.factors.count - 1]]
      let head = Array(term.factors.dropLast())
      // The product of all factors but the last was made before, left to right.
      let rest = head.count == 1 ? factors[head[0]] : products[head] ?? product(head, factors)
      let values = zip(rest, last).map { $0 * $1 }
      products[term.factors] = values
      made.append(Column(name: term.name(columns), type: .numeric, storage: .numbers(values)))
    }
    var result = dataset
    try result.append(made)
    return result
  }

  private func product(_ places: [Int], _ factors: [[Double]]) -> [Double] {
    places.dropFirst().reduce(factors[places[0]]) { product, place in
      zip(product, factors[place]).map { $0 * $1 }
    }
  }
}
