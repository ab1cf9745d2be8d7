import ColophonCore

/// The wording of what can be wrong with a network.
extension Diagnostic {
  static func noLayer(_ item: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "train.layer",
      at: item.position,
      length: item.length,
      "a layer is a map of one key, such as - dense: 64",
      hint: "the layers are \(networkLayers.names.joined(separator: ", "))"
    )
  }

  static func twoLayers(_ first: Node.Entry, _ other: Node.Entry) -> Diagnostic {
    Diagnostic(
      .error,
      "train.layer",
      at: other.keyPosition,
      length: other.key.utf8.count,
      "'\(other.key)' stands in the item of '\(first.key)'",
      hint: "begin each layer with a dash of its own, and indent its fields below it"
    )
  }

  static func unknownLayer(_ name: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "train.unknown-layer",
      at: position,
      length: name.utf8.count,
      "there is no layer '\(name)'",
      hint: Suggestion.hint(for: name, among: networkLayers.names)
    )
  }

  static func layerTwice(_ name: String, at item: Node) -> Diagnostic {
    Diagnostic(
      .error,
      "train.layer",
      at: item.position,
      length: item.length,
      "another layer is called '\(name)', too"
    )
  }

  static func layerName(_ name: Located<String>) -> Diagnostic {
    Diagnostic(
      .error,
      "train.layer",
      at: name.position,
      length: max(1, name.value.utf8.count),
      "'\(name.value)' is no name for a layer",
      hint: "take small letters, digits and _"
    )
  }

  static func layerShape(_ fault: LayerFault, of recipe: LayerRecipe) -> Diagnostic {
    Diagnostic(
      .error,
      "train.layer-shape",
      at: recipe.position,
      length: recipe.length,
      fault.message,
      hint: fault.hint
    )
  }

  static func hiddenSigmoid(_ count: Int, at recipe: LayerRecipe) -> Diagnostic {
    Diagnostic(
      .advice,
      "train.hidden-sigmoid",
      at: recipe.position,
      length: recipe.length,
      "\(count) hidden layers end in sigmoid or tanh, through which hardly any gradient comes back",
      hint: "take relu in the hidden layers, or put batch_norm between them"
    )
  }

  static func augmentNeedsImages(_ algorithm: String, at position: SourcePosition) -> Diagnostic {
    Diagnostic(
      .error,
      "train.augment",
      at: position,
      "'augment' changes images, and \(algorithm) has none",
      hint: "leave it out, or take cnn"
    )
  }
}
