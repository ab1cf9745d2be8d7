/// What the fullest device of a plan holds, in bytes, term by term.
package struct MemoryEstimate: Hashable, Sendable {
  package var parameters: Double
  package var gradients: Double
  package var optimizer: Double
  package var activations: Double
  /// Logits in fp32, gathered parameters, the libraries' own.
  package var buffers: Double
  /// The pipeline stage that it is.
  package var stage: Int

  package init(
    parameters: Double = 0,
    gradients: Double = 0,
    optimizer: Double = 0,
    activations: Double = 0,
    buffers: Double = 0,
    stage: Int = 0
  ) {
    self.parameters = parameters
    self.gradients = gradients
    self.optimizer = optimizer
    self.activations = activations
    self.buffers = buffers
    self.stage = stage
  }

  /// All of it.
  package var total: Double { parameters + gradients + optimizer + activations + buffers }

  /// The terms with their names, in the order in which they are stacked.
  package var terms: [(name: String, bytes: Double)] {
    [
      ("parameters", parameters), ("gradients", gradients), ("optimizer", optimizer),
      ("activations", activations), ("buffers", buffers),
    ]
  }

  /// The largest term.
  package var largest: (name: String, bytes: Double) {
    terms.reduce(("", 0)) { $1.bytes > $0.1 ? ($1.name, $1.bytes) : $0 }
  }
}
