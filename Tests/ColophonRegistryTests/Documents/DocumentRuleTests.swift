import ColophonCore
import ColophonRegistry
import Testing

/// What the standards ask for and their clients don't all check: members that must be there, names
/// that must agree, limits that must be kept.
@Suite struct DocumentRules {
  private static let sample = Result { try DocumentSample() }

  private func sample() throws -> DocumentSample { try Self.sample.get() }

  private func lines(_ text: String) throws -> [Value] {
    try text.split(separator: "\n").map { try Value(json: $0.utf8) }
  }

  /// A UUID of version 8, as RFC 9562 lays it out.
  private func isUUID(_ text: String) -> Bool {
    text.wholeMatch(
      of: #/[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#
    ) != nil
  }

  @Test func everyOpenLineageEventIsARunEventWithOneStartAndOneEnd() throws {
    for (subject, end) in [(try sample().run, "COMPLETE"), (try sample().failedRun, "FAIL")] {
      let document = try #require(lineageDocuments["openlineage"])
      let events = try lines(document.text(of: subject))
      var starts: [String: Int] = [:]
      var ends: [String: String] = [:]
      for event in events {
        let run = try #require(event["run"]?["runId"]?.asString)
        #expect(isUUID(run))
        #expect(event["job"]?["namespace"]?.asString?.isEmpty == false)
        #expect(event["job"]?["name"]?.asString?.isEmpty == false)
        #expect(event["producer"]?.asString?.contains(":") == true)
        #expect(event["schemaURL"]?.asString?.hasSuffix("RunEvent") == true)
        #expect(event["eventTime"]?.asString.flatMap { Moment($0) } != nil)
        switch event["eventType"]?.asString {
        case "START": starts[run, default: 0] += 1
        case let type?: ends[run] = type
        case nil: Issue.record("an event without a type")
        }
      }
      #expect(starts.values.allSatisfy { $0 == 1 } && Set(starts.keys) == Set(ends.keys))
      // The notebook's own run ends last, and as the whole ended.
      #expect(events.last?["eventType"]?.asString == end)
      for facet in events.flatMap({ facets($0) }) {
        #expect(facet["_producer"] != nil && facet["_schemaURL"] != nil, "\(facet)")
      }
    }
  }

  /// Every facet of an event, wherever it hangs.
  private func facets(_ value: Value) -> [Value] {
    switch value {
    case .array(let items): items.flatMap { facets($0) }
    case .object(let members):
      members.flatMap { name, value -> [Value] in
        name.lowercased().hasSuffix("facets")
          ? Array((value.asObject ?? [:]).values) : facets(value)
      }
    default: []
    }
  }

  @Test func everyReferenceOfACrateIsDescribedAndEveryFileIsAPart() throws {
    let metadata = try Value(json: ROCrate(try sample().run).metadata.utf8)
    let graph = try #require(metadata["@graph"]?.asArray)
    let ids = graph.compactMap { $0["@id"]?.asString }
    #expect(Set(ids).count == ids.count, "an entity stands twice")
    let outside = ["http://schema.org/", "https://w3id.org/ro/crate/1.1", "urn:colophon:"]
    for reference in graph.flatMap({ references($0) })
    where !outside.contains(where: { reference.hasPrefix($0) }) {
      #expect(ids.contains(reference), "\(reference) is not described")
    }
    let root = try #require(graph.first { $0["@id"]?.asString == "./" })
    for member in ["name", "description", "datePublished", "license", "mainEntity"] {
      #expect(root[member] != nil, "\(member)")
    }
    let parts = Set((root["hasPart"]?.asArray ?? []).compactMap { $0["@id"]?.asString })
    #expect(parts == Set(ROCrate(try sample().run).files.map { $0.path }))
  }

  private func references(_ value: Value) -> [String] {
    switch value {
    case .array(let items): return items.flatMap { references($0) }
    case .object(let members):
      if members.count == 1, let id = members["@id"]?.asString { return [id] }
      return members.values.flatMap { references($0) }
    default: return []
    }
  }

  /// A step's position is greater than those of the steps it needs.
  @Test func stepsStandAfterWhatTheyNeed() throws {
    let subject = try sample().run
    let graph = try Value(json: ROCrate(subject).metadata.utf8)["@graph"]?.asArray ?? []
    func position(_ cell: String) -> Int {
      graph.first { $0["@id"]?.asString == "#step-\(cell)" }?["position"]?.asString
        .flatMap { Int($0) } ?? 0
    }
    for cell in subject.cells {
      for input in cell.inputs.keys { #expect(position(input) < position(cell.name)) }
    }
  }

  /// Where a file is gone, the crate names its content and claims no path.
  @Test func aFileThatIsGoneIsNamedByItsContent() throws {
    let subject = try sample().run
    let held: Set = ["notebooks/leavers.md", "output/leavers.html"]
    let metadata = ROCrate(subject, held: held).metadata
    #expect(!metadata.contains("\"notebooks/data/people.csv\""))
    #expect(metadata.contains("ni:///sha-256;"))
  }

  @Test func statementsHaveWhatInTotoAndSLSAAskFor() throws {
    let document = try #require(lineageDocuments["intoto"])
    let statements = try lines(document.text(of: try sample().subject))
    #expect(
      statements.map { $0["predicateType"]?.asString?.split(separator: "/").suffix(2).joined() }
        == ["provenancev1", "test-resultv0.1", "svrv0.1"]
    )
    for statement in statements {
      #expect(statement["_type"]?.asString == "https://in-toto.io/Statement/v1")
      for subject in statement["subject"]?.asArray ?? [] {
        #expect(subject["digest"]?["sha256"]?.asString?.count == 64)
      }
      #expect(statement["subject"]?.asArray?.isEmpty == false)
    }
    let provenance = statements[0]["predicate"]
    #expect(provenance?["buildDefinition"]?["buildType"] != nil)
    #expect(provenance?["buildDefinition"]?["externalParameters"]?["parameters"] != nil)
    #expect(provenance?["runDetails"]?["builder"]?["id"] != nil)
    let summary = statements[2]["predicate"]
    #expect(summary?["properties"] == ["COLOPHON_RERUN_IDENTICAL"])
    #expect(summary?["verifier"]?["id"] != nil && summary?["timeCreated"] != nil)
  }

  @Test(arguments: [
    (VersionStatus.approved, "PASSED"), (.pending, "WARNED"), (.rejected, "FAILED"),
  ])
  func theGateIsATestResult(status: VersionStatus, result: String) throws {
    let document = try #require(lineageDocuments["intoto"])
    let statements = try lines(document.text(of: try DocumentSample(status: status).subject))
    let predicate = try #require(statements[1]["predicate"])
    #expect(predicate["result"]?.asString == result)
    let named = ["passedTests", "warnedTests", "failedTests"].flatMap {
      predicate[$0]?.asArray ?? []
    }
    #expect(named.count == 2)
    // A condition that rejects passes by not holding.
    #expect(named.contains("not (final.recall < 50 %)"))
  }

  @Test func aRunThatMadeNoModelMakesNoStatementWithoutItsReport() throws {
    var subject = try sample().run
    subject.cells.removeAll { $0.kind != "dataset" }
    subject.report = nil
    let document = try #require(lineageDocuments["intoto"])
    #expect(throws: RegistryRefusal.self) { try document.text(of: subject) }
  }

  @Test func croissantTellsOfOneDatasetAndRefusesWhereThereAreTwo() throws {
    let document = try #require(lineageDocuments["croissant"])
    var subject = try sample().subject
    let value = try Value(json: document.text(of: subject).utf8)
    for member in [
      "@context", "@type", "conformsTo", "name", "description", "license", "url", "creator",
      "datePublished", "distribution", "recordSet",
    ] { #expect(value[member] != nil, "\(member)") }
    #expect(value["distribution"]?.asArray?.first?["sha256"]?.asString?.count == 64)
    var second = subject.cells[0]
    second.name = "others"
    subject.cells.append(second)
    #expect(throws: RegistryRefusal.self) { try document.text(of: subject) }
    subject.cells.removeAll { $0.kind == "dataset" }
    #expect(throws: RegistryRefusal.self) { try document.text(of: subject) }
  }

  @Test func aBillOfMaterialsHasTheIntervalsOfTheEvaluation() throws {
    let card = try #require(CardSubject(try sample().subject))
    let text = try #require(cardDocuments["cyclonedx"]).text(of: card)
    let model = try Value(json: text.utf8)["metadata"]?["component"]
    let metrics = model?["modelCard"]?["quantitativeAnalysis"]?["performanceMetrics"]?.asArray ?? []
    let area = try #require(
      metrics.first {
        $0["type"]?.asString == "roc_auc" && $0["slice"]?.asString == "the test part of people"
      }
    )
    #expect(area["value"]?.asString == "0.8125")
    #expect(area["confidenceInterval"] == ["lowerBound": "0.625", "upperBound": "0.9375"])
    #expect(
      metrics.contains { $0["slice"]?.asString == "the test part of people, region = north" }
    )
    #expect(model?["hashes"]?.asArray?.first?["content"]?.asString?.count == 64)
  }

  /// What the published schema and service limit, for a card with much too long words.
  @Test func aSageMakerCardKeepsTheLimits() throws {
    var version = try #require(try sample().subject.version)
    let long = String(repeating: "w\u{00F6}rd ", count: 2_000)
    version.content.card = .init(description: long, intendedUse: long, limitations: long)
    version.group = "people_who_leave_"
    var subject = try sample().subject
    subject.version = version
    let card = try #require(CardSubject(subject))
    let value = try Value(json: #require(cardDocuments["sagemaker"]).text(of: card).utf8)
    func length(_ path: String...) -> Int {
      path.reduce(value as Value?) { $0?[$1] }?.asString?.unicodeScalars.count ?? -1
    }
    #expect(length("model_overview", "model_description") == 1024)
    #expect(length("intended_uses", "intended_uses") == 2048)
    #expect(length("additional_information", "caveats_and_recommendations") == 2048)
    let request = try Value(json: #require(cardDocuments["model-package"]).text(of: card).utf8)
    let name = try #require(request["ModelPackageGroupName"]?.asString)
    #expect(name == "people-who-leave")
    #expect(name.wholeMatch(of: #/[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}/#) != nil)
    #expect((request["ClientToken"]?.asString?.count ?? 99) <= 36)
    #expect((request["ModelPackageDescription"]?.asString?.count ?? 9_999) <= 1024)
    let inner = try Value(json: #require(request["ModelCard"]?["ModelCardContent"]?.asString).utf8)
    #expect(inner == value)
  }

  @Test func documentsRepeatByteForByte() throws {
    let again = try DocumentSample()
    for document in lineageDocuments.members {
      #expect(try document.text(of: again.subject) == document.text(of: try sample().subject))
    }
  }

  @Test func provNamesEveryEndOfARelation() throws {
    let document = try #require(lineageDocuments["prov"])
    for subject in [try sample().subject, try sample().run] {
      let value = try Value(json: document.text(of: subject).utf8)
      let known = Set(
        ["entity", "activity", "agent"].flatMap { (value[$0]?.asObject ?? [:]).keys }
      )
      for relation in ["used", "wasGeneratedBy", "wasDerivedFrom", "wasAssociatedWith"] {
        let records = value[relation]?.asObject ?? [:]
        #expect(!records.isEmpty)
        for (_, ends) in records {
          for (role, end) in ends.asObject ?? [:] where role != "prov:time" {
            #expect(known.contains(end.asString ?? ""), "\(relation) \(role)")
          }
        }
      }
    }
  }
}
