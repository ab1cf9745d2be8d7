extension ModelCard {
  /// The data that a model learned from.
  package struct DataFacts: Codable, Hashable, Sendable {
    /// A column and what it is for.
    package struct Column: Codable, Hashable, Sendable {
      package var name: String
      /// `numeric`, `category` ….
      package var type: String
      /// `feature`, `target`, `weight`, `group`, `time`; nil for what is not used.
      package var role: String?
      package var missing: Int

      package init(_ name: String, type: String, role: String?, missing: Int = 0) {
        self.name = name
        self.type = type
        self.role = role
        self.missing = missing
      }
    }

    /// One of the parts of the data.
    package struct Part: Codable, Hashable, Sendable {
      package var name: String
      package var rows: Int

      package init(_ name: String, rows: Int) {
        self.name = name
        self.rows = rows
      }
    }

    package var name: String?
    /// The content of the data.
    package var digest: String
    package var rows: Int
    package var parts: [Part]
    package var columns: [Column]

    package init(
      name: String? = nil,
      digest: String,
      rows: Int,
      parts: [Part] = [],
      columns: [Column] = []
    ) {
      self.name = name
      self.digest = digest
      self.rows = rows
      self.parts = parts
      self.columns = columns
    }
  }

  /// A metric's value, with its interval where there is one.
  package struct Measure: Codable, Hashable, Sendable {
    package var name: String
    /// Nil where undefined.
    package var value: Double?
    package var low: Double?
    package var high: Double?

    package init(_ name: String, _ value: Double?, low: Double? = nil, high: Double? = nil) {
      self.name = name
      self.value = value
      self.low = low
      self.high = high
    }
  }

  /// The metrics of the rows that share a value of a column.
  package struct SliceFacts: Codable, Hashable, Sendable {
    package var column: String
    package var value: String
    package var rows: Int?
    package var measures: [Measure]

    package init(_ column: String, _ value: String, rows: Int?, measures: [Measure]) {
      self.column = column
      self.value = value
      self.rows = rows
      self.measures = measures
    }
  }

  /// How well the model does on some rows.
  package struct EvaluationFacts: Codable, Hashable, Sendable {
    /// The cell that measured it.
    package var name: String
    /// Which rows it looked at, in words: "the test part of churn".
    package var data: String?
    package var rows: Int?
    package var threshold: Double?
    package var measures: [Measure]
    package var slices: [SliceFacts]

    package init(
      _ name: String,
      data: String? = nil,
      rows: Int? = nil,
      threshold: Double? = nil,
      measures: [Measure],
      slices: [SliceFacts] = []
    ) {
      self.name = name
      self.data = data
      self.rows = rows
      self.threshold = threshold
      self.measures = measures
      self.slices = slices
    }
  }

  /// How a group fares beside the others.
  package struct AuditFacts: Codable, Hashable, Sendable {
    /// The cell that measured it.
    package var name: String
    package var rows: Int?
    /// Whether the group is accepted between four fifths and five fourths as often; nil where that is
    /// not known.
    package var meetsFourFifths: Bool?
    package var labels: [Measure]
    package var predictions: [Measure]

    package init(
      _ name: String,
      rows: Int? = nil,
      meetsFourFifths: Bool? = nil,
      labels: [Measure] = [],
      predictions: [Measure] = []
    ) {
      self.name = name
      self.rows = rows
      self.meetsFourFifths = meetsFourFifths
      self.labels = labels
      self.predictions = predictions
    }
  }

  /// What another kind of cell found: a comparison, a crossvalidation, drift, an explanation.
  package struct FindingFacts: Codable, Hashable, Sendable {
    /// The cell that found it.
    package var name: String
    /// The kind of that cell.
    package var kind: String
    /// Value paths with what they lead to, in the order in which they are told.
    package var settings: [Setting]

    package init(_ name: String, kind: String, settings: [Setting]) {
      self.name = name
      self.kind = kind
      self.settings = settings
    }
  }
}
