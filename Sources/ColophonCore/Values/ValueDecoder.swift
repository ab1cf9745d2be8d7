extension Value {
  /// Reads back what `Value(encoding:)` wrote.
  ///
  /// - Throws: `DecodingError` where the value has another shape.
  package func decode<T: Decodable>(_ type: T.Type = T.self) throws -> T {
    try TreeDecoder.decode(type, from: self, [])
  }
}

private struct TreeDecoder: Decoder {
  let value: Value
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  static func decode<T: Decodable>(
    _ type: T.Type,
    from value: Value,
    _ path: [any CodingKey]
  ) throws -> T {
    if type == Value.self, let same = value as? T { return same }
    if type == [Double].self, case .array(let items) = value {
      let numbers = try items.map { try Lone(value: $0, codingPath: path).decode(Double.self) }
      if let same = numbers as? T { return same }
    }
    return try T(from: TreeDecoder(value: value, codingPath: path))
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let members) = value else { throw mismatch("a map", value, codingPath) }
    return KeyedDecodingContainer(Members<Key>(members: members, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let items) = value else { throw mismatch("a list", value, codingPath) }
    return Items(items: items, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer {
    Lone(value: value, codingPath: codingPath)
  }
}

private func mismatch(_ expected: String, _ found: Value, _ path: [any CodingKey]) -> DecodingError
{
  .typeMismatch(
    Value.self,
    .init(codingPath: path, debugDescription: "expected \(expected), found \(found.kindName)")
  )
}

private struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let members: [String: Value]
  let codingPath: [any CodingKey]
  var allKeys: [Key] { members.keys.sorted().compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { members[key.stringValue] != nil }
  func decodeNil(forKey key: Key) -> Bool { (members[key.stringValue] ?? .null) == .null }
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try TreeDecoder.decode(type, from: try member(key), codingPath + [key])
  }
  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type,
    forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { try inner(key).container(keyedBy: type) }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try inner(key).unkeyedContainer()
  }
  func superDecoder() throws -> any Decoder {
    TreeDecoder(value: members["super"] ?? .null, codingPath: codingPath)
  }
  func superDecoder(forKey key: Key) throws -> any Decoder { try inner(key) }

  private func inner(_ key: Key) throws -> TreeDecoder {
    TreeDecoder(value: try member(key), codingPath: codingPath + [key])
  }
  private func member(_ key: Key) throws -> Value {
    guard let value = members[key.stringValue] else {
      throw DecodingError.keyNotFound(
        key,
        .init(codingPath: codingPath, debugDescription: "no '\(key.stringValue)'")
      )
    }
    return value
  }
}

private struct Items: UnkeyedDecodingContainer {
  let items: [Value]
  let codingPath: [any CodingKey]
  var currentIndex = 0
  var count: Int? { items.count }
  var isAtEnd: Bool { currentIndex >= items.count }

  init(items: [Value], codingPath: [any CodingKey]) {
    self.items = items
    self.codingPath = codingPath
  }

  private mutating func take() throws -> Value {
    guard currentIndex < items.count else { throw mismatch("another item", .null, codingPath) }
    defer { currentIndex += 1 }
    return items[currentIndex]
  }

  mutating func decodeNil() -> Bool {
    guard currentIndex < items.count, items[currentIndex] == .null else { return false }
    currentIndex += 1
    return true
  }
  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    try TreeDecoder.decode(type, from: try take(), codingPath)
  }
  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try TreeDecoder(value: try take(), codingPath: codingPath).container(keyedBy: type)
  }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try TreeDecoder(value: try take(), codingPath: codingPath).unkeyedContainer()
  }
  mutating func superDecoder() throws -> any Decoder {
    TreeDecoder(value: try take(), codingPath: codingPath)
  }
}

private struct Lone: SingleValueDecodingContainer {
  let value: Value
  let codingPath: [any CodingKey]

  func decodeNil() -> Bool { value == .null }
  func decode(_ type: Bool.Type) throws -> Bool {
    guard let truth = value.asBoolean else { throw mismatch("true or false", value, codingPath) }
    return truth
  }
  func decode(_ type: String.Type) throws -> String {
    guard let text = value.asString else { throw mismatch("a text", value, codingPath) }
    return text
  }
  func decode(_ type: Double.Type) throws -> Double {
    switch value {
    case .integer, .number: return value.asNumber ?? .nan
    // What the canonical form writes for numbers that JSON lacks.
    case .null: return .nan
    case .string("Infinity"): return .infinity
    case .string("-Infinity"): return -.infinity
    default: throw mismatch("a number", value, codingPath)
    }
  }
  func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
  func decode(_ type: Int.Type) throws -> Int { try whole() }
  func decode(_ type: Int8.Type) throws -> Int8 { try whole() }
  func decode(_ type: Int16.Type) throws -> Int16 { try whole() }
  func decode(_ type: Int32.Type) throws -> Int32 { try whole() }
  func decode(_ type: Int64.Type) throws -> Int64 { try whole() }
  func decode(_ type: UInt.Type) throws -> UInt { try whole() }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try whole() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try whole() }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try whole() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try whole() }
  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    try TreeDecoder.decode(type, from: value, codingPath)
  }

  private func whole<T: FixedWidthInteger>() throws -> T {
    if let number = value.asInteger, let fitting = T(exactly: number) { return fitting }
    if let text = value.asString, let wide = T(text) { return wide }
    throw mismatch("a whole number", value, codingPath)
  }
}
