import ColophonCore
import ColophonRegistry
import Testing

/// What the registry lets happen, and what it refuses.
@Suite struct Moves {
  private func refusal<Result>(_ work: () throws -> Result) throws -> RegistryRefusal {
    do { _ = try work() } catch let refusal as RegistryRefusal { return refusal }
    Issue.record("nothing was refused")
    return RegistryRefusal(.unknown, "")
  }

  @Test func registersTheSameContentOnce() throws {
    let sample = try SampleRegistry()
    let first = try sample.register(1)
    let again = try sample.register(1, status: .pending)
    #expect(first.number == 1 && again.number == 1)
    #expect(first.isNew && !again.isNew)
    #expect(again.decision == first.decision && again.head == first.head)
    #expect(try sample.registry.events().count == 2)
    #expect(try sample.register(2).number == 2)
    // Another group is another history.
    #expect(try sample.register(1, group: "other").number == 1)
  }

  /// Every move from every status: legal exactly where the table says so.
  @Test(arguments: VersionStatus.allCases, ["approve", "reject", "retire"])
  func followsTheTable(status: VersionStatus, command: String) throws {
    let sample = try SampleRegistry()
    try sample.register(1, status: status == .retired ? .pending : status)
    let name = VersionName("churn", 1)
    if status == .retired {
      try sample.registry.decide("retire", name, why: "old", by: sample.hand())
    }
    let count = try sample.registry.events().count
    let move = StatusTransitions.all.first { $0.from == status && $0.command == command }
    if let move {
      #expect(try sample.registry.decide(command, name, why: "so", by: sample.hand()) == move.to)
      #expect(try sample.registry.show(name).status == move.to)
    } else {
      let found = try refusal {
        try sample.registry.decide(command, name, why: "so", by: sample.hand())
      }
      #expect(found.kind == .illegal)
      for legal in StatusTransitions.legal(from: status) {
        #expect(found.hint?.contains(legal.command) == true)
      }
      #expect(try sample.registry.show(name).status == status)
      #expect(try sample.registry.events().last?.kind == .refused)
    }
    #expect(try sample.registry.events().count == count + 1)
    #expect(try sample.registry.audit().isSound)
  }

  @Test func asksForAReason() throws {
    let sample = try SampleRegistry()
    try sample.register(1, alias: "champion")
    try sample.register(2)
    let name = VersionName("churn", 2)
    for why in ["", "  "] {
      #expect(
        try refusal {
          try sample.registry.decide("reject", name, why: why, by: sample.hand())
        }.message == "a reason is needed"
      )
    }
    try sample.registry.promote(name, to: "champion", by: sample.hand())
    #expect(
      try refusal {
        try sample.registry.rollback("churn", alias: "champion", why: "", by: sample.hand())
      }.message == "a reason is needed"
    )
  }

  @Test func tellsTheLoserTheNewValue() throws {
    let sample = try SampleRegistry()
    for number in 1...3 { try sample.register(number) }
    let registry = sample.registry
    try registry.promote(
      VersionName("churn", 1),
      to: "champion",
      expecting: .some(nil),
      by: sample.hand()
    )
    try registry.promote(VersionName("churn", 2), to: "champion", expecting: 1, by: sample.hand())
    let lost = try refusal {
      try registry.promote(VersionName("churn", 3), to: "champion", expecting: 1, by: sample.hand())
    }
    #expect(lost.kind == .stale && lost.current == "2")
    #expect(lost.message == "somebody was faster: champion points to churn@2 now")
    let trace = try #require(try registry.events().last)
    #expect(trace.kind == .refused && trace.expected == "1" && trace.new == "3")
  }

  @Test func rollsBackByTheJournalsOrder() throws {
    let sample = try SampleRegistry()
    for number in 1...4 { try sample.register(number) }
    for number in 1...3 {
      try sample.registry.promote(VersionName("churn", number), to: "champion", by: sample.hand())
    }
    func back() throws -> AliasMove {
      try sample.registry.rollback("churn", alias: "champion", why: "bad", by: sample.hand())
    }
    #expect(try back() == AliasMove(group: "churn", alias: "champion", from: 3, to: 2))
    #expect(try back().to == 1)
    #expect(try refusal(back).kind == .illegal)
    try sample.registry.promote(VersionName("churn", 4), to: "champion", by: sample.hand())
    #expect(try back() == AliasMove(group: "churn", alias: "champion", from: 4, to: 1))
    #expect(try sample.registry.audit().isSound)
  }

  @Test func keepsUnfitVersionsFromServing() throws {
    let sample = try SampleRegistry()
    try sample.register(1, status: .pending)
    try sample.register(2, status: .rejected)
    let registry = sample.registry
    #expect(
      try refusal {
        try registry.promote(VersionName("churn", 1), to: "champion", by: sample.hand())
      }.hint?.contains("approve it first") == true
    )
    try registry.promote(VersionName("churn", 1), to: "shadow", by: sample.hand())
    #expect(
      try refusal {
        try registry.promote(VersionName("churn", 2), to: "shadow", by: sample.hand())
      }.kind == .illegal
    )
    // What serves can't be taken out from under its alias.
    #expect(
      try refusal {
        try registry.decide("reject", VersionName("churn", 1), why: "x", by: sample.hand())
      }.hint?.contains("rollback churn --alias shadow") == true
    )
  }

  @Test func bindsApprovalsToWhatWasJudged() throws {
    let sample = try SampleRegistry()
    try sample.register(1, status: .pending)
    try sample.registry.decide("approve", VersionName("churn", 1), why: "fine", by: sample.hand())
    let event = try #require(try sample.registry.events().last)
    let version = try sample.registry.show(VersionName("churn", 1))
    #expect(event.bound == version.content.approval(decision: version.decisionDigest))
    var other = version.content
    other.card.limitations = "none"
    #expect(other.approval(decision: version.decisionDigest) != event.bound)
    #expect(version.content.approval(decision: "another") != event.bound)
  }

  @Test func refusesAnOpenLineage() throws {
    let sample = try SampleRegistry()
    var breaks: [(String, (inout VersionContent) -> Void)] = [
      ("which is not in the lineage", { $0.cells.remove(at: 0) }),
      ("rests on another result", { $0.cells[1].inputs["people"] = Digest(of: "x".utf8) }),
      ("does not follow from what it was made of", { $0.cells[1].configuration = ["eta": 9] }),
      ("does not follow from what it was made of", { $0.engine = "2.0.0" }),
      ("made no model", { $0.cells[1].artifact = nil }),
      ("is not in the lineage", { $0.evaluation = ["absent"] }),
      ("the model's cell 'absent' is not in the lineage", { $0.model = "absent" }),
      ("stands twice", { $0.cells.append($0.cells[2]) }),
    ]
    breaks.append(
      (
        "says nothing of",
        { content in
          content.cells.append(
            Sample.node("stranger", "evaluate", values: ["roc_auc": 1], number: 5)
          )
          content.evaluation = ["stranger"]
        }
      )
    )
    for (words, edit) in breaks {
      var candidate = Sample.candidate(1, group: "churn")
      edit(&candidate.content)
      let found = try refusal {
        try sample.registry.register(candidate, by: sample.hand()) { _, _ in
          GateDecision(status: .approved, reason: "")
        }
      }
      #expect(found.kind == .incomplete)
      #expect(found.message.contains(words), "\(found.message)")
    }
    #expect(try sample.registry.groups().isEmpty)
  }

  @Test func namesWhatIsNotThere() throws {
    let sample = try SampleRegistry()
    #expect(try refusal { try sample.registry.show(VersionName("churn", 1)) }.kind == .unknown)
    try sample.register(1)
    #expect(
      try refusal { try sample.registry.show(VersionName("chrun", 1)) }.hint
        == "did you mean 'churn'?"
    )
    #expect(
      try refusal { try sample.registry.show(VersionName("churn", 7)) }.hint
        == "the group's versions go from 1 to 1"
    )
    #expect(
      try refusal {
        try sample.registry.show(VersionName(group: "churn", which: .alias("champion")))
      }.message == "the group 'churn' has no alias 'champion'"
    )
    // Who mistypes a name leaves no trace.
    #expect(try sample.registry.events().count == 2)
  }

  @Test(arguments: ["churn@3", "churn", "churn@champion", "a-b_c@12"])
  func readsNames(text: String) { #expect(VersionName(text)?.description == text) }

  @Test(arguments: [
    "", "@3", "churn@", "churn@0", "churn@03", "churn@-1", "1churn", "a@b@c", "a b",
  ])
  func refusesWhatIsNoName(text: String) { #expect(VersionName(text) == nil) }
}
