package import ColophonCore

/// What one step of a tape shares among its operations.
package struct Pass {
  /// How many examples there are, at most as many as the tape has room for.
  package let rows: Int
  package let parameters: UnsafeMutablePointer<Float>
  package let gradients: UnsafeMutablePointer<Float>
  /// Whether masks are drawn and batches normalised by their own moments.
  package let isTraining: Bool
  package let threads: Int
  /// How many steps each example's sequence has; nil where all have as many as there is room for.
  package let lengths: UnsafePointer<Int32>?
  /// The random stream of an operation for this very step.
  package let random: (_ operation: String) -> RandomStream
  /// How many examples of the step's batch stand before these, where others take them: what is drawn
  /// for an example doesn't depend on who takes it.
  package let first: Int
  /// Where the sums of the absolute terms of each gradient go; nil where nobody asks for them.
  package let magnitudes: UnsafeMutablePointer<Float>?

  package init(
    rows: Int,
    parameters: UnsafeMutablePointer<Float>,
    gradients: UnsafeMutablePointer<Float>,
    isTraining: Bool,
    threads: Int = 1,
    lengths: UnsafePointer<Int32>? = nil,
    first: Int = 0,
    magnitudes: UnsafeMutablePointer<Float>? = nil,
    random: @escaping (_ operation: String) -> RandomStream
  ) {
    self.rows = rows
    self.parameters = parameters
    self.gradients = gradients
    self.isTraining = isTraining
    self.threads = threads
    self.lengths = lengths
    self.first = first
    self.magnitudes = magnitudes
    self.random = random
  }

  /// Cuts 0 ..< `count` into an even range for each thread, none shorter than `least` unless it is
  /// the only one; no result may depend on where it is cut.
  package func share(_ count: Int, least: Int = 1, _ body: (Range<Int>) -> Void) {
    let strands = max(1, min(threads, count / max(least, 1)))
    if strands == 1 {
      body(0..<count)
      return
    }
    Workers.share(strands, among: strands) { strand in
      body(count * strand / strands..<count * (strand + 1) / strands)
    }
  }

  /// Cuts rows of some width, each so much work that a thread is worth it.
  package func shareRows(_ rows: Int, width: Int, _ body: (Range<Int>) -> Void) {
    share(rows, least: max(1, 16_384 / max(width, 1)), body)
  }
}

/// Where an operation's numbers lie.
package struct Places {
  /// The input and the output.
  package let x: UnsafeMutablePointer<Float>
  package let y: UnsafeMutablePointer<Float>
  /// The slope of the loss by the input; nil where nobody asks for it.
  package let dx: UnsafeMutablePointer<Float>?
  /// The slope by the output, which an operation may write over.
  package let dy: UnsafeMutablePointer<Float>
  /// The buffers that the operation asked for, kept from forward to backward.
  package let work: [UnsafeMutablePointer<Float>]
}
