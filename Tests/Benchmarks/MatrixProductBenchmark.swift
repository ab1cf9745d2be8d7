import ColophonMath

extension Benchmark {
  /// Square products on one thread, beside OpenBLAS.
  static let matrixProduct = Benchmark(name: "matrix-product") {
    let peer = OpenBLAS()
    if peer == nil { print("OpenBLAS is absent (libopenblas.so.0): rates only") }
    for order in [64, 96, 128, 200, 256, 512, 1_024, 2_048] {
      let repeats = max(1, 60_000_000 / (order * order * order))
      let a = (0..<order * order).map { Double($0 % 1_009) / 1_009 - 0.5 }
      let b = (0..<order * order).map { Double($0 % 997) / 997 - 0.5 }
      var (c, d) = (a, a)
      report(
        order,
        "double",
        Stopwatch.best(repeating: repeats, { ours(order, a, b, &c) }) {
          peer?.product(order, a, b, into: &d)
        },
        hasPeer: peer != nil
      )
      let (e, f) = (a.map { Float($0) }, b.map { Float($0) })
      var (g, h) = (e, e)
      report(
        order,
        "float",
        Stopwatch.best(repeating: repeats, { ours(order, e, f, &g) }) {
          peer?.product(order, e, f, into: &h)
        },
        hasPeer: peer != nil
      )
    }
  }

  private static func report(_ order: Int, _ type: String, _ times: [Double], hasPeer: Bool) {
    let rate = 2 * Double(order * order * order) / times[0]
    let ratio = hasPeer ? ", \((times[1] / times[0]).short) of OpenBLAS's rate" : ""
    print("\(type) \(order): \(rate.short) Gflop/s\(ratio)")
  }

  private static func ours(_ n: Int, _ a: [Double], _ b: [Double], _ c: inout [Double]) {
    c.withUnsafeMutableBufferPointer { target in
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          guard let target = target.baseAddress else { return }
          MatrixProduct.accumulate(
            m: n,
            n: n,
            k: n,
            .init(a.baseAddress, stride: n),
            .init(b.baseAddress, stride: n),
            into: target,
            stride: n
          )
        }
      }
    }
  }

  private static func ours(_ n: Int, _ a: [Float], _ b: [Float], _ c: inout [Float]) {
    c.withUnsafeMutableBufferPointer { target in
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          guard let target = target.baseAddress else { return }
          MatrixProduct.accumulate(
            m: n,
            n: n,
            k: n,
            .init(a.baseAddress, stride: n),
            .init(b.baseAddress, stride: n),
            into: target,
            stride: n
          )
        }
      }
    }
  }
}
