import ColophonMath

/// What tells how much a term of a text counts: TF-IDF and its variants.
///
/// Without options, a term's weight is its count in the text × ln(N / DF), for N training texts of
/// which DF hold the term; nothing is smoothed or normalised, and a term in every text weighs 0.
///
/// - SeeAlso: Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988.
package struct TermWeighting: Hashable, Sendable, Codable {
  /// By what a row is divided.
  package enum Norm: String, Hashable, Sendable, Codable, CaseIterable {
    case none, l1, l2
  }

  /// The lengths of the runs of words that are terms.
  package var shortest = 1
  package var longest = 1
  /// The most terms that are kept; nil for all.
  package var maxFeatures: Int?
  /// In how many training texts a term must be at least.
  package var minDocuments = 1
  /// ln((1 + N) / (1 + DF)) + 1 in place of ln(N / DF), as scikit-learn's `smooth_idf`.
  package var smooth = false
  /// 1 + ln(count) in place of the count.
  package var sublinear = false
  package var norm = Norm.none

  package init() {}

  /// Learns the terms and their weights from training texts, a missing one being an empty text.
  ///
  /// `weights` say how many texts each counts for, all above 0. Terms stand by descending DF, those
  /// of equal DF by the alphabet.
  package func fit(_ texts: [String?], weights: [Double]? = nil) -> TermWeights {
    var found: [String: Double] = [:]
    var total = 0.0
    for (i, text) in texts.enumerated() {
      let weight = weights?[i] ?? 1
      total += weight
      for term in Set(terms(text)) { found[term, default: 0] += weight }
    }
    let kept = found.filter { $0.value >= Double(minDocuments) }.sorted {
      $0.value != $1.value ? $0.value > $1.value : scalarOrder($0.key, $1.key)
    }
    let chosen = Array(kept.prefix(maxFeatures ?? .max))
    return TermWeights(
      weighting: self,
      terms: chosen.map { $0.key },
      weights: chosen.map { inverse($0.value, of: total) }
    )
  }

  /// The terms of a text, in order and as often as they occur.
  func terms(_ text: String?) -> [String] {
    text.map { Tokens.runs(Tokens.words($0), shortest...max(shortest, longest)) } ?? []
  }

  private func inverse(_ documents: Double, of total: Double) -> Double {
    smooth
      ? Elementary.log((1 + total) / (1 + documents)) + 1 : Elementary.log(total / documents)
  }
}

/// Terms and what each weighs, fitted on training texts.
package struct TermWeights: Hashable, Sendable, Codable {
  package let weighting: TermWeighting
  /// By descending number of training texts, then by the alphabet.
  package let terms: [String]
  /// The inverse document frequency of each term.
  package let weights: [Double]

  /// A row for each text; terms that training never saw are left out.
  package func rows(_ texts: [String?]) -> SparseRows {
    let places = Dictionary(uniqueKeysWithValues: zip(terms, Int32(0)...))
    return SparseRows(names: terms, rows: texts.map { row($0, places) })
  }

  private func row(_ text: String?, _ places: [String: Int32]) -> [(place: Int32, value: Double)] {
    var counts: [Int32: Int] = [:]
    for term in weighting.terms(text) {
      if let place = places[term] { counts[place, default: 0] += 1 }
    }
    var row = counts.sorted { $0.key < $1.key }.map { place, count in
      let frequency = weighting.sublinear ? 1 + Elementary.log(Double(count)) : Double(count)
      return (place: place, value: frequency * weights[Int(place)])
    }
    row.removeAll { $0.value == 0 }
    let length = norm(row.map { $0.value })
    if length > 0 { for i in row.indices { row[i].value /= length } }
    return row
  }

  /// By what a row is divided; 0 for nothing.
  private func norm(_ values: [Double]) -> Double {
    switch weighting.norm {
    case .none: 0
    case .l1: values.reduce(0) { $0 + $1.magnitude }
    case .l2: Reduction.sumOfSquares(values).squareRoot()
    }
  }
}
