package import ColophonCore

/// A layer with what every layer may say, as one item of `layers`.
package struct LayerRecipe: Sendable {
  package var layer: any NetworkLayer
  /// The author's name for it, else its kind and number: `dense_1`.
  package var name: String
  /// How its weights are drawn; nil for the usual way.
  package var initializer: (any Initializer)?
  /// By what the optimiser's learning rate is multiplied here.
  package var rateScale: Double
  /// What the layer was read from: a map of one key.
  package var configuration: Value
  /// Where it stands.
  package var position: SourcePosition
  package var length: Int

  /// What kind of layer it is.
  package var kind: String { type(of: layer).name }
}

extension FieldReader {
  /// `layers`: a list of one-key maps, each naming a member of the catalogue.
  ///
  /// A layer's name alone stands for the layer with its defaults, a number or word after it for the
  /// field that the layer says. What can't be read is reported and left out.
  mutating func layers(required: Bool, _ documentation: String) -> [LayerRecipe] {
    guard
      let node = node(
        "layers",
        .list(.section(FieldReader.layerFields)),
        required: required,
        documentation
      )
    else { return [] }
    guard let items = node.items else {
      report(.wrongType("layers", expected: "a list of layers", found: node))
      return []
    }
    var recipes: [LayerRecipe] = []
    var counts: [String: Int] = [:]
    for item in items {
      guard let recipe = layer(item, &counts) else { continue }
      if let other = recipes.first(where: { $0.name == recipe.name }) {
        report(.layerTwice(other.name, at: item))
      }
      recipes.append(recipe)
    }
    resolve("layers", to: .array(recipes.map { $0.configuration }))
    return recipes
  }

  /// The fields that every layer takes.
  private static var layerFields: [FieldDescription] {
    networkLayers.members.map { type in
      var blank = FieldReader()
      _ = blank.readLayer(type, number: 1)
      return FieldDescription(
        name: type.name,
        type: .section(blank.fields),
        isRequired: false,
        documentation: type.summary
      )
    }
  }

  private mutating func layer(_ item: Node, _ counts: inout [String: Int]) -> LayerRecipe? {
    let (name, node, place): (String, Node, SourcePosition)
    if case .string = item.content {
      (name, node, place) = (item.text, Node(.null, at: item.position), item.position)
    } else if let entries = item.entries, let first = entries.first {
      for other in entries.dropFirst() { report(.twoLayers(first, other)) }
      (name, node, place) = (first.key, first.value, first.keyPosition)
    } else {
      report(.noLayer(item))
      return nil
    }
    guard let type = networkLayers[name] else {
      report(.unknownLayer(name, at: place))
      return nil
    }
    guard let entries = entries(of: node, type) else { return nil }
    var inner = FieldReader(entries, context: "'\(name)'", at: place)
    counts[name, default: 0] += 1
    var recipe = inner.readLayer(type, number: counts[name] ?? 1)
    inner.finish()
    absorb(inner)
    recipe.configuration = .object([name: .object(inner.configuration)])
    recipe.position = place
    recipe.length = name.utf8.count
    return recipe
  }

  /// The fields of a layer, a number or word alone standing for the one that the layer says.
  private mutating func entries(of node: Node, _ type: any NetworkLayer.Type) -> [Node.Entry]? {
    if let entries = node.entries { return entries }
    if node.content == .null { return [] }
    guard node.isScalar, let field = type.shorthand else {
      report(.wrongType(type.name, expected: "a map", found: node))
      return nil
    }
    return [Node.Entry(key: field, keyPosition: node.position, value: node)]
  }

  private mutating func readLayer(_ type: any NetworkLayer.Type, number: Int) -> LayerRecipe {
    let layer = type.init(reading: &self)
    let name = string("name", "What the layer is called, by default its kind and its number.")
    if let name, let fault = FieldReader.fault(ofLayerName: name) { report(fault) }
    let initializer = initializer(nil)
    let scale = rateScale()
    return LayerRecipe(
      layer: layer,
      name: name?.value ?? "\(type.name)_\(number)",
      initializer: initializer,
      rateScale: scale,
      configuration: .null,
      position: position,
      length: 1
    )
  }

  private mutating func rateScale() -> Double {
    number(
      "lr_scale",
      in: .atLeast(0),
      default: 1,
      "By what the learning rate is multiplied for this layer."
    )
  }

  /// A layer's name must be a word, as it begins the names of its weights.
  private static func fault(ofLayerName name: Located<String>) -> Diagnostic? {
    let isWord = name.value.utf8.allSatisfy {
      $0 == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    return isWord && !name.value.isEmpty ? nil : .layerName(name)
  }
}
