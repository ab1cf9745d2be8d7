import ColophonMath

extension Benchmark {
  /// Functions over arrays, beside two limits: copying the array, and the fused multiply-add rate.
  ///
  /// The second limit is the time that the function's vector operations (counted roughly
  /// in the kernel's source) take at the rate that the matrix product of order 256 reaches.
  static let elementary = Benchmark(name: "elementary") {
    let perOperation = nanosecondsPerMultiplyAdd()
    for (count, repeats) in [(2_048, 500), (1 << 22, 1)] {
      let x = (0..<count).map { 0.01 + Double($0 % 997) / 1_000 }
      let y = UnsafeMutableBufferPointer<Double>.allocate(capacity: count)
      defer { y.deallocate() }
      _ = y.initialize(from: x)
      x.withUnsafeBufferPointer { x in
        for (function, operations) in operationCounts {
          let times = Stopwatch.best(
            repeating: repeats,
            { function(x, into: y) },
            { _ = y.update(from: x) }
          )
          let element = times[0] / Double(count)
          print(
            "\(function) of \(count): \(element.short) ns an element,"
              + " \((times[1] / times[0]).short) of a copy's rate,"
              + " \((Double(operations) * perOperation / element).short) of the multiply-add rate"
          )
        }
      }
    }
  }

  /// Vector operations in each kernel's usual path.
  private static let operationCounts: [(Elementary.Function, Int)] = [
    (.exp, 30), (.log, 45), (.tanh, 70), (.sigmoid, 65), (.expm1, 50), (.log1p, 60),
    (.softplus, 115), (.erf, 60), (.erfc, 140), (.sin, 60), (.cos, 60), (.atan, 60),
  ]

  private static func nanosecondsPerMultiplyAdd() -> Double {
    let a = Matrix(rows: 256, columns: 256, repeating: 0.5)
    var c = a
    let times = Stopwatch.best(repeating: 5, { MatrixProduct.accumulate(a, a, beta: 0, into: &c) })
    return times[0] / 16_777_216
  }
}
