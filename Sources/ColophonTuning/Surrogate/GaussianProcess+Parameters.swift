import ColophonMath

extension GaussianProcess {
  /// Logarithms of what is learned: a length for each coordinate, σ², the noise's variance and, where
  /// inputs are warped, a and b of each number's warp.
  package struct Parameters: Hashable, Sendable {
    package var logLengths: [Double]
    package var logScale: Double
    package var logNoise: Double
    /// a and b by length, or nothing.
    package var logWarps: [Double]

    package init(_ vector: [Double], lengths: Int) {
      logLengths = Array(vector.prefix(lengths))
      logScale = vector[lengths]
      logNoise = vector[lengths + 1]
      logWarps = Array(vector.dropFirst(lengths + 2))
    }

    package var vector: [Double] { logLengths + [logScale, logNoise] + logWarps }

    /// The warp of a length; nil where it is straight.
    func warp(_ length: Int) -> Warp? {
      guard !logWarps.isEmpty else { return nil }
      let (a, b) = (logWarps[2 * length], logWarps[2 * length + 1])
      return a == 0 && b == 0 ? nil : Warp(logA: a, logB: b)
    }
  }
}
