import ColophonCore
import ColophonLearning

/// Networks: `layers`, `loss`, `optimizer` and the like stand in the cell itself, or among its
/// hyperparameters, where a tune cell looks for them.
extension FieldReader {
  /// Declares the fields that only networks have; returns those that the author wrote.
  mutating func networkFields(of type: (any Algorithm.Type)?) -> [Node.Entry] {
    let isNetwork = type is any NetworkAlgorithm.Type
    return FieldReader.networkFields.compactMap { field in
      guard let node = node(field.name, field.type, field.documentation) else { return nil }
      if let type, !isNetwork {
        resolve(field.name, to: nil)
        report(.networkField(field.name, type.name, at: position(of: field.name)))
        return nil
      }
      return Node.Entry(key: field.name, keyPosition: node.position, value: node)
    }
  }

  /// What the network algorithms say of their fields, each field once.
  private static let networkFields: [FieldDescription] = {
    let all = algorithms.members.filter { $0 is any NetworkAlgorithm.Type }.flatMap { type in
      var blank = FieldReader()
      _ = type.init(reading: &blank)
      return blank.fields
    }
    return NetworkRecipe.cellFields.compactMap { name in
      guard var field = all.first(where: { $0.name == name }) else { return nil }
      // What is required depends on the algorithm, and is said by its own reader.
      field.isRequired = false
      field.documentation = "Networks: " + field.documentation
      return field
    }
  }()

  /// The recipe, read from the cell's own fields and its hyperparameters together.
  mutating func networkRecipe(
    of type: any NetworkAlgorithm.Type,
    _ lifted: [Node.Entry],
    _ documentation: String
  ) -> any Algorithm {
    var blank = FieldReader()
    _ = type.init(reading: &blank)
    let node = node("hyperparameters", .section(blank.fields), documentation)
    if let node, node.entries == nil {
      report(.wrongType("hyperparameters", expected: "a map", found: node))
    }
    let own = node?.entries ?? []
    for entry in own where lifted.contains(where: { $0.key == entry.key }) {
      report(.networkFieldTwice(entry))
    }
    let kept = own.filter { entry in !lifted.contains { $0.key == entry.key } }
    var inner = FieldReader(lifted + kept, context: "a train cell of \(type.name)", at: position)
    let recipe = type.init(reading: &inner)
    inner.finish()
    absorb(inner)
    var rest = inner.configuration
    for field in NetworkRecipe.cellFields {
      resolve(field, to: rest[field])
      rest[field] = nil
    }
    resolve("hyperparameters", to: .object(rest))
    return recipe
  }
}

extension Diagnostic {
  static func networkField(
    _ field: String,
    _ algorithm: String,
    at position: SourcePosition
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "train.no-network",
      at: position,
      "'\(field)' is for networks, and \(algorithm) is none",
      hint: "leave it out, or take mlp, cnn or rnn"
    )
  }

  static func networkFieldTwice(_ entry: Node.Entry) -> Diagnostic {
    Diagnostic(
      .error,
      "train.parameter-twice",
      at: entry.keyPosition,
      length: entry.key.utf8.count,
      "'\(entry.key)' stands in the cell and among its hyperparameters",
      hint: "leave one out"
    )
  }
}
