package import ColophonCore

/// A question to the registry: `status = Approved and roc_auc.low > 0.9 and
/// ancestor(dataset:churn)`.
///
/// Words are `group`, `version`, `status`, `alias`, `model`; any other path is a value of
/// the evidence, such as `roc_auc`, `final.roc_auc` or `roc_auc.low`. A version without the value
/// answers no comparison; `is missing` asks for that.
package struct RegistryQuery: Hashable, Sendable {
  package indirect enum Term: Hashable, Sendable {
    case and(Term, Term)
    case or(Term, Term)
    case not(Term)
    case compare(path: String, Comparison, Literal, offset: Int)
    case missing(path: String)
    /// A digest, `KIND:NAME`, `file:PATH`, or a name alone.
    case ancestor(String)
  }

  package enum Comparison: String, Hashable, Sendable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  package enum Literal: Hashable, Sendable {
    case number(Double)
    case text(String)
  }

  /// Words that are no values of the evidence.
  static let words = ["group", "version", "status", "alias", "model"]

  package let root: Term

  /// Reads a query.
  ///
  /// - Throws: What is wrong, and where in the text.
  package init(_ text: String) throws(ExpressionProblem) {
    var parser = RegistryQueryParser(tokens: try RegistryQueryLexer.tokens(of: text))
    root = try parser.whole()
  }

  /// The values of the evidence that are compared, in order, each once.
  package var paths: [String] {
    var found: [String] = []
    for case .compare(let path, _, _, _) in terms
    where !RegistryQuery.words.contains(path) && !found.contains(path) { found.append(path) }
    return found
  }

  /// All terms but those that join others.
  var terms: [Term] {
    func leaves(_ term: Term) -> [Term] {
      switch term {
      case .and(let a, let b), .or(let a, let b): leaves(a) + leaves(b)
      case .not(let inner): leaves(inner)
      case .compare, .missing, .ancestor: [term]
      }
    }
    return leaves(root)
  }

  /// The terms that must all hold, outermost first.
  var conjuncts: [Term] {
    func split(_ term: Term) -> [Term] {
      if case .and(let a, let b) = term { split(a) + split(b) } else { [term] }
    }
    return split(root)
  }
}
