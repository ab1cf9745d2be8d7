import ColophonCore
import Testing

@Suite struct RandomStreams {
  /// The Random123 distribution's `kat_vectors` for philox4x64-10: zeros, ones, digits of π.
  @Test func philoxGivesThePublishedVectors() {
    let zero = RandomStream.block(counter: (0, 0, 0, 0), key: (0, 0))
    #expect(
      [zero.0, zero.1, zero.2, zero.3] == [
        0x1655_4d9e_ca36_314c, 0xdb20_fe9d_672d_0fdc, 0xd7e7_72ce_e186_176b, 0x7e68_b68a_ec7b_a23b,
      ]
    )
    let ones = RandomStream.block(counter: (.max, .max, .max, .max), key: (.max, .max))
    #expect(
      [ones.0, ones.1, ones.2, ones.3] == [
        0x87b0_92c3_013f_e90b, 0x438c_3c67_be8d_0224, 0x9cc7_d7c6_9cd7_77b6, 0xa09c_aebf_594f_0ba0,
      ]
    )
    let pi = RandomStream.block(
      counter: (
        0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344, 0xa409_3822_299f_31d0, 0x082e_fa98_ec4e_6c89
      ),
      key: (0x4528_21e6_38d0_1377, 0xbe54_66cf_34e9_0c6c)
    )
    #expect(
      [pi.0, pi.1, pi.2, pi.3] == [
        0xa528_f454_03e6_1d95, 0x38c7_2dbd_566e_9788, 0xa5a1_610e_72fd_18b5, 0x57bd_43b5_e52b_7fe6,
      ]
    )
  }

  @Test func filledWordsAreTheOnesCallsWouldGive() {
    for skipped in 0..<6 {
      for count in [0, 1, 3, 4, 5, 8, 21] {
        var one = RandomStream(root: 1, cell: "a", purpose: "b")
        var other = one
        for _ in 0..<skipped { #expect(one.next() == other.next()) }
        let expected = (0..<count).map { _ in one.next() }
        let words = [UInt64](unsafeUninitializedCapacity: count) { buffer, used in
          other.fill(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
          used = count
        }
        #expect(words == expected)
        #expect(one.next() == other.next())
      }
    }
  }

  /// numpy.random.Philox of NumPy 2.4.6 with key (1, 2) and all bits of the counter set, which steps
  /// on to counter 0 before its first block.
  @Test func streamsAgreeWithNumPy() {
    var stream = RandomStream(key: (1, 2))
    let words = (0..<12).map { _ in stream.next() }
    #expect(
      words == [
        0x46fd_f329_c224_985e, 0x49eb_d8a2_8e9e_c134, 0x528e_3ef0_7e63_0d40,
        0x69a5_7877_b5c5_20c8, 0x4f2f_4313_b553_6b09, 0x5b61_7be3_219f_f32a,
        0x0972_9347_6f92_75cb, 0xf63f_3bf4_962c_3942, 0x04dc_c604_73aa_0f43,
        0x6d90_5c9b_986b_0028, 0x559a_6c95_3d16_fe9d, 0xbd24_fd1d_a994_5eea,
      ]
    )
  }

  @Test func everyPartOfTheKeyCounts() {
    let firsts = [
      RandomStream(root: 0, cell: "a", purpose: "b"),
      RandomStream(root: 1, cell: "a", purpose: "b"),
      RandomStream(root: 0, cell: "ab", purpose: ""),
      RandomStream(root: 0, cell: "", purpose: "ab"),
      RandomStream(root: 0, cell: "a", purpose: "b", index: 1),
    ].map { stream in
      var stream = stream
      return stream.next()
    }
    #expect(Set(firsts).count == firsts.count)
  }

  @Test func uniformsFillTheUnitIntervalEvenly() {
    var stream = RandomStream(root: 4, cell: "uniform", purpose: "test")
    var counts = [Int](repeating: 0, count: 50)
    for _ in 0..<100_000 {
      let u = stream.uniform()
      #expect(u >= 0 && u < 1)
      counts[Int(u * 50)] += 1
    }
    // χ² of 49 degrees of freedom is above 85.4 with a probability of 0.1 %.
    let statistic = counts.reduce(0.0) { $0 + Double(($1 - 2000) * ($1 - 2000)) / 2000 }
    #expect(statistic < 85.4)
    for _ in 0..<1000 { #expect((0.0.nextUp...1).contains(stream.uniformAboveZero())) }
  }

  /// A bound just above half of 2⁶³ would favour the lower third without rejection.
  @Test func largeBoundsAreWithoutBias() {
    var stream = RandomStream(root: 4, cell: "bounds", purpose: "test")
    let bound = Int.max / 3 * 2
    let below = (0..<20_000).reduce(0) { n, _ in
      n + (stream.integer(below: bound) < bound / 2 ? 1 : 0)
    }
    // Four standard deviations of a fair coin.
    #expect(abs(below - 10_000) < 283)
    #expect((0..<100).allSatisfy { _ in stream.integer(below: 1) == 0 })
  }

  @Test func allPermutationsAreEquallyLikely() {
    var stream = RandomStream(root: 4, cell: "permutations", purpose: "test")
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 { counts[stream.permutation(4), default: 0] += 1 }
    #expect(counts.count == 24)
    // χ² of 23 degrees of freedom is above 49.7 with a probability of 0.1 %.
    let statistic = counts.values.reduce(0.0) { $0 + Double(($1 - 1000) * ($1 - 1000)) / 1000 }
    #expect(statistic < 49.7)
    #expect(stream.permutation(0).isEmpty)
    #expect(stream.permutation(100).sorted() == Array(0..<100))
  }
}
