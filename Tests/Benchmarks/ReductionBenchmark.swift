import ColophonMath

extension Benchmark {
  /// Sums over arrays, beside copying them.
  static let reduction = Benchmark(name: "reduction") {
    for (count, repeats) in [(2_048, 1_000), (1 << 22, 1)] {
      let x = (0..<count).map { Double($0 % 997) / 1_000 }
      let y = x
      var z = x
      var result = 0.0
      let times = Stopwatch.best(
        repeating: repeats,
        { _ = z.withUnsafeMutableBufferPointer { $0.update(from: x) } },
        { result += Reduction.sum(x) },
        { result += Reduction.dot(x, y) },
        { result += Reduction.preciseSum(x) },
        { result += Reduction.maximum(x) }
      )
      for (name, time) in zip(["sum", "dot", "precise sum", "maximum"], times.dropFirst()) {
        print(
          "\(name) of \(count): \((time / Double(count)).short) ns an element,"
            + " \((times[0] / time).short) of a copy's rate"
        )
      }
      if result.isNaN { print("the sums are not numbers") }
    }
  }
}
