/// Rows of similar predicted probability: how often what was predicted came true.
package struct ReliabilityBin: Hashable, Sendable {
  /// The weight of the rows in the bin.
  package var weight: Double
  /// The mean predicted probability; of nothing, 0.
  package var predicted: Double
  /// The share of rows where it came true; of nothing, 0.
  package var observed: Double
  /// The lowest and highest probability that falls into the bin, for bins of equal width; those
  /// that occur in it, for bins of equal mass.
  package var lower: Double
  package var upper: Double

  /// The distance between what was predicted and what came true.
  package var gap: Double { (predicted - observed).magnitude }
}

/// The bins' layout that `binPlaces` was computed for, with each row's bin.
struct BinPlaces: Sendable {
  var bins: Int
  var places: [UInt16]
}

extension Sample {
  /// Rows binned by the predicted probability of the positive class (binary) or of the predicted
  /// one (multi-class); empty for regression.
  package var reliabilityBins: [ReliabilityBin] {
    cached(\.bins) {
      let (probabilities, hits) = cases.claims
      guard !probabilities.isEmpty else { return [] }
      switch options.binning {
      case .equalWidth: return summarize(probabilities, hits, equalWidthPlaces(probabilities))
      case .equalMass: return summarize(probabilities, hits, equalMassPlaces(probabilities))
      }
    }
  }

  private func summarize(
    _ probabilities: [Double],
    _ hits: [Bool],
    _ places: [UInt16]
  ) -> [ReliabilityBin] {
    let (bins, weighting) = (options.bins, weighting)
    var mass = Array(repeating: CompensatedSum(), count: bins)
    var (claimed, came) = (mass, mass)
    var lower = Array(repeating: Double.infinity, count: bins)
    var upper = Array(repeating: -Double.infinity, count: bins)
    for row in places.indices {
      let weight = weighting[row]
      if weight == 0 { continue }
      let bin = Int(places[row])
      mass[bin].add(weight)
      claimed[bin].add(weight * probabilities[row])
      if hits[row] { came[bin].add(weight) }
      lower[bin] = min(lower[bin], probabilities[row])
      upper[bin] = max(upper[bin], probabilities[row])
    }
    return (0..<bins).map { bin in
      let weight = mass[bin].value
      let edges = edges(bin, weight > 0 ? (lower[bin], upper[bin]) : (0, 0))
      return ReliabilityBin(
        weight: weight,
        predicted: ratio(claimed[bin].value, weight) ?? 0,
        observed: ratio(came[bin].value, weight) ?? 0,
        lower: edges.0,
        upper: edges.1
      )
    }
  }

  private func edges(_ bin: Int, _ occurring: (Double, Double)) -> (Double, Double) {
    guard options.binning == .equalWidth else { return occurring }
    return (Double(bin) / Double(options.bins), Double(bin + 1) / Double(options.bins))
  }

  /// Bin k holds [k/B, (k + 1)/B), the last one also 1.
  private func equalWidthPlaces(_ probabilities: [Double]) -> [UInt16] {
    let bins = options.bins
    func compute() -> BinPlaces {
      BinPlaces(bins: bins, places: probabilities.map { UInt16(equalWidthBin($0, of: bins)) })
    }
    let known = cases.binPlaces.value(compute)
    return known.bins == bins ? known.places : compute().places
  }

  /// A row falls into bin ⌊B · m⌋, m being the share of weight below the middle of its tie.
  ///
  /// So ties stay together, and a row of weight 2 goes where two equal rows go.
  private func equalMassPlaces(_ probabilities: [Double]) -> [UInt16] {
    let order = cases.probabilityOrder.value { .ascending(probabilities) }
    let (total, weighting, bins) = (totalWeight, weighting, options.bins)
    var places = Array(repeating: UInt16(0), count: probabilities.count)
    var (below, tied) = (0.0, 0.0)
    var rows: [Int] = []
    order.walk { row, isLast, _ in
      rows.append(row)
      tied += weighting[row]
      if isLast {
        let middle = total > 0 ? (below + tied / 2) / total : 0
        let bin = UInt16(min(Int(middle * Double(bins)), bins - 1))
        for row in rows { places[row] = bin }
        below += tied
        tied = 0
        rows.removeAll(keepingCapacity: true)
      }
    }
    return places
  }
}

/// The bin of equal width that holds a probability; an edge k/B belongs to the bin above it.
func equalWidthBin(_ p: Double, of bins: Int) -> Int {
  let width = Double(bins)
  var bin = min(max(Int(p * width), 0), bins - 1)
  if bin > 0, p < Double(bin) / width { bin -= 1 }
  if bin + 1 < bins, p >= Double(bin + 1) / width { bin += 1 }
  return bin
}

extension Cases {
  /// Each row's predicted probability, and whether it came true.
  var claims: (probabilities: [Double], hits: [Bool]) {
    switch body {
    case .binary(let scores, let positives): return (scores, positives)
    case .multiclass(_, let actual):
      let top = top
      return (top.probabilities, actual.indices.map { actual[$0] == top.classes[$0] })
    case .regression, .clusters: return ([], [])
    }
  }
}
