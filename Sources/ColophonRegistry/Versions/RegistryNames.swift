/// What groups and aliases may be called.
package enum RegistryNames {
  /// The alias of the version that is in production; `champion.` in conditions.
  package static let champion = "champion"

  /// A letter first, then letters, digits, `-` and `_`; 1 to 63 characters.
  package static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, (1...63).contains(name.utf8.count), isLetter(first) else {
      return false
    }
    return name.utf8.allSatisfy {
      isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
        || $0 == UInt8(ascii: "_")
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
  }
}

/// A version as a person names it: `churn@3`, `churn@champion`, or the group alone.
package struct VersionName: Hashable, Sendable, CustomStringConvertible {
  package enum Which: Hashable, Sendable {
    case number(Int)
    case alias(String)
  }

  package var group: String
  /// Nil for the group as a whole.
  package var which: Which?

  package init(group: String, which: Which? = nil) {
    self.group = group
    self.which = which
  }

  /// Reads the name; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard let name = parts.first, RegistryNames.isName(String(name)), parts.count <= 2 else {
      return nil
    }
    group = String(name)
    guard parts.count == 2 else { return }
    let word = String(parts[1])
    if let number = Int(word), number > 0, String(number) == word {
      which = .number(number)
    } else if RegistryNames.isName(word) {
      which = .alias(word)
    } else {
      return nil
    }
  }

  package var description: String {
    switch which {
    case nil: group
    case .number(let number): "\(group)@\(number)"
    case .alias(let alias): "\(group)@\(alias)"
    }
  }
}
