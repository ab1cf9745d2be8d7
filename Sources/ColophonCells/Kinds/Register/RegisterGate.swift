import ColophonCore
import ColophonRegistry
import ColophonReport

/// Judges a candidate by the conditions of its register cell.
///
/// One condition of `reject_if` that holds rejects; else all of `approve_if`, if there are any,
/// approve; else a person decides.
struct RegisterGate {
  let approveIf: [Condition]
  let rejectIf: [Condition]

  /// What the conditions read of the champion, each once.
  var championPaths: [ValuePath] {
    var seen: Set<ValuePath> = []
    return (approveIf + rejectIf).flatMap { $0.expression.paths.map { $0.path } }.filter {
      $0.cell == RegistryNames.champion && seen.insert($0).inserted
    }
  }

  /// Computes every condition, so that one run tells all that is wrong.
  ///
  /// - Throws: `CellFailure` where a condition can't be decided.
  func decide(
    _ champion: GateDecision.Champion?,
    mayDecide: Bool,
    _ value: (ValuePath) -> Value?
  ) throws -> GateDecision {
    func lookup(_ path: ValuePath) -> Value? {
      path.cell == RegistryNames.champion ? champion?.value(at: path) : value(path)
    }
    var problems: [(String, field: String)] = []
    func outcomes(_ list: String, _ conditions: [Condition]) -> [GateDecision.Condition] {
      conditions.compactMap { condition in
        let expression = condition.expression
        do throws(ExpressionProblem) {
          let holds = try expression.holds(lookup)
          var readings: [String: String] = [:]
          for use in expression.paths {
            readings[use.path.description] =
              lookup(use.path).map { NumberFormat.standard($0) } ?? "missing"
          }
          return GateDecision.Condition(
            list: list,
            text: expression.text,
            holds: holds,
            readings: readings
          )
        } catch {
          problems.append(("'\(expression.text)' can't be decided: \(error.message)", list))
          return nil
        }
      }
    }
    let rejecting = outcomes("reject_if", rejectIf)
    let approving = outcomes("approve_if", approveIf)
    if let first = problems.first {
      let isFirst = champion == nil && !championPaths.isEmpty
      throw CellFailure(
        problems.map { $0.0 }.joined(separator: "; "),
        hint: isFirst
          ? "the group has no champion yet: write 'champion.version is missing or …'"
          : "ask 'is missing' first where a value may have no number",
        field: first.field
      )
    }
    let (status, reason) = RegisterGate.status(rejecting, approving)
    return GateDecision(
      status: mayDecide ? status : .pending,
      reason: mayDecide || status == .pending
        ? reason : "the gate recommends \(status.rawValue) (\(reason)); a person decides",
      conditions: rejecting + approving,
      champion: champion,
      isBinding: mayDecide
    )
  }

  private static func status(
    _ rejecting: [GateDecision.Condition],
    _ approving: [GateDecision.Condition]
  ) -> (VersionStatus, String) {
    let against = rejecting.filter { $0.holds }
    if let first = against.first { return (.rejected, "\(first.text) holds") }
    if approving.isEmpty { return (.pending, "no gate approves by itself; a person decides") }
    let open = approving.filter { !$0.holds }
    if let first = open.first {
      let more = open.count > 1 ? " and \(open.count - 1) more" : ""
      return (.pending, "\(first.text)\(more) does not hold; a person decides")
    }
    let all =
      approving.count == 1 ? "the condition holds" : "all \(approving.count) conditions hold"
    return (.approved, all)
  }
}
