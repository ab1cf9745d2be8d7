/// Reads a page strictly, as no browser does, and lists what is wrong with it.
///
/// Every tag must be closed in order but those of a table's parts, which HTML closes by itself, every attribute quoted and given once, every id unique, and
/// every reference to an id must find it.
struct HTMLCheck {
  private(set) var problems: [String] = []
  private(set) var ids: Set<String> = []
  /// Tag names with their attributes, in order.
  private(set) var elements: [(tag: String, attributes: [String: String])] = []
  private var open: [String] = []
  private let scalars: [Unicode.Scalar]
  private var at = 0

  static let void: Set = ["meta", "br", "hr", "img", "input", "wbr"]

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    if text.hasPrefix("<!doctype html>") { at = 15 } else { problems.append("no document type") }
    while at < scalars.count { step() }
    if !open.isEmpty { problems.append("left open: \(open)") }
    checkReferences()
  }

  private mutating func step() {
    guard scalars[at] == "<" else {
      if scalars[at] == ">" { problems.append("a bare > at \(at)") }
      at += 1
      return
    }
    at += 1
    if scalars[at] == "/" {
      at += 1
      let name = take { $0 != ">" }
      at += 1
      if name == "table" { closeParts(["td", "th", "tr", "thead", "tbody"]) }
      if open.last == name { open.removeLast() } else { problems.append("</\(name)> in \(open)") }
      return
    }
    let name = take { $0 != ">" && $0 != " " && $0 != "/" }
    if name.isEmpty || !name.allSatisfy({ $0.isLetter || $0.isNumber }) {
      problems.append("a tag named '\(name)'")
    }
    let attributes = self.attributes(of: name)
    elements.append((name, attributes))
    let closesItself = scalars[at] == "/"
    at += closesItself ? 2 : 1
    closePartsOfTable(before: name)
    if closesItself || HTMLCheck.void.contains(name) { return }
    if name == "script" || name == "style" { skipRaw(name) } else { open.append(name) }
  }

  /// What HTML closes by itself where a part of a table begins.
  private mutating func closePartsOfTable(before name: String) {
    switch name {
    case "td", "th": closeParts(["td", "th"])
    case "tr": closeParts(["td", "th", "tr"])
    case "thead", "tbody": closeParts(["td", "th", "tr", "thead", "tbody"])
    default: break
    }
  }

  private mutating func closeParts(_ names: Set<String>) {
    while let last = open.last, names.contains(last) { open.removeLast() }
  }

  private mutating func attributes(of tag: String) -> [String: String] {
    var found: [String: String] = [:]
    while at < scalars.count, scalars[at] == " " {
      at += 1
      let name = take { $0 != "=" && $0 != ">" && $0 != " " && $0 != "/" }
      var value = ""
      if at < scalars.count, scalars[at] == "=" {
        at += 1
        if scalars[at] != "\"" { problems.append("\(tag) \(name) isn't quoted") }
        at += 1
        value = take { $0 != "\"" }
        at += 1
      }
      if found.updateValue(value, forKey: name) != nil {
        problems.append("\(name) twice on \(tag)")
      }
      if name == "id", !ids.insert(value).inserted { problems.append("id \(value) twice") }
    }
    return found
  }

  private mutating func skipRaw(_ name: String) {
    let end = Array("</\(name)>".unicodeScalars)
    while at < scalars.count, !scalars[at...].starts(with: end) { at += 1 }
    at += end.count
  }

  private mutating func take(while condition: (Unicode.Scalar) -> Bool) -> String {
    var text = String.UnicodeScalarView()
    while at < scalars.count, condition(scalars[at]) {
      text.append(scalars[at])
      at += 1
    }
    return String(text)
  }

  private mutating func checkReferences() {
    for (tag, attributes) in elements {
      for name in (attributes["aria-labelledby"] ?? "").split(separator: " ")
      where !ids.contains(String(name)) {
        problems.append("\(tag) is labelled by \(name), which isn't there")
      }
      if let link = attributes["href"], link.hasPrefix("#"), !ids.contains(String(link.dropFirst()))
      {
        problems.append("\(tag) links to \(link), which isn't there")
      }
      if let clip = attributes["clip-path"], !ids.contains(String(clip.dropFirst(5).dropLast())) {
        problems.append("\(tag) is clipped by \(clip), which isn't there")
      }
    }
  }
}
