package import ColophonCore

/// Choices among positions 0 ..< n.
extension RandomStream {
  /// Fills a buffer with independent positions in 0 ..< `bound`, such as one bootstrap resample.
  ///
  /// Each 64-bit word gives two candidates, its lower half first; a candidate is scaled by Lemire's
  /// rule and the few that would bias the result are passed over. What is left of the last word is
  /// dropped.
  ///
  /// `bound`: from 1 to 2³¹.
  package mutating func fillIndices(
    _ indices: UnsafeMutableBufferPointer<Int32>,
    below bound: Int
  ) {
    precondition(bound > 0 && bound <= 1 << 31, "a bound of \(bound)")
    let range = UInt64(bound)
    let threshold = UInt32((0x1_0000_0000 as UInt64) % range)
    var done = 0
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 512) { words in
      while done < indices.count {
        let needed = min(512, (indices.count - done + 1) / 2)
        fill(UnsafeMutableBufferPointer(rebasing: words[..<needed]))
        for i in 0..<needed {
          let word = words[i]
          let low = (word & 0xFFFF_FFFF) &* range
          let high = (word >> 32) &* range
          if UInt32(truncatingIfNeeded: low) >= threshold {
            indices[done] = Int32(truncatingIfNeeded: low >> 32)
            done += 1
          }
          if UInt32(truncatingIfNeeded: high) >= threshold, done < indices.count {
            indices[done] = Int32(truncatingIfNeeded: high >> 32)
            done += 1
          }
        }
      }
    }
  }

  /// Positions drawn with replacement: one bootstrap resample.
  package mutating func indices(_ count: Int, below bound: Int) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: count) { buffer, used in
      fillIndices(UnsafeMutableBufferPointer(rebasing: buffer[..<count]), below: bound)
      used = count
    }
  }

  /// Distinct positions in random order: the first `count` of a permutation.
  ///
  /// - Complexity: O(`count`), whatever the number of positions is.
  package mutating func sample(_ count: Int, of positions: Int) -> [Int] {
    precondition(count >= 0 && count <= positions, "\(count) of \(positions)")
    // Fisher and Yates from the front; only the places that were touched are kept.
    var moved: [Int: Int] = [:]
    return (0..<count).map { i in
      let j = i + integer(below: positions - i)
      let chosen = moved[j] ?? j
      moved[j] = moved[i] ?? i
      return chosen
    }
  }

  /// Distinct positions, drawn one after another with chances in proportion to their weights.
  ///
  /// The positions with the shortest exponential waiting times (Efraimidis and Spirakis, 2006);
  /// weights of 0 are never drawn, so that there may be fewer than `count`.
  package mutating func sample(_ count: Int, weights: [Double]) -> [Int] {
    var times: [(time: Double, position: Int)] = []
    for (position, weight) in weights.enumerated() {
      let waiting = exponential()
      if weight > 0 { times.append((waiting / weight, position)) }
    }
    times.sort { ($0.time, $0.position) < ($1.time, $1.position) }
    return times.prefix(count).map { $0.position }
  }

  /// One position, with chances in proportion to the weights.
  ///
  /// `weights`: finite, at least 0, not all 0. For many draws make an `AliasTable`.
  package mutating func choice(weights: [Double]) -> Int {
    var rest = uniform() * weights.reduce(0, +)
    for (position, weight) in weights.enumerated() where weight > 0 {
      if rest < weight { return position }
      rest -= weight
    }
    // Rounding may leave a crumb past the end: it belongs to the last that can be drawn.
    return weights.lastIndex { $0 > 0 } ?? 0
  }
}
