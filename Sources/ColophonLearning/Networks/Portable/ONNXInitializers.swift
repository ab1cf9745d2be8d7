/// The weights of an ONNX file: the initialisers of its graph that are floats.
///
/// Reads of the protocol-buffer messages just the fields that lead there: `ModelProto.graph` (7),
/// `GraphProto.initializer` (5), and of `TensorProto` dims (1), data_type (2), float_data (4), name
/// (8) and raw_data (9).
extension PortableWeights {
  /// - Throws: `TrainingFault` where the bytes are no such file.
  package init(onnx bytes: [UInt8]) throws {
    tensors = [:]
    for case .bytes(7, let graph) in try ProtobufFields.all(bytes[...]) {
      for case .bytes(5, let content) in try ProtobufFields.all(graph) {
        guard let (name, tensor) = try PortableWeights.tensor(content) else { continue }
        tensors[name] = tensor
      }
    }
    if tensors.isEmpty { throw TrainingFault.weightsFile("holds no initialisers of floats") }
  }

  private static func tensor(_ bytes: ArraySlice<UInt8>) throws -> (String, PortableTensor)? {
    var (shape, name, type): ([Int], String, UInt64) = ([], "", 0)
    var numbers: [Float] = []
    var raw: ArraySlice<UInt8> = []
    for field in try ProtobufFields.all(bytes) {
      switch field {
      case .number(1, let size): shape.append(Int(truncatingIfNeeded: size))
      case .bytes(1, let sizes): shape += try ProtobufFields.numbers(sizes)
      case .number(2, let number): type = number
      case .bytes(4, let floats): numbers += FloatBytes.numbers(floats, of: "F32") ?? []
      case .bytes(8, let text): name = String(decoding: text, as: UTF8.self)
      case .bytes(9, let content): raw = content
      default: break
      }
    }
    let types: [UInt64: String] = [1: "F32", 10: "F16", 11: "F64", 16: "BF16"]
    guard let word = types[type] else { return nil }
    if numbers.isEmpty { numbers = FloatBytes.numbers(raw, of: word) ?? [] }
    guard shape.allSatisfy({ $0 >= 0 }), numbers.count == shape.reduce(1, *) else {
      throw TrainingFault.weightsFile("has another number of values for '\(name)' than its shape")
    }
    return (name, PortableTensor(shape: shape, numbers: numbers))
  }

  /// Reads either format, told apart by their first bytes.
  package init(file bytes: [UInt8]) throws {
    // A safetensors header is JSON and begins after eight bytes.
    if bytes.count > 8, bytes[8] == UInt8(ascii: "{") {
      try self.init(safetensors: bytes)
    } else {
      try self.init(onnx: bytes)
    }
  }
}

/// The fields of a protocol-buffer message.
enum ProtobufFields {
  case number(Int, UInt64)
  case bytes(Int, ArraySlice<UInt8>)
  /// Four or eight bytes of a fixed size.
  case fixed(Int)

  /// - Throws: `TrainingFault` where the bytes are no message.
  static func all(_ bytes: ArraySlice<UInt8>) throws -> [ProtobufFields] {
    var (rest, fields): (ArraySlice<UInt8>, [ProtobufFields]) = (bytes, [])
    while !rest.isEmpty {
      let key = try variable(&rest)
      let number = Int(truncatingIfNeeded: key >> 3)
      switch key & 7 {
      case 0: fields.append(.number(number, try variable(&rest)))
      case 1, 5:
        let size = key & 7 == 1 ? 8 : 4
        guard rest.count >= size else { throw TrainingFault.weightsFile("is cut off") }
        rest = rest.dropFirst(size)
        fields.append(.fixed(number))
      case 2:
        let length = try variable(&rest)
        guard length <= UInt64(rest.count) else { throw TrainingFault.weightsFile("is cut off") }
        fields.append(.bytes(number, rest.prefix(Int(length))))
        rest = rest.dropFirst(Int(length))
      default: throw TrainingFault.weightsFile("is neither safetensors nor ONNX")
      }
    }
    return fields
  }

  /// Packed whole numbers.
  static func numbers(_ bytes: ArraySlice<UInt8>) throws -> [Int] {
    var (rest, found): (ArraySlice<UInt8>, [Int]) = (bytes, [])
    while !rest.isEmpty { found.append(Int(truncatingIfNeeded: try variable(&rest))) }
    return found
  }

  private static func variable(_ bytes: inout ArraySlice<UInt8>) throws -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = bytes.popFirst() else { throw TrainingFault.weightsFile("is cut off") }
      value |= UInt64(byte & 127) << shift
      if byte < 128 { return value }
    }
    throw TrainingFault.weightsFile("is neither safetensors nor ONNX")
  }
}
