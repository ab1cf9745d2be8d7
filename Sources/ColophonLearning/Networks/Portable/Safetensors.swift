import ColophonCore

/// The safetensors format: eight bytes of the header's length, a JSON header that tells each tensor's
/// type, shape and bytes, the numbers.
///
/// - SeeAlso: The format's description at the head of the safetensors library.
extension PortableWeights {
  /// The file's bytes, tensors by name; equal weights have equal bytes.
  package func safetensors(metadata: [String: String] = [:]) -> [UInt8] {
    var header: [String: Value] = [:]
    var body: [UInt8] = []
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      let bytes = FloatBytes.bytes(tensor.numbers)
      header[name] = [
        "dtype": "F32", "shape": .array(tensor.shape.map { .integer($0) }),
        "data_offsets": .array([.integer(body.count), .integer(body.count + bytes.count)]),
      ]
      body += bytes
    }
    if !metadata.isEmpty { header["__metadata__"] = .object(metadata.mapValues { .string($0) }) }
    var text = Value.object(header).canonicalBytes
    // The numbers begin at a multiple of eight.
    while !text.count.isMultiple(of: 8) { text.append(UInt8(ascii: " ")) }
    let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> ($0 * 8)) }
    return length + text + body
  }

  /// Reads a file of 32-bit, 64-bit or 16-bit floats; tensors of other types are left out.
  ///
  /// - Throws: `TrainingFault` where the bytes are no such file.
  package init(safetensors bytes: [UInt8]) throws {
    guard let parts = HeadedBytes(decoding: bytes), let header = parts.header.asObject else {
      throw TrainingFault.weightsFile("is no safetensors file")
    }
    tensors = [:]
    for (name, entry) in header where name != "__metadata__" {
      guard let type = entry["dtype"]?.asString,
        let shape = entry["shape"]?.asArray?.compactMap({ $0.asInteger }),
        let offsets = entry["data_offsets"]?.asArray?.compactMap({ $0.asInteger }),
        offsets.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1],
        offsets[1] <= parts.body.count
      else { throw TrainingFault.weightsFile("describes '\(name)' in no known way") }
      let content = parts.body[offsets[0]..<offsets[1]]
      guard let numbers = FloatBytes.numbers(content, of: type) else { continue }
      guard numbers.count == shape.reduce(1, *) else {
        throw TrainingFault.weightsFile("has another number of values for '\(name)' than its shape")
      }
      tensors[name] = PortableTensor(shape: shape, numbers: numbers)
    }
  }
}

extension FloatBytes {
  /// Numbers of one of the floating types by its name; nil for other types.
  static func numbers(_ bytes: ArraySlice<UInt8>, of type: String) -> [Float]? {
    func words<Word: FixedWidthInteger>(_: Word.Type) -> [Word] {
      let size = MemoryLayout<Word>.size
      return stride(from: bytes.startIndex, through: bytes.endIndex - size, by: size).map { start in
        (0..<size).reduce(Word(0)) { $0 | Word(bytes[start + $1]) << Word(8 * $1) }
      }
    }
    switch type {
    case "F32": return words(UInt32.self).map { Float(bitPattern: $0) }
    case "F64": return words(UInt64.self).map { Float(Double(bitPattern: $0)) }
    case "BF16": return words(UInt16.self).map { Float(bitPattern: UInt32($0) << 16) }
    case "F16": return words(UInt16.self).map { half($0) }
    default: return nil
    }
  }

  /// A number of half precision: 1 sign, 5 exponent and 10 fraction bits (IEEE 754).
  private static func half(_ bits: UInt16) -> Float {
    let sign: Float = bits >> 15 == 1 ? -1 : 1
    let exponent = Int(bits >> 10 & 31)
    let fraction = Float(bits & 1_023)
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default:
      let significand = 1 + fraction * 0x1p-10
      return sign * Float(sign: .plus, exponent: exponent - 15, significand: significand)
    }
  }
}

extension TrainingFault {
  static func weightsFile(_ problem: String) -> TrainingFault {
    TrainingFault(
      "train.weights-file",
      "the file of weights \(problem)",
      hint: "it must be safetensors, or ONNX with its weights as initialisers",
      field: "weights"
    )
  }
}
