import ColophonCore

/// Trees as bytes: equal trees have equal bytes.
///
/// A count of trees, then for each the count of nodes and its arrays one after another, integers
/// of four bytes and numbers of eight, least significant byte first.
enum TreeBytes {
  static func encode(_ trees: [Tree]) -> [UInt8] {
    var bytes: [UInt8] = []
    append([Int32(trees.count)], to: &bytes)
    for tree in trees {
      append([Int32(tree.count), Int32(tree.outputs)], to: &bytes)
      append(tree.features, to: &bytes)
      append(tree.left, to: &bytes)
      append(tree.right, to: &bytes)
      bytes += tree.missingGoesLeft.map { $0 ? 1 : 0 }
      for numbers in [tree.thresholds, tree.values, tree.covers, tree.impurities] {
        append(numbers, to: &bytes)
      }
    }
    return bytes
  }

  /// Reads trees back; nil where the bytes are no trees over so many features.
  static func decode(_ bytes: some Collection<UInt8>, features: Int, outputs: Int) -> [Tree]? {
    var reader = Reader(bytes: Array(bytes))
    guard let count = reader.integers(1)?[0], count >= 0 else { return nil }
    var trees: [Tree] = []
    for _ in 0..<count {
      guard let tree = reader.tree(outputs: outputs), isTree(tree, features: features) else {
        return nil
      }
      trees.append(tree)
    }
    return reader.isAtEnd ? trees : nil
  }

  private static func append(_ numbers: [Int32], to bytes: inout [UInt8]) {
    numbers.map { $0.littleEndian }.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }

  private static func append(_ numbers: [Double], to bytes: inout [UInt8]) {
    numbers.map { $0.bitPattern.littleEndian }.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }

  /// Whether the nodes are in preorder and ask about features that there are.
  private static func isTree(_ tree: Tree, features: Int) -> Bool {
    var waiting = [0]
    for node in 0..<tree.count {
      guard waiting.popLast() == node else { return false }
      if tree.isLeaf(node) { continue }
      let (l, r) = (Int(tree.left[node]), Int(tree.right[node]))
      guard tree.features[node] < features, l == node + 1, r > l, r < tree.count else {
        return false
      }
      waiting += [r, l]
    }
    return tree.count > 0 && waiting.isEmpty
  }

  private struct Reader {
    let bytes: [UInt8]
    var offset = 0

    var isAtEnd: Bool { offset == bytes.count }

    mutating func integers(_ count: Int) -> [Int32]? {
      guard count >= 0, count <= (bytes.count - offset) / 4 else { return nil }
      defer { offset += 4 * count }
      return bytes.withUnsafeBytes { raw in
        (0..<count).map {
          Int32(
            littleEndian: raw.loadUnaligned(fromByteOffset: offset + 4 * $0, as: Int32.self)
          )
        }
      }
    }

    mutating func numbers(_ count: Int) -> [Double]? {
      guard count <= (bytes.count - offset) / 8 else { return nil }
      defer { offset += 8 * count }
      return bytes.withUnsafeBytes { raw in
        (0..<count).map {
          Double(
            bitPattern: UInt64(
              littleEndian: raw.loadUnaligned(fromByteOffset: offset + 8 * $0, as: UInt64.self)
            )
          )
        }
      }
    }

    mutating func flags(_ count: Int) -> [Bool]? {
      guard count <= bytes.count - offset else { return nil }
      defer { offset += count }
      let found = bytes[offset..<offset + count]
      return found.allSatisfy { $0 < 2 } ? found.map { $0 == 1 } : nil
    }

    mutating func tree(outputs: Int) -> Tree? {
      guard let sizes = integers(2), sizes[0] > 0, sizes[1] == Int32(outputs) else { return nil }
      let count = Int(sizes[0])
      var tree = Tree(outputs: outputs)
      guard let features = integers(count), let left = integers(count),
        let right = integers(count), let missing = flags(count),
        let thresholds = numbers(count), let values = numbers(count * outputs),
        let covers = numbers(count), let impurities = numbers(count)
      else { return nil }
      (tree.features, tree.left, tree.right) = (features, left, right)
      (tree.missingGoesLeft, tree.thresholds, tree.values) = (missing, thresholds, values)
      (tree.covers, tree.impurities) = (covers, impurities)
      return tree
    }
  }
}
