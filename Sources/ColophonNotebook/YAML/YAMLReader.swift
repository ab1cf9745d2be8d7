import ColophonCore
import Yams

private typealias Node = ColophonCore.Node

/// Reads the YAML of a cell or of front matter into nodes whose places are the file's own.
///
/// What is taken of YAML 1.2: one document of block and flow collections, all scalar styles, and
/// aliases. Tags, merge keys, keys that are no plain text, and a second document are refused.
struct YAMLReader {
  /// How deep collections may be nested.
  static let nesting = 64
  /// How many nodes the aliases of one text may stand for.
  static let expansion = 10_000
  /// How many repeated keys of one text are reported.
  static let repeatedKeys = 20

  let text: YAMLText
  private var standIns: StandIns?
  private var marks: MarkCursor
  private var anchors: [String: (node: ColophonCore.Node, count: Int)] = [:]
  private var expanded = 0
  private var count = 0
  /// Whether a node had to be left out.
  private var isIncomplete = false
  private(set) var diagnostics: [Diagnostic] = []

  private init(_ text: YAMLText) {
    self.text = text
    marks = MarkCursor(text.bytes)
  }

  /// Reads a text; nil where it is so broken that no field can be looked for.
  static func read(
    _ text: YAMLText,
    diagnostics: inout [Diagnostic]
  ) -> ColophonCore.Node? {
    var reader = YAMLReader(text)
    let node = reader.read()
    diagnostics += reader.diagnostics
    return reader.isIncomplete ? nil : node
  }

  private mutating func read() -> Node? {
    if let offset = YAMLReader.firstControl(text.bytes) {
      diagnostics.append(.controlCharacter(text.bytes[offset], at: text.position(at: offset)))
      return nil
    }
    do {
      return try compose()
    } catch {
      let error = (error as? YamlError) ?? .no
      let first = YAMLProblem(error, in: text, marks: marks).diagnostic
      diagnostics.append(first)
      diagnostics += laterProblems(after: first.position)
      return nil
    }
  }

  /// Parses, and again with a key renamed for as long as Yams finds one repeated.
  private mutating func compose() throws -> Node? {
    var yaml = String(decoding: text.bytes, as: UTF8.self)
    if text.bytes.contains(UInt8(ascii: "*")) {
      standIns = StandIns(yaml, keys: YAMLReader.repeatedKeys)
      yaml = standIns?.text ?? yaml
    }
    while true {
      do {
        let parser = try Parser(yaml: yaml, resolver: .basic, encoding: .utf8)
        return try withExtendedLifetime(parser) { () throws -> Node? in
          try parser.singleRoot().flatMap { root(node($0, depth: 0)) } ?? emptyMapping
        }
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        guard rename(context.mark) else {
          let place = text.position(at: offset(context.mark))
          diagnostics.append(.repeatedKeys(keys.map { standIns?.restore($0) ?? $0 }, at: place))
          return nil
        }
        yaml = standIns?.text ?? yaml
      }
    }
  }

  private mutating func rename(_ mark: Mark) -> Bool {
    if standIns == nil {
      let yaml = String(decoding: text.bytes, as: UTF8.self)
      standIns = StandIns(yaml, keys: YAMLReader.repeatedKeys)
    }
    var start = scalarStart(offset(mark)).offset
    guard start < text.bytes.count else { return false }
    if text.bytes[start] == UInt8(ascii: "\"") || text.bytes[start] == UInt8(ascii: "'") {
      start += 1
      guard start < text.bytes.count, text.bytes[start] != text.bytes[start - 1] else {
        return false
      }
    }
    // Neither a collection nor a line break can be renamed.
    guard !"[{|>\n".utf8.contains(text.bytes[start]) else { return false }
    let index = text.bytes[..<start].count { $0 & 0xC0 != 0x80 }
    return standIns?.rename(at: index) ?? false
  }

  private var emptyMapping: Node { Node(.mapping([]), at: text.position(at: 0)) }

  private mutating func root(_ node: Node) -> Node {
    switch node.content {
    case .mapping, .sequence: return node
    case .null where !isIncomplete: return emptyMapping
    default:
      if !isIncomplete { diagnostics.append(YAMLProblem.loneScalar(node, in: text)) }
      isIncomplete = true
      return emptyMapping
    }
  }

  /// The first byte of a control character that YAML forbids.
  private static func firstControl(_ bytes: [UInt8]) -> Int? {
    bytes.indices.first { i in
      let byte = bytes[i]
      if byte < 0x20 { return byte != 0x09 && byte != 0x0A }
      if byte == 0x7F { return true }
      let next = i + 1 < bytes.count ? bytes[i + 1] : 0
      if byte == 0xC2 { return next < 0xA0 && next != 0x85 }
      // U+FFFE and U+FFFF.
      return byte == 0xEF && next == 0xBF && i + 2 < bytes.count && bytes[i + 2] >= 0xBE
    }
  }
}

// MARK: Nodes

extension YAMLReader {
  private mutating func offset(_ mark: Mark?) -> Int {
    guard let mark else { return 0 }
    return min(marks.offset(line: mark.line, column: mark.column), text.bytes.count)
  }

  private mutating func leaveOut(_ diagnostic: Diagnostic) -> Node {
    // One bomb, or one deep nest, is told once.
    let isRepeated =
      ["yaml.nesting", "yaml.expansion"].contains(diagnostic.code)
      && diagnostics.contains { $0.code == diagnostic.code }
    if !isRepeated { diagnostics.append(diagnostic) }
    isIncomplete = true
    return Node(.null, at: diagnostic.position)
  }

  private mutating func node(_ yaml: Yams.Node, depth: Int) -> Node {
    let start = offset(yaml.mark)
    guard depth <= YAMLReader.nesting else {
      return leaveOut(.deepYAML(YAMLReader.nesting, at: text.position(at: start)))
    }
    let before = count
    count += 1
    let node: Node
    var anchor: Anchor?
    switch yaml {
    case .scalar(let scalar):
      anchor = scalar.anchor
      node = self.scalar(scalar, at: start)
    case .sequence(let sequence):
      anchor = sequence.anchor
      checkTag(sequence.tag, at: start)
      node = collection(.sequence(sequence.map { self.node($0, depth: depth + 1) }), at: start)
    case .mapping(let mapping):
      anchor = mapping.anchor
      checkTag(mapping.tag, at: start)
      node = collection(.mapping(entries(mapping, depth: depth)), at: start)
    case .alias: node = Node(.null, at: text.position(at: start))
    }
    if let anchor { anchors[anchor.rawValue] = (node, count - before) }
    return node
  }

  private func collection(_ content: Node.Content, at offset: Int) -> Node {
    Node(content, at: text.position(at: scalarStart(offset).offset))
  }

  private mutating func checkTag(_ tag: Tag, at offset: Int) {
    let implicit: [Tag.Name] = [.implicit, .map, .seq]
    guard !implicit.contains(where: { $0.rawValue == tag.description }) else { return }
    _ = leaveOut(.tag(at: text.position(at: offset)))
  }

  private mutating func entries(_ mapping: Yams.Node.Mapping, depth: Int) -> [Node.Entry] {
    var first: [String: SourcePosition] = [:]
    var entries: [Node.Entry] = []
    for (key, value) in mapping {
      let start = offset(key.mark)
      guard case .scalar(let scalar) = key else {
        _ = leaveOut(.keyIsNoText(at: text.position(at: start)))
        continue
      }
      if scalar.style == .plain, standIns?.alias(scalar.string) != nil {
        _ = leaveOut(.keyIsNoText(at: text.position(at: start)))
        continue
      }
      let keyNode = self.scalar(scalar, at: start)
      if let anchor = scalar.anchor { anchors[anchor.rawValue] = (keyNode, 1) }
      let name = keyNode.text
      if name == "<<", scalar.style == .plain {
        _ = leaveOut(.mergeKey(at: keyNode.position))
        continue
      }
      let node = self.node(value, depth: depth + 1)
      if let earlier = first[name] {
        diagnostics.append(.repeatedKey(name, at: keyNode.position, first: earlier))
      } else {
        first[name] = keyNode.position
        entries.append(Node.Entry(key: name, keyPosition: keyNode.position, value: node))
      }
    }
    return entries
  }

  private mutating func scalar(_ scalar: Yams.Node.Scalar, at mark: Int) -> Node {
    let (start, isTagged) = scalarStart(mark)
    let isPlain = scalar.style == .plain || scalar.style == .any
    if isTagged { return leaveOut(.tag(at: text.position(at: mark))) }
    if isPlain, let name = standIns?.alias(scalar.string) { return alias(name, at: start) }
    let string = standIns?.restore(scalar.string) ?? scalar.string
    let content = isPlain ? CoreSchema.content(of: string) : .string(string)
    let style: ScalarRuns.Style =
      switch scalar.style {
      case .singleQuoted: .singleQuoted
      case .doubleQuoted: .doubleQuoted
      case .literal, .folded: .block
      default: .plain
      }
    let verbatim = ScalarRuns.verbatim(string, content, from: start, in: text, style: style)
    if let verbatim, !string.isEmpty { return verbatim }
    let place = text.position(at: start)
    if isPlain, string.isEmpty { return Node(content, at: place) }
    let found = ScalarRuns(string, from: start, in: text, style: style)
    return Node(content, text: string, at: place, length: found.length, runs: found.runs)
  }

  private mutating func alias(_ name: String, at offset: Int) -> Node {
    let place = text.position(at: offset)
    guard let (node, size) = anchors[name] else {
      return leaveOut(.unknownAlias(name, at: place, known: anchors.keys.sorted()))
    }
    expanded += size
    count += size
    guard expanded <= YAMLReader.expansion else {
      return leaveOut(.aliasesExpandTooFar(YAMLReader.expansion, at: place))
    }
    return node
  }

  /// The offset of a scalar behind its anchor and tag.
  private func scalarStart(_ mark: Int) -> (offset: Int, isTagged: Bool) {
    var offset = mark
    var isTagged = false
    while offset < text.bytes.count,
      text.bytes[offset] == UInt8(ascii: "&") || text.bytes[offset] == UInt8(ascii: "!")
    {
      if text.bytes[offset] == UInt8(ascii: "!") { isTagged = true }
      let rest = text.bytes[offset...]
      let end = rest.firstIndex { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A } ?? text.bytes.count
      offset = text.bytes[end...].firstIndex { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A } ?? end
    }
    return (offset, isTagged)
  }
}
