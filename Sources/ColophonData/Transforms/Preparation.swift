package import ColophonCore

/// The fitted steps that made a dataset what it is, so that later rows can be made alike.
package struct Preparation: Sendable {
  /// The content of the dataset that stood before the first step; nil where nobody said.
  package let source: Digest?
  package let steps: [any FittedTransform]
  /// The canonical form, by which two preparations are compared.
  package let encodedBytes: [UInt8]

  /// - Throws: What encoding a step throws.
  package init(source: Digest?, steps: [any FittedTransform]) throws {
    self.source = source
    self.steps = steps
    let written = try steps.map { step in
      Value.object([type(of: step).name: try Value(encoding: step)])
    }
    var members: [String: Value] = ["steps": .array(written)]
    if let source { members["source"] = .string(source.description) }
    encodedBytes = Value.object(members).canonicalBytes
  }

  /// Reads back what `encodedBytes` holds; throws where it is something else.
  package init(decoding bytes: [UInt8]) throws {
    let value = try Value(json: bytes)
    guard let items = value["steps"]?.asArray else { throw PreparationDamage() }
    let steps = try items.map { item in
      guard let (name, fitted) = item.asObject?.first, item.asObject?.count == 1,
        let type = transforms[name]
      else { throw PreparationDamage() }
      return try type.decodeFitted(fitted)
    }
    try self.init(source: value["source"]?.asString.flatMap { Digest($0) }, steps: steps)
    guard encodedBytes == bytes else { throw PreparationDamage() }
  }

  /// The preparation of data as it was read: no steps.
  package static let raw = Preparation()

  private init() {
    source = nil
    steps = []
    encodedBytes = []
  }

  /// The author's own column that a column after the steps stands for a part of; itself where it is
  /// no part.
  package func origin(of column: String) -> String {
    steps.reversed().reduce(column) { name, step in step.origins[name] ?? name }
  }

  /// Brings data that was prepared as far as `dataset.preparation` says to where this one ends.
  ///
  /// Raw rows go through every step, and rows that this preparation has made through none.
  ///
  /// - Throws: Faults at `data` where the dataset went through other steps, or can't go through
  ///   these.
  package func complete(_ dataset: Dataset) throws(DataFaults) -> Dataset {
    let done = dataset.preparation?.steps ?? []
    guard done.count <= steps.count,
      zip(done, steps).allSatisfy({ $0.0.isEqual(to: $0.1) })
    else { throw DataFaults(.preparedOtherwise) }
    var dataset = dataset
    if steps.isEmpty { return dataset }
    for step in steps[done.count...] {
      do { dataset = try step.apply(to: dataset) } catch {
        throw DataFaults(error.faults.map { $0.about(step: type(of: step).name) })
      }
    }
    dataset.preparation = self
    return dataset
  }
}

extension Preparation: Hashable {
  package static func == (a: Preparation, b: Preparation) -> Bool {
    a.encodedBytes == b.encodedBytes
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(encodedBytes) }
}

/// Bytes that are no preparation of this version.
package struct PreparationDamage: Error, Hashable, Sendable {}
