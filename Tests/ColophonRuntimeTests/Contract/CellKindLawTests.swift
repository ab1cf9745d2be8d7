import ColophonCells
import ColophonCore
import ColophonRuntime
import Testing

/// What must hold of every kind of cell in the catalogue.
@Suite struct EveryCellKind {
  static let names = cellKinds.names

  private static let fence = SourcePosition(path: "n.md", line: 1, column: 9)
  private static let place = SourcePosition(path: "n.md", line: 7, column: 3)

  private func fields(_ name: String) throws -> [FieldDescription] {
    var blank = FieldReader()
    _ = try #require(cellKinds[name]).init(reading: &blank)
    #expect(blank.diagnostics.isEmpty, "a blank reader finds \(blank.diagnostics)")
    return blank.fields
  }

  @Test func isInTheCatalogue() { #expect(EveryCellKind.names.count >= 6) }

  @Test(arguments: names)
  func describesItsFields(name: String) throws {
    let kind = try #require(cellKinds[name])
    #expect(kind.summary.hasSuffix(".") && kind.summary.count > 20)
    #expect(name.utf8.allSatisfy { (0x61...0x7A).contains($0) })
    let fields = try fields(name)
    #expect(!fields.isEmpty)
    #expect(Set(fields.map { $0.name }).count == fields.count)
    for field in fields { check(field, under: name) }
    if let list = kind.listField { #expect(fields.contains { $0.name == list }) }
    // No kind redefines what every cell may carry.
    #expect(Set(fields.map { $0.name }).isDisjoint(with: ["caption", "when", "seed", "tolerance"]))
  }

  private func check(_ field: FieldDescription, under path: String) {
    #expect(
      field.documentation.count > 10 && field.documentation.hasSuffix("."),
      "\(path).\(field.name)"
    )
    #expect(
      !field.name.isEmpty
        && field.name.utf8.allSatisfy {
          $0 == 0x5F || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0)
            || (0x41...0x5A).contains($0)
        },
      "\(path).\(field.name)"
    )
    #expect(!(field.isRequired && field.defaultValue != nil), "\(path).\(field.name)")
    for inner in sections(field.type) { check(inner, under: "\(path).\(field.name)") }
  }

  private func sections(_ type: FieldType) -> [FieldDescription] {
    switch type {
    case .section(let fields): fields
    case .list(let inner), .map(let inner): sections(inner)
    case .union(let forms): forms.flatMap { sections($0) }
    default: []
    }
  }

  /// Fields without which others aren't looked at, each with a value that it may hold.
  private func companions(of name: String, among fields: [FieldDescription]) -> [Node.Entry] {
    fields.filter { $0.isRequired && $0.name != name }.compactMap { field in
      guard case .choice(let choices) = field.type, let first = choices.first else { return nil }
      let value = Node(.string(first), text: first, at: EveryCellKind.fence)
      return Node.Entry(key: field.name, keyPosition: EveryCellKind.fence, value: value)
    }
  }

  /// A value that no field of the type may hold; nil where anything goes.
  private func invalid(_ type: FieldType) -> Node? {
    func node(_ content: Node.Content, _ text: String = "") -> Node {
      Node(content, text: text, at: EveryCellKind.place)
    }
    let map = node(
      .mapping([.init(key: "zzz", keyPosition: EveryCellKind.place, value: node(.integer(1), "1"))])
    )
    let list = node(.sequence([node(.integer(1), "1")]))
    switch type {
    case .boolean: return node(.string("perhaps"), "perhaps")
    case .integer(let range):
      if range.upperBound < Int.max {
        return node(.integer(range.upperBound + 1), "\(range.upperBound + 1)")
      }
      return node(.string("many"), "many")
    case .number: return node(.string("much"), "much")
    case .string, .file, .reference, .condition: return map
    case .choice: return node(.string("zzzz"), "zzzz")
    case .list(let element):
      guard let wrong = invalid(element) else { return nil }
      if case .list = element { return wrong }
      return node(.sequence([wrong]))
    case .map: return list
    case .section: return node(.string("text"), "text")
    // A list is none of the forms, unless one is a list itself.
    case .union(let forms):
      return forms.contains {
        if case .list = $0 { true } else if case .any = $0 { true } else { false }
      } ? nil : list
    case .any: return nil
    }
  }

  @Test(arguments: names)
  func reportsEachInvalidValueWhereItStands(name: String) throws {
    let kind = try #require(cellKinds[name])
    let fields = try fields(name)
    for field in fields {
      guard let wrong = invalid(field.type) else { continue }
      let entry = Node.Entry(key: field.name, keyPosition: EveryCellKind.place, value: wrong)
      var reader = FieldReader(
        [entry] + companions(of: field.name, among: fields),
        context: "a cell",
        at: EveryCellKind.fence
      )
      _ = kind.init(reading: &reader)
      reader.finish()
      let found = reader.diagnostics
      #expect(
        found.contains { $0.position == EveryCellKind.place },
        "\(name).\(field.name): \(found)"
      )
      // Whatever else is reported is a field that is missing.
      #expect(
        found.allSatisfy { [EveryCellKind.place, EveryCellKind.fence].contains($0.position) }
      )
    }
  }

  @Test(arguments: names)
  func namesEachRequiredFieldThatIsMissing(name: String) throws {
    let kind = try #require(cellKinds[name])
    var reader = FieldReader([], context: "a cell", at: EveryCellKind.fence)
    _ = kind.init(reading: &reader)
    for field in try fields(name) where field.isRequired {
      let isNamed = reader.diagnostics.contains {
        $0.code == "cell.missing-field" && $0.message.contains("'\(field.name)'")
      }
      #expect(isNamed, "\(name).\(field.name)")
    }
    #expect(reader.diagnostics.allSatisfy { $0.position == EveryCellKind.fence })
  }

  @Test(arguments: names)
  func suggestsTheFieldThatWasMeant(name: String) throws {
    let kind = try #require(cellKinds[name])
    for field in try fields(name) where field.name.count > 3 {
      let written = field.name.dropLast() + "z"
      let value = Node(.integer(1), text: "1", at: EveryCellKind.fence)
      let entry = Node.Entry(key: String(written), keyPosition: EveryCellKind.place, value: value)
      let (_, found) = CellRecipe.read(
        kind,
        Node(.mapping([entry]), at: EveryCellKind.place),
        at: EveryCellKind.fence
      )
      let unknown = found.first { $0.code == "cell.unknown-field" }
      #expect(unknown?.position == EveryCellKind.place, "\(name).\(field.name)")
      #expect(
        unknown?.hint?.hasPrefix("did you mean '") == true,
        "\(name).\(written): \(unknown?.hint ?? "")"
      )
    }
  }

  @Test(arguments: names)
  func promisesValuesByPatternsThatCanBeRead(name: String) throws {
    var blank = FieldReader()
    let recipe = try #require(cellKinds[name]).init(reading: &blank)
    for pattern in recipe.values {
      #expect(!pattern.description.isEmpty)
      for example in pattern.examples {
        let expression = try? Expression(parsing: "cell.\(example)")
        let path = try #require(expression?.paths.first?.path, "\(name): \(example)")
        #expect(pattern.matches(path.segments, orLeadsTo: true), "\(name): \(example)")
      }
    }
  }

  @Test(arguments: names)
  func hasAPageOfReference(name: String) throws {
    let page = try #require(Reference.page(of: name))
    for field in try fields(name) { #expect(page.contains("  \(field.name): "), "\(field.name)") }
    for common in ["caption", "when", "seed", "tolerance"] {
      #expect(page.contains("  \(common): "))
    }
    #expect(Reference.overview.contains(name))
  }

  /// The README's table of cells is what the catalogue says.
  @Test func standsInTheTableOfTheREADME() throws {
    let readme = String(decoding: try Repository.bytes("README.md"), as: UTF8.self)
    let parts = readme.split(separator: "<!-- cells -->", omittingEmptySubsequences: false)
    #expect(parts.count == 2)
    let section = try #require(parts.last).split(
      separator: "<!-- /cells -->",
      omittingEmptySubsequences: false
    )
    #expect(section.count == 2)
    #expect(section.first.map { $0.trimmingPrefix("\n") } == Reference.markdownTable[...])
  }
}
