/// The element types that the graphs use, by their numbers in the standard.
package enum ONNXElement: Int, Hashable, Sendable {
  case float = 1
  case int64 = 7
  case string = 8
  case bool = 9
  case double = 11

  /// What the standard calls it.
  package var name: String {
    switch self {
    case .float: "float"
    case .int64: "int64"
    case .string: "string"
    case .bool: "bool"
    case .double: "double"
    }
  }
}

/// Numbers or texts of a shape, as a graph holds them.
package struct ONNXTensor: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case doubles([Double])
    case floats([Float])
    case integers([Int])
    case texts([String])
  }

  /// Row-major.
  package var content: Content
  /// Empty for a single number.
  package var shape: [Int]

  package init(_ content: Content, shape: [Int]) {
    self.content = content
    self.shape = shape
  }

  package static func scalar(_ value: Double) -> ONNXTensor {
    ONNXTensor(.doubles([value]), shape: [])
  }
  /// One row of numbers.
  package static func row(_ values: [Double]) -> ONNXTensor {
    ONNXTensor(.doubles(values), shape: [1, values.count])
  }
  package static func list(_ values: [Int]) -> ONNXTensor {
    ONNXTensor(.integers(values), shape: [values.count])
  }
  package static func list(_ texts: [String]) -> ONNXTensor {
    ONNXTensor(.texts(texts), shape: [texts.count])
  }
  /// Row-major numbers of some columns.
  package static func matrix(_ values: [Double], columns: Int) -> ONNXTensor {
    ONNXTensor(.doubles(values), shape: [columns == 0 ? 0 : values.count / columns, columns])
  }

  package var element: ONNXElement {
    switch content {
    case .doubles: .double
    case .floats: .float
    case .integers: .int64
    case .texts: .string
    }
  }

  /// The message `TensorProto`; numbers as raw little-endian bytes.
  func write(to writer: inout ProtobufWriter, name: String) {
    writer.integers(1, shape)
    writer.integer(2, element.rawValue)
    switch content {
    case .texts(let texts): for text in texts { writer.text(6, text) }
    case .doubles, .floats, .integers: break
    }
    writer.text(8, name)
    switch content {
    case .doubles(let numbers): writer.content(9, raw(numbers.map { $0.bitPattern }))
    case .floats(let numbers): writer.content(9, raw(numbers.map { $0.bitPattern }))
    case .integers(let numbers):
      writer.content(9, raw(numbers.map { UInt64(bitPattern: Int64($0)) }))
    case .texts: break
    }
  }

  private func raw<Bits: FixedWidthInteger>(_ words: [Bits]) -> [UInt8] {
    words.map { $0.littleEndian }.withUnsafeBytes { Array($0) }
  }
}
