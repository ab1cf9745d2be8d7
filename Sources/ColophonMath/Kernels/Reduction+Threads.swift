import CKernels

extension Reduction {
  /// The sum of the elements on several threads, the same bits as on one.
  package static func sum(_ x: [Double], threads: Int) -> Double {
    x.withUnsafeBufferPointer { x in
      inBlocks(x.count, threads: threads) { start, count in
        ck_sum(x.baseAddress.map { $0 + start }, count)
      }
    }
  }

  /// The sum of products on several threads, the same bits as on one.
  package static func dot(_ x: [Double], _ y: [Double], threads: Int) -> Double {
    precondition(x.count == y.count, "\(x.count) beside \(y.count) elements")
    return x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { y in
        inBlocks(x.count, threads: threads) { start, count in
          ck_dot(x.baseAddress.map { $0 + start }, y.baseAddress.map { $0 + start }, count)
        }
      }
    }
  }

  /// Blocks are shared out among threads; their sums are added in block order on this one.
  private static func inBlocks(
    _ count: Int,
    threads: Int,
    sum: (Int, Int) -> Double
  ) -> Double {
    let blocks = (count + block - 1) / block
    var sums = Array(repeating: 0.0, count: blocks)
    sums.withUnsafeMutableBufferPointer { sums in
      Workers.share(blocks, among: threads) { index in
        sums[index] = sum(index * block, min(block, count - index * block))
      }
    }
    let total = sums.reduce(0, +)
    return total.isNaN ? .nan : total
  }
}
