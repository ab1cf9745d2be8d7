extension Value {
  /// The value of anything that can be encoded, such as an exhibit or a model.
  ///
  /// Optionals that are nil are left out; numbers that are not finite stay what they are here.
  /// Dictionaries are encoded as objects where their keys are texts.
  package init(encoding value: some Encodable) throws {
    let box = Box()
    try value.encode(to: TreeEncoder(box: box, codingPath: []))
    self = box.value
  }
}

/// A place in the tree that containers fill, also after the encoder has gone on.
private final class Box {
  private enum State {
    case empty
    case value(Value)
    case object([(String, Box)])
    case array([Box])
  }
  private var state = State.empty

  func set(_ value: Value) { state = .value(value) }

  func member(_ name: String) -> Box {
    let box = Box()
    if case .object(var members) = state {
      state = .empty
      members.append((name, box))
      state = .object(members)
    } else {
      state = .object([(name, box)])
    }
    return box
  }

  func item() -> Box {
    let box = Box()
    if case .array(var items) = state {
      state = .empty
      items.append(box)
      state = .array(items)
    } else {
      state = .array([box])
    }
    return box
  }

  func beginObject() { if case .empty = state { state = .object([]) } }
  func beginArray() { if case .empty = state { state = .array([]) } }

  var count: Int { if case .array(let items) = state { items.count } else { 0 } }

  var value: Value {
    switch state {
    case .empty: .object([:])
    case .value(let value): value
    case .object(let members):
      .object(Dictionary(members.map { ($0.0, $0.1.value) }) { _, last in last })
    case .array(let items): .array(items.map { $0.value })
    }
  }
}

private struct TreeEncoder: Encoder {
  let box: Box
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    box.beginObject()
    return KeyedEncodingContainer(Keyed<Key>(box: box, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    box.beginArray()
    return Unkeyed(box: box, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    Single(box: box, codingPath: codingPath)
  }

  /// Encodes into a box, lists of numbers without a container for each element.
  static func encode(_ value: some Encodable, into box: Box, _ path: [any CodingKey]) throws {
    switch value {
    case let value as Value: box.set(value)
    case let numbers as [Double]: box.set(.array(numbers.map { .number($0) }))
    case let numbers as [Int]: box.set(.array(numbers.map { .integer($0) }))
    case let texts as [String]: box.set(.array(texts.map { .string($0) }))
    default: try value.encode(to: TreeEncoder(box: box, codingPath: path))
    }
  }
}

private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let box: Box
  let codingPath: [any CodingKey]

  mutating func encodeNil(forKey key: Key) { box.member(key.stringValue).set(.null) }
  mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    try TreeEncoder.encode(value, into: box.member(key.stringValue), codingPath + [key])
  }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type,
    forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    TreeEncoder(box: box.member(key.stringValue), codingPath: codingPath + [key])
      .container(keyedBy: type)
  }
  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    TreeEncoder(box: box.member(key.stringValue), codingPath: codingPath + [key])
      .unkeyedContainer()
  }
  mutating func superEncoder() -> any Encoder {
    TreeEncoder(box: box.member("super"), codingPath: codingPath)
  }
  mutating func superEncoder(forKey key: Key) -> any Encoder {
    TreeEncoder(box: box.member(key.stringValue), codingPath: codingPath + [key])
  }
}

private struct Unkeyed: UnkeyedEncodingContainer {
  let box: Box
  let codingPath: [any CodingKey]
  var count: Int { box.count }

  mutating func encodeNil() { box.item().set(.null) }
  mutating func encode<T: Encodable>(_ value: T) throws {
    try TreeEncoder.encode(value, into: box.item(), codingPath)
  }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    TreeEncoder(box: box.item(), codingPath: codingPath).container(keyedBy: type)
  }
  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    TreeEncoder(box: box.item(), codingPath: codingPath).unkeyedContainer()
  }
  mutating func superEncoder() -> any Encoder {
    TreeEncoder(box: box.item(), codingPath: codingPath)
  }
}

private struct Single: SingleValueEncodingContainer {
  let box: Box
  let codingPath: [any CodingKey]

  mutating func encodeNil() { box.set(.null) }
  mutating func encode(_ value: Bool) { box.set(.boolean(value)) }
  mutating func encode(_ value: String) { box.set(.string(value)) }
  mutating func encode(_ value: Double) { box.set(.number(value)) }
  mutating func encode(_ value: Float) { box.set(.number(Double(value))) }
  mutating func encode(_ value: Int) { box.set(.integer(value)) }
  mutating func encode(_ value: Int8) { box.set(.integer(Int(value))) }
  mutating func encode(_ value: Int16) { box.set(.integer(Int(value))) }
  mutating func encode(_ value: Int32) { box.set(.integer(Int(value))) }
  mutating func encode(_ value: Int64) { box.set(.integer(Int(value))) }
  mutating func encode(_ value: UInt) throws { try encodeWide(UInt64(value)) }
  mutating func encode(_ value: UInt8) { box.set(.integer(Int(value))) }
  mutating func encode(_ value: UInt16) { box.set(.integer(Int(value))) }
  mutating func encode(_ value: UInt32) { box.set(.integer(Int(value))) }
  mutating func encode(_ value: UInt64) throws { try encodeWide(value) }
  mutating func encode<T: Encodable>(_ value: T) throws {
    try TreeEncoder.encode(value, into: box, codingPath)
  }

  /// Whole numbers beyond Int's range are texts, so that no digit is lost.
  private func encodeWide(_ value: UInt64) throws {
    box.set(Int(exactly: value).map { .integer($0) } ?? .string(String(value)))
  }
}
