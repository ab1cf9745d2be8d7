/// What whoever is to rely on a model asks: what it is for, what it learned from, how well it does, for
/// whom it does less well, and what it must not be used for.
///
/// Facts alone: who draws it, signs it or keeps it, decides for itself. What nobody stated is absent,
/// never guessed.
///
/// - SeeAlso: Mitchell, Wu, Zaldivar and others, "Model cards for model reporting", 2019.
package struct ModelCard: Codable, Hashable, Sendable {
  /// What the model is.
  package struct Identity: Codable, Hashable, Sendable {
    package var name: String
    /// The content of the model's bytes.
    package var digest: String
    /// Such as `3`, where a registry has numbered it.
    package var version: String?
    package var algorithm: String
    package var task: String
    package var target: String?
    /// The labels in their order; empty where numbers are predicted.
    package var classes: [String]
    /// How many numbers were learned.
    package var parameters: Int?

    package init(
      name: String,
      digest: String,
      version: String? = nil,
      algorithm: String,
      task: String,
      target: String? = nil,
      classes: [String] = [],
      parameters: Int? = nil
    ) {
      self.name = name
      self.digest = digest
      self.version = version
      self.algorithm = algorithm
      self.task = task
      self.target = target
      self.classes = classes
      self.parameters = parameters
    }
  }

  /// What people say of it.
  package struct Statement: Codable, Hashable, Sendable {
    package var description: String?
    package var intendedUse: String?
    package var limitations: String?
    package var owner: String?

    package init(
      description: String? = nil,
      intendedUse: String? = nil,
      limitations: String? = nil,
      owner: String? = nil
    ) {
      self.description = description
      self.intendedUse = intendedUse
      self.limitations = limitations
      self.owner = owner
    }
  }

  /// A name with a value as it was resolved, such as a hyperparameter.
  package struct Setting: Codable, Hashable, Sendable {
    package var name: String
    package var value: Value

    package init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  package var identity: Identity
  package var statement: Statement
  /// What the model learned from; nil where that is not known.
  package var data: DataFacts?
  package var training: [Setting]
  package var evaluations: [EvaluationFacts]
  package var audits: [AuditFacts]
  package var findings: [FindingFacts]

  package init(
    _ identity: Identity,
    statement: Statement = Statement(),
    data: DataFacts? = nil,
    training: [Setting] = [],
    evaluations: [EvaluationFacts] = [],
    audits: [AuditFacts] = [],
    findings: [FindingFacts] = []
  ) {
    self.identity = identity
    self.statement = statement
    self.data = data
    self.training = training
    self.evaluations = evaluations
    self.audits = audits
    self.findings = findings
  }

  /// What a reader would look for and no one stated, in words: "an intended use".
  package var gaps: [String] {
    var gaps: [String] = []
    if statement.intendedUse == nil { gaps.append("an intended use") }
    if statement.limitations == nil { gaps.append("limitations") }
    if data == nil { gaps.append("the data it learned from") }
    if evaluations.isEmpty { gaps.append("an evaluation") }
    if audits.isEmpty { gaps.append("an audit for bias") }
    return gaps
  }
}
