/// Numbers that look like data and are the same on every machine: 32 bits of a linear congruential
/// generator (Knuth's MMIX constants), no library.
struct SampleNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// Even on [0, 1).
  mutating func even() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 32) / 4_294_967_296
  }

  /// Bell-shaped about 0: the sum of six even ones (Irwin–Hall), of standard deviation 0.71.
  mutating func bell() -> Double { (0..<6).reduce(-3.0) { sum, _ in sum + even() } }

  mutating func bells(_ count: Int) -> [Double] { (0..<count).map { _ in bell() } }
}
