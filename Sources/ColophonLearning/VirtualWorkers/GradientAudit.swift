import ColophonCore
import ColophonMath

/// How far the gradient of several workers lies from that of one, and how far it may.
///
/// Both are sums of the same products, bit for bit: what a row gives doesn't depend on who takes it.
/// A sum of n terms, added in any order with one rounding an addition, lies within γₙ · Σ|terms| of the
/// exact one, where γₙ = n u / (1 − n u) and u = 2⁻²⁴ (Higham, "Accuracy and stability of numerical
/// algorithms", 2002, equations 3.5 and 4.4). So two orders differ by no more than the sum of two such
/// bounds: the one worker adds n terms, and N workers' sums have N − 1 more additions.
package struct GradientAudit: Hashable, Sendable {
  /// The largest difference of an element, and the bound of that very element.
  package var difference = 0.0
  package var bound = 0.0
  /// The largest share of its bound that any difference takes; the bound holds where it is at most 1.
  package var share = 0.0
  /// Whether all elements have the same bits.
  package var hasSameBits = true

  package var holds: Bool { share <= 1 }

  package init() {}

  /// The worse of two.
  mutating func join(_ other: GradientAudit) {
    if other.difference > difference { (difference, bound) = (other.difference, other.bound) }
    share = max(share, other.share)
    hasSameBits = hasSameBits && other.hasSameBits
  }
}

/// Takes each batch a second time, as one worker would, and compares.
final class GradientAuditor {
  private let learner: NetworkLearner
  private let alone: FloatStorage
  private let magnitudes: FloatStorage
  /// The learned numbers, and how many products of one row each of them adds up.
  private let terms: [(range: Range<Int>, places: Int)]
  private let followed: Range<Int>
  /// The unit roundoff of 32-bit floats.
  static let unit = 0x1p-24

  init(_ fleet: Fleet) {
    learner = fleet.learner
    alone = fleet.vector()
    magnitudes = fleet.vector()
    let plan = fleet.learner.network.plan
    terms = plan.operations.flatMap { operation in
      let places = max(operation.input.places, operation.output.places)
      return operation.parameters.filter { $0.role.isLearned }.map { ($0.range, places) }
    }
    followed = plan.learnedCount..<plan.parameterCount
  }

  /// γₙ, of which an error is at most so many times the sum of absolute terms.
  static func gamma(_ terms: Int) -> Double {
    let product = Double(terms) * unit
    return product / (1 - product)
  }

  /// Compares the workers' gradient with that of the whole batch at once.
  ///
  /// `augmenting`: The stream of augmentations as it was before the batch.
  func compare(
    _ together: FloatStorage,
    _ batch: BatchPart,
    at parameters: FloatStorage,
    _ augmenting: RandomStream,
    parts: Int
  ) -> GradientAudit {
    // One worker's pass must leave no trace in the followed numbers.
    let saved = followed.map { parameters.base[$0] }
    var augmenting = augmenting
    _ = learner.slope(
      batch,
      at: parameters,
      into: alone,
      magnitudes: magnitudes,
      augmenting: &augmenting
    )
    for (place, number) in zip(followed, saved) { parameters.base[place] = number }
    var audit = GradientAudit()
    for (range, places) in terms {
      let count = batch.rows.count * places
      let (one, many) = (GradientAuditor.gamma(count), GradientAuditor.gamma(count + parts - 1))
      // The sum of absolute terms may itself be too small by as much.
      let factor = (one + many) / (1 - one)
      for i in range { audit.take(together.base[i], alone.base[i], factor, magnitudes.base[i]) }
    }
    return audit
  }
}

extension GradientAudit {
  fileprivate mutating func take(_ a: Float, _ b: Float, _ factor: Double, _ magnitude: Float) {
    if a.bitPattern == b.bitPattern { return }
    hasSameBits = false
    let own = (Double(a) - Double(b)).magnitude
    let limit = factor * Double(magnitude)
    if own > difference { (difference, bound) = (own, limit) }
    if own > 0 { share = max(share, own / limit) }
  }
}
