import ColophonCore
import ColophonRegistry
import Testing

/// What a gate decided stays with the version, with all that it looked at.
@Suite struct GateState {
  @Test func seesTheChampionOfTheMoment() throws {
    let sample = try SampleRegistry()
    var seen: [Int?] = []
    func register(_ number: Int) throws -> Registration {
      var candidate = Sample.candidate(number, group: "churn")
      candidate.alias = "champion"
      return try sample.registry.register(candidate, by: sample.hand()) { champion, _ in
        seen.append(champion?.version)
        let paths = ["roc_auc", "final.roc_auc", "roc_auc.low", "ci.roc_auc.low", "nothing"].map {
          path($0)
        }
        return GateDecision(
          status: .approved,
          reason: "better",
          champion: champion?.reading(paths)
        )
      }
    }
    _ = try register(3)
    let second = try register(5)
    _ = try register(3)
    #expect(seen == [nil, 1])
    let champion = try #require(second.decision.champion)
    #expect(champion.version == 1 && champion.status == "Approved")
    #expect(champion.values["roc_auc"] == 0.003 && champion.values["final.roc_auc"] == 0.003)
    #expect(champion.values["ci.roc_auc.low"]?.asNumber == 0.003 - 0.02)
    #expect(champion.values["nothing"] == nil)
    #expect(champion.value(at: path("version")) == 1)
    #expect(champion.value(at: path("final.roc_auc")) == 0.003)
    #expect(try sample.registry.show(VersionName("churn", 2)).decision == second.decision)
  }

  private func path(_ text: String) -> ValuePath {
    ValuePath(
      cell: "champion",
      segments: text.split(separator: ".").map { .name(String($0)) }
    )
  }

  @Test func keepsEveryDocumentUnderItsDigest() throws {
    let sample = try SampleRegistry()
    let registration = try sample.register(1)
    let text = try sample.registry.document(registration.content)
    #expect(Digest(of: text.utf8).hex == registration.content)
    #expect(try VersionContent(text: text) == Sample.content(1))
  }

  @Test func namesEqualContentsAlike() throws {
    #expect(try Sample.content(1).text() == Sample.content(1).text())
    #expect(try Sample.content(1).text() != Sample.content(2).text())
    #expect(try Sample.content(1, auc: 0.5).text() != Sample.content(1, auc: 0.6).text())
  }
}
