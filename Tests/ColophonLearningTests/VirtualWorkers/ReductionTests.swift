import ColophonCore
import ColophonLearning
import ColophonMath
import Testing

/// What each collective adds in which order, beside slow players that send messages.
@Suite struct GradientReductions {
  /// Numbers of such different sizes that every order of addition shows.
  static func vectors(_ count: Int, of length: Int) -> [[Float]] {
    var random = RandomStream(root: 3, cell: "reduction", purpose: "\(count)")
    return (0..<count).map { _ in
      (0..<length).map { _ in
        let size = Float(1 << random.integer(below: 20))
        return (Float(random.uniform()) - 0.5) * size
      }
    }
  }

  static func sum(_ reduction: any GradientReduction, _ vectors: [[Float]], perNode: Int) -> [Float]
  {
    let target = FloatStorage(count: vectors[0].count)
    reduction.sum(vectors.map { FloatStorage($0) }, perNode: perNode, into: target)
    return target.elements
  }

  /// Each rank holds a copy and hands a chunk on in every round.
  static func ring(_ vectors: [[Float]], _ elements: Range<Int>) -> [Float] {
    let count = vectors.count
    var held = vectors
    func chunk(_ index: Int) -> Range<Int> {
      let place = ((index % count) + count) % count
      return elements.lowerBound + elements.count * place / count..<elements.lowerBound + elements
        .count * (place + 1) / count
    }
    for round in 0..<max(0, count - 1) {
      let before = held
      for rank in 0..<count {
        let next = (rank + 1) % count
        for i in chunk(rank - round) { held[next][i] = before[rank][i] + before[next][i] }
      }
    }
    // The chunk of index c has gone from c round to c - 1.
    var sum = vectors[0]
    for c in 0..<count { for i in chunk(c) { sum[i] = held[(c + count - 1) % count][i] } }
    return Array(sum[elements])
  }

  @Test(arguments: 1...9) func ringHandsChunksOn(count: Int) {
    let vectors = GradientReductions.vectors(count, of: 37)
    let sum = GradientReductions.sum(RingReduction(), vectors, perNode: 8)
    #expect(sum == GradientReductions.ring(vectors, 0..<37))
  }

  @Test(arguments: [(4, 2), (6, 3), (8, 4), (8, 2), (3, 8)])
  func hierarchySumsWithinNodesFirst(count: Int, perNode: Int) {
    let vectors = GradientReductions.vectors(count, of: 41)
    let nodes = stride(from: 0, to: count, by: perNode).map { first in
      GradientReductions.ring(Array(vectors[first..<min(count, first + perNode)]), 0..<41)
    }
    let expected = (0..<perNode).flatMap { chunk in
      GradientReductions.ring(nodes, 41 * chunk / perNode..<41 * (chunk + 1) / perNode)
    }
    let sum = GradientReductions.sum(HierarchicalReduction(), vectors, perNode: perNode)
    #expect(sum == expected)
  }

  /// Both partners of each exchange hold the same sum in the end.
  @Test(arguments: 1...9) func halvingAddsTheFarthestFirst(count: Int) {
    let vectors = GradientReductions.vectors(count, of: 5)
    var power = 1
    while power * 2 <= count { power *= 2 }
    let beyond = count - power
    var held: [[Float]] = []
    for rank in 0..<count where rank >= 2 * beyond || rank % 2 == 1 {
      held.append(
        rank < 2 * beyond ? zip(vectors[rank - 1], vectors[rank]).map { $0 + $1 } : vectors[rank]
      )
    }
    var distance = power / 2
    while distance > 0 {
      let before = held
      for rank in held.indices {
        held[rank] = zip(before[rank], before[rank ^ distance]).map { $0 + $1 }
      }
      distance /= 2
    }
    let sum = GradientReductions.sum(HalvingDoublingReduction(), vectors, perNode: 8)
    #expect(sum == held[0])
    #expect(Set(held).count == 1)
  }

  /// Every place of the tree is reached once, by hand for a few sizes.
  @Test func treeAddsChildrenInOrder() {
    let v = GradientReductions.vectors(6, of: 2)
    // Places: 0 over 4; 4 over 2 and 5; 2 over 1 and 3. The second tree is the mirror image.
    func total(_ r: [Int], _ i: Int) -> Float {
      let two = (v[r[2]][i] + v[r[1]][i]) + v[r[3]][i]
      let four = (v[r[4]][i] + two) + v[r[5]][i]
      return v[r[0]][i] + four
    }
    let sum = GradientReductions.sum(TreeReduction(), v, perNode: 8)
    #expect(sum == [total([0, 1, 2, 3, 4, 5], 0), total([5, 4, 3, 2, 1, 0], 1)])
    let three = GradientReductions.vectors(3, of: 2)
    let moved = [1, 2, 0]
    let first = three[0][0] + (three[2][0] + three[1][0])
    let second = three[moved[0]][1] + (three[moved[2]][1] + three[moved[1]][1])
    #expect(GradientReductions.sum(TreeReduction(), three, perNode: 8) == [first, second])
  }

  @Test(arguments: gradientReductions.names, 1...11)
  func addsEveryPartOnce(name: String, count: Int) throws {
    let type = try #require(gradientReductions[name])
    // Powers of two add exactly, so that a part left out or taken twice shows.
    let vectors = (0..<count).map { [Float](repeating: Float(1 << $0), count: 13) }
    let sum = GradientReductions.sum(type.init(), vectors, perNode: 4)
    #expect(sum == [Float](repeating: Float((1 << count) - 1), count: 13))
  }

  @Test(arguments: gradientReductions.names) func twoHaveOneOrder(name: String) throws {
    let type = try #require(gradientReductions[name])
    let vectors = GradientReductions.vectors(2, of: 29)
    #expect(
      GradientReductions.sum(type.init(), vectors, perNode: 8)
        == zip(vectors[0], vectors[1]).map { $0 + $1 }
    )
  }
}
