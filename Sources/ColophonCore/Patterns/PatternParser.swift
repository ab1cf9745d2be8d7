/// What a pattern says, as a tree.
indirect enum PatternTree: Hashable {
  case empty
  case one(ScalarSet)
  case sequence([PatternTree])
  case choice([PatternTree])
  /// At least `least` times, at most `most` (nil for any number).
  case repeated(PatternTree, least: Int, most: Int?, isGreedy: Bool)
  case group(Int, PatternTree)
  case start
  case end
  case boundary(isThere: Bool)
}

/// Some characters.
struct ScalarSet: Hashable, Sendable {
  var ranges: [ClosedRange<UInt32>] = []
  var isInverted = false

  init(_ ranges: [ClosedRange<UInt32>], isInverted: Bool = false) {
    self.ranges = ranges
    self.isInverted = isInverted
  }

  init(_ scalar: Unicode.Scalar) { ranges = [scalar.value...scalar.value] }

  static let any = ScalarSet([], isInverted: true)

  /// The set of `\d`, `\w` or `\s`, or of its capital, the opposite.
  static func escaped(_ letter: Unicode.Scalar) -> ScalarSet? {
    switch letter {
    case "d": ScalarSet([0x30...0x39])
    case "w": ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    case "s": ScalarSet([0x09...0x0D, 0x20...0x20])
    case "D": ScalarSet([0x30...0x39], isInverted: true)
    case "W": ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A], isInverted: true)
    case "S": ScalarSet([0x09...0x0D, 0x20...0x20], isInverted: true)
    default: nil
    }
  }

  func contains(_ scalar: UInt32) -> Bool {
    ranges.contains { $0.contains(scalar) } != isInverted
  }
}

/// Reads a pattern.
struct PatternParser {
  private let scalars: [Unicode.Scalar]
  private let offsets: [Int]
  private var place = 0
  private(set) var groups = 0
  /// The deepest nesting, so that no pattern ends the program.
  private static let deepest = 100
  private var depth = 0

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    var offset = 0
    var offsets: [Int] = []
    for scalar in scalars {
      offsets.append(offset)
      offset += String(scalar).utf8.count
    }
    self.offsets = offsets + [offset]
  }

  private var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

  private func problem(_ message: String, at place: Int? = nil) -> PatternProblem {
    PatternProblem(message, at: offsets[min(place ?? self.place, scalars.count)])
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    place += 1
    return true
  }

  mutating func parse() throws(PatternProblem) -> PatternTree {
    let tree = try alternatives()
    if next != nil { throw problem("this ')' closes nothing") }
    return tree
  }

  private mutating func alternatives() throws(PatternProblem) -> PatternTree {
    depth += 1
    defer { depth -= 1 }
    if depth > PatternParser.deepest { throw problem("groups are nested too deep") }
    var choices = [try sequence()]
    while take("|") { choices.append(try sequence()) }
    return choices.count == 1 ? choices[0] : .choice(choices)
  }

  private mutating func sequence() throws(PatternProblem) -> PatternTree {
    var parts: [PatternTree] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      parts.append(try repetition(of: atom()))
    }
    return parts.isEmpty ? .empty : parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func repetition(of tree: PatternTree) throws(PatternProblem) -> PatternTree {
    var tree = tree
    while let (least, most) = try quantifier() {
      if take("+") { throw problem("possessive repetitions are not supported", at: place - 1) }
      tree = .repeated(tree, least: least, most: most, isGreedy: !take("?"))
    }
    return tree
  }

  private mutating func quantifier() throws(PatternProblem) -> (Int, Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    let start = place
    guard take("{") else { return nil }
    guard let least = number() else {
      // As elsewhere, a brace that begins no count stands for itself.
      place = start
      return nil
    }
    var most: Int? = least
    if take(",") { most = number() }
    guard take("}") else {
      place = start
      return nil
    }
    if least > 1000 || (most ?? 0) > 1000 { throw problem("at most 1,000 repetitions", at: start) }
    if let most, most < least { throw problem("the counts are the wrong way round", at: start) }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let scalar = next, ("0"..."9").contains(scalar), digits.count < 6 {
      digits.unicodeScalars.append(scalar)
      place += 1
    }
    return Int(digits)
  }

  private mutating func atom() throws(PatternProblem) -> PatternTree {
    guard let scalar = next else { return .empty }
    let start = place
    place += 1
    switch scalar {
    case "(": return try group(start)
    case "[": return .one(try set(start))
    case ".": return .one(.any)
    case "^": return .start
    case "$": return .end
    case "\\": return try escape(start)
    case "*", "+", "?": throw problem("nothing stands before this '\(scalar)'", at: start)
    case "{":
      place = start
      if try quantifier() != nil { throw problem("nothing stands before this count", at: start) }
      place = start + 1
      return .one(ScalarSet(scalar))
    default: return .one(ScalarSet(scalar))
    }
  }

  private mutating func group(_ start: Int) throws(PatternProblem) -> PatternTree {
    var number: Int?
    if take("?") {
      guard take(":") else {
        throw problem("only '(?:' may begin a group; lookaround and flags are not supported")
      }
    } else {
      groups += 1
      number = groups
    }
    let inner = try alternatives()
    guard take(")") else { throw problem("this '(' is not closed", at: start) }
    return number.map { .group($0, inner) } ?? inner
  }

  private mutating func escape(_ start: Int) throws(PatternProblem) -> PatternTree {
    guard let letter = next else { throw problem("a '\\' stands at the end", at: start) }
    if letter == "b" || letter == "B" {
      place += 1
      return .boundary(isThere: letter == "b")
    }
    return .one(try escapedSet(start))
  }

  private mutating func escapedSet(_ start: Int) throws(PatternProblem) -> ScalarSet {
    guard let letter = next else { throw problem("a '\\' stands at the end", at: start) }
    place += 1
    if let set = ScalarSet.escaped(letter) { return set }
    switch letter {
    case "t": return ScalarSet("\t")
    case "n": return ScalarSet("\n")
    case "r": return ScalarSet("\r")
    case "1"..."9": throw problem("backreferences are not supported", at: start)
    case "A"..."Z", "a"..."z", "0":
      throw problem("the escape '\\\(letter)' is not supported", at: start)
    default: return ScalarSet(letter)
    }
  }

  /// The inside of `[…]`.
  private mutating func set(_ start: Int) throws(PatternProblem) -> ScalarSet {
    var set = ScalarSet([], isInverted: take("^"))
    var isFirst = true
    while let scalar = next, scalar != "]" || isFirst {
      isFirst = false
      let own = place
      let low = try member()
      guard low.ranges.count == 1, let from = low.ranges.first, from.count == 1, !low.isInverted,
        next == "-", place + 1 < scalars.count, scalars[place + 1] != "]"
      else {
        if low.isInverted {
          throw problem("'\\\(scalars[own + 1])' can't stand in a class", at: own)
        }
        set.ranges += low.ranges
        continue
      }
      place += 1
      let high = try member()
      guard let to = high.ranges.first, to.count == 1, to.lowerBound >= from.lowerBound else {
        throw problem("the ends of this range are the wrong way round", at: own)
      }
      set.ranges.append(from.lowerBound...to.lowerBound)
    }
    guard take("]") else { throw problem("this '[' is not closed", at: start) }
    return set
  }

  private mutating func member() throws(PatternProblem) -> ScalarSet {
    let start = place
    if take("\\") { return try escapedSet(start) }
    defer { place += 1 }
    return ScalarSet(scalars[place])
  }
}
