/// What a model says where only some of a row's columns are known: a game whose players are columns.
///
/// The value of a coalition is the mean of the model's numbers over a background, the row's own values
/// standing in the coalition's columns.
package struct CoalitionGame: Sendable {
  package let players: Int
  package let outputs: Int
  private let body: @Sendable ([[Bool]]) throws -> [Double]

  /// `body` yields coalitions × outputs.
  package init(
    players: Int,
    outputs: Int,
    body: @escaping @Sendable ([[Bool]]) throws -> [Double]
  ) {
    self.players = players
    self.outputs = outputs
    self.body = body
  }

  /// The values of some coalitions: coalitions × outputs.
  package func values(_ coalitions: [[Bool]]) throws -> [Double] {
    if coalitions.isEmpty { return [] }
    let values = try body(coalitions)
    precondition(values.count == coalitions.count * outputs, "\(values.count) values")
    return values
  }

  /// The values where nothing, and where everything is known.
  func ends() throws -> (none: [Double], all: [Double]) {
    let both = try values([
      [Bool](repeating: false, count: players), [Bool](repeating: true, count: players),
    ])
    return (Array(both[..<outputs]), Array(both[outputs...]))
  }
}

/// One game's Shapley values: what each player adds, by output.
package struct GameShares: Hashable, Sendable {
  /// The value of nobody; one for each output.
  package var base: [Double]
  /// Outputs × players.
  package var values: [Double]
  /// How many coalitions were asked for.
  package var coalitions: Int
}
