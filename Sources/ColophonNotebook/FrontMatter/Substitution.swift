import ColophonCore

/// Puts the parameters' values in the place of `${name}` in a cell's configuration.
///
/// A scalar that is one parameter alone takes its type as well; within a longer text its own text
/// stands. `$${` is a literal `${`. Keys are not substituted.
struct Substitution {
  private let parameters: [String: Parameter]
  private let names: [String]
  private(set) var diagnostics: [Diagnostic] = []
  /// Whether some parameter could not be put in its place.
  var isIncomplete: Bool { !diagnostics.isEmpty }

  init(_ parameters: [Parameter]) {
    self.parameters = Dictionary(parameters.map { ($0.name.value, $0) }) { first, _ in first }
    names = parameters.map { $0.name.value }
  }

  /// The node with every parameter replaced; YAML's nesting is limited, so recursion is safe.
  mutating func apply(to node: Node) -> Node {
    var node = node
    switch node.content {
    case .sequence(let items): node.content = .sequence(items.map { apply(to: $0) })
    case .mapping(let entries):
      node.content = .mapping(
        entries.map { entry in
          var entry = entry
          if entry.key.contains("${") {
            diagnostics.append(.parameterInKey(at: entry.keyPosition, length: entry.key.utf8.count))
          }
          entry.value = apply(to: entry.value)
          return entry
        }
      )
    default:
      if node.text.utf8.contains(UInt8(ascii: "$")) { return scalar(node) }
    }
    return node
  }

  private mutating func scalar(_ node: Node) -> Node {
    let bytes = Array(node.text.utf8)
    guard bytes.starts(with: "${".utf8) || node.text.contains("${") else { return node }
    var text: [UInt8] = []
    var runs: [Node.TextRun] = []
    var i = 0
    func keep(_ range: Range<Int>) {
      runs.append(Node.TextRun(offset: text.count, position: node.position(at: range.lowerBound)))
      for run in node.runs where run.offset > range.lowerBound && run.offset < range.upperBound {
        let offset = text.count + run.offset - range.lowerBound
        runs.append(Node.TextRun(offset: offset, position: run.position))
      }
      text += bytes[range]
    }
    while i < bytes.count {
      if bytes[i...].starts(with: "$${".utf8) {
        keep(i + 1..<i + 3)
        i += 3
      } else if bytes[i...].starts(with: "${".utf8) {
        guard let found = use(bytes, at: i, node) else {
          keep(i..<i + 2)
          i += 2
          continue
        }
        if i == 0, found.end == bytes.count { return whole(node, found.parameter) }
        runs.append(Node.TextRun(offset: text.count, position: node.position(at: i)))
        text += found.parameter.text.utf8
        i = found.end
      } else {
        let next = bytes[(i + 1)...].firstIndex(of: UInt8(ascii: "$")) ?? bytes.count
        keep(i..<next)
        i = next
      }
    }
    var result = node
    result.text = String(decoding: text, as: UTF8.self)
    result.content = .string(result.text)
    result.runs = runs
    return result
  }

  private func whole(_ node: Node, _ parameter: Parameter) -> Node {
    var result = node
    result.text = parameter.text
    result.runs = []
    result.content =
      switch parameter.value {
      case .boolean(let value): .boolean(value)
      case .integer(let value): .integer(value)
      case .number(let value): .number(value)
      default: .string(parameter.text)
      }
    return result
  }

  /// The parameter that `${…}` names, and where the braces end; nil after reporting.
  private mutating func use(
    _ bytes: [UInt8],
    at start: Int,
    _ node: Node
  ) -> (parameter: Parameter, end: Int)? {
    let place = node.position(at: start)
    guard let close = bytes[start...].firstIndex(of: UInt8(ascii: "}")) else {
      diagnostics.append(.unclosedParameter(at: place))
      return nil
    }
    let name = String(decoding: bytes[start + 2..<close], as: UTF8.self)
    guard let parameter = parameters[name] else {
      diagnostics.append(
        .unknownParameter(name, at: place, length: close + 1 - start, known: names)
      )
      return nil
    }
    return (parameter, close + 1)
  }
}
