package import ColophonCore
import ColophonMath

/// What distribution a network's numbers are taken for.
///
/// The network's numbers are of a series divided by its scale ν; a value z is scored by the density
/// of z itself.
package protocol ForecastLikelihood: Sendable {
  static var name: String { get }
  static var summary: String { get }
  /// What the network's numbers of a step become, in units of the scale: the parameters' names, and
  /// the bound that softplus keeps one above; nil for one that may be anything.
  static var parameters: [(name: String, least: Double?)] { get }
  /// What is added to the mean absolute value to give a series' scale.
  static var scaleOffset: Double { get }
  /// What is wrong with a value; nil where nothing is.
  static func fault(_ value: Double) -> String?
  /// −log p(z), and its slopes by the network's numbers.
  static func loss(
    _ numbers: UnsafePointer<Float>,
    _ value: Double,
    scale: Double,
    _ slopes: UnsafeMutablePointer<Double>
  ) -> Double
  /// A value drawn.
  static func draw(
    _ numbers: UnsafePointer<Float>,
    scale: Double,
    _ random: inout RandomStream
  ) -> Double
}

extension ForecastLikelihood {
  /// How many numbers the network gives for a step.
  package static var width: Int { parameters.count }
  package static var scaleOffset: Double { 0 }
  package static func fault(_ value: Double) -> String? {
    value.isFinite ? nil : "no forecast can be learned from that"
  }
}

/// The likelihoods, in the order the reference lists them.
package let forecastLikelihoods = Catalogue<any ForecastLikelihood.Type>(
  "likelihood",
  [StudentTLikelihood.self, GaussianLikelihood.self, NegativeBinomialLikelihood.self]
) { $0.name }

/// log(1 + eˣ), kept above 0 by a millionth so that no deviation vanishes.
package enum PositiveLink {
  package static let floor = 1e-6
  package static func value(_ x: Float) -> Double { Elementary.softplus(Double(x)) + floor }
  package static func slope(_ x: Float) -> Double { Elementary.sigmoid(Double(x)) }
}
