/// Something that an audit found.
package enum RegistryFinding: Hashable, Sendable {
  /// An event that is not what it was, or not where it was.
  case event(Int, String)
  /// The journal's end is not the one that was written down beside it.
  case tail(String)
  /// A document that an event names.
  case document(String, String)
  /// A table for searching that does not follow from the journal.
  case table(String, String)
  /// SQLite's own check of the file.
  case file(String)
  /// Pages of the file, from 1, with other sums than those that were written with them.
  case pages([Int])
  /// A report that witnessed something else.
  case witness(String, String)
}

extension RegistryFinding: CustomStringConvertible {
  package var description: String {
    switch self {
    case .event(let sequence, let problem): "event \(sequence): \(problem)"
    case .tail(let problem): "the journal's end: \(problem)"
    case .document(let digest, let problem): "document \(digest.prefix(8)): \(problem)"
    case .table(let name, let problem): "the table of \(name): \(problem)"
    case .file(let complaint): "the file: \(complaint)"
    case .pages(let numbers): RegistryFinding.sentence(numbers)
    case .witness(let report, let problem): "\(report): \(problem)"
    }
  }

  private static func sentence(_ pages: [Int]) -> String {
    let shown = pages.prefix(12).map { String($0) }.joined(separator: ", ")
    let rest = pages.count > 12 ? " and \(pages.count - 12) more" : ""
    let words = pages.count == 1 ? ("page", "was") : ("pages", "were")
    return "the file: \(words.0) \(shown)\(rest) \(words.1) changed past this program"
  }
}
