import ColophonCore
import ColophonData
import ColophonMath

extension FittedNetwork {
  /// What stands before the weights.
  private struct Header: Codable {
    var kind: String
    var task: Task
    var classes: Int
    var reader: NetworkReader
    var layers: Value
    var link: OutputLink
    /// The target's mean and scale.
    var target: [Double]
  }

  private static let kind = "network/1"

  /// The header and the weights, four bytes each, least significant first.
  func encoded() throws -> [UInt8] {
    let header = Header(
      kind: FittedNetwork.kind,
      task: task,
      classes: classCount,
      reader: reader,
      layers: .array(layers),
      link: network.link,
      target: [targetMean, targetScale]
    )
    return HeadedBytes(header: try Value(encoding: header), body: FloatBytes.bytes(parameters))
      .encoded()
  }

  /// Reads back what `encoded` wrote; nil for anything else.
  init?(decoding bytes: [UInt8], _ family: NetworkRecipe.Family) {
    guard let parts = HeadedBytes(decoding: bytes),
      let header = try? parts.header.decode(Header.self), header.kind == FittedNetwork.kind,
      header.target.count == 2, let written = header.layers.asArray,
      let parameters = FloatBytes.numbers(parts.body[...]),
      let network = Network(
        layers: written,
        shape: header.reader.shape,
        reader: header.reader,
        link: header.link
      ),
      network.plan.parameterCount == parameters.count
    else { return nil }
    self.init(
      task: header.task,
      classCount: header.classes,
      reader: header.reader,
      layers: written,
      network: network,
      parameters: parameters,
      targetScale: header.target[1],
      targetMean: header.target[0]
    )
  }
}

extension Network {
  /// The network of layers as a model keeps them, the last of which ends in plain sums.
  init?(layers: [Value], shape: [Int], reader: NetworkReader, link: OutputLink) {
    let position = SourcePosition(path: "", line: 1, column: 1)
    let entry = Node.Entry(
      key: "layers",
      keyPosition: position,
      value: .written(.array(layers), at: position)
    )
    var fields = FieldReader([entry], context: "a model", at: position)
    var recipes = fields.layers(required: true, "")
    guard fields.diagnostics.isEmpty, let last = recipes.indices.last,
      var dense = recipes[last].layer as? DenseLayer,
      !shape.isEmpty, shape.allSatisfy({ $0 > 0 })
    else { return nil }
    dense.written = .linear
    recipes[last].layer = dense
    try? self.init(recipes, reader: reader, link: link)
  }

  /// The network of layers over rows as a reader gives them.
  init(
    _ layers: [LayerRecipe],
    frozen: Set<String> = [],
    reader: NetworkReader,
    link: OutputLink
  ) throws(LayerBuildFault) {
    var builder = NetworkBuilder(
      reader.shape,
      vocabulary: reader.vocabulary,
      hasLengths: reader.hasLengths
    )
    self.layers = try NetworkRecipe.build(layers, frozen: frozen, &builder)
    guard builder.tensor.shape.count == 1 else {
      throw LayerBuildFault(
        index: max(0, layers.count - 2),
        fault: LayerFault(
          "the network must end in a row of numbers, and ends in \(builder.words)",
          hint: "add flatten, global_avg_pool, or return_sequences: false before the output layer"
        )
      )
    }
    plan = NetworkPlan(input: builder.input, output: builder.tensor, builder.operations)
    self.link = link
  }
}

/// Floats as bytes, four each, least significant first.
enum FloatBytes {
  static func bytes(_ numbers: [Float]) -> [UInt8] {
    numbers.map { $0.bitPattern.littleEndian }.withUnsafeBytes { Array($0) }
  }

  /// The numbers; nil where the bytes are not a whole number of them, or one is not finite.
  static func numbers(_ bytes: ArraySlice<UInt8>) -> [Float]? {
    guard bytes.count.isMultiple(of: 4) else { return nil }
    let numbers = bytes.withUnsafeBytes { raw in
      (0..<raw.count / 4).map {
        Float(
          bitPattern: UInt32(
            littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)
          )
        )
      }
    }
    return numbers.allSatisfy { $0.isFinite } ? numbers : nil
  }
}
