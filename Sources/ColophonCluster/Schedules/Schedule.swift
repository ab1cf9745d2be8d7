package import ColophonCore

/// One piece of a stage's work.
package struct PipelineTask: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable {
    case forward
    /// The whole backward pass, or the input's gradient alone where weights wait.
    case backward
    case weights
  }

  package var kind: Kind
  package var microBatch: Int32
  /// The model's part: chunk · stages + stage.
  package var part: Int32

  package init(_ kind: Kind, microBatch: Int, part: Int) {
    self.kind = kind
    self.microBatch = Int32(microBatch)
    self.part = Int32(part)
  }
}

/// The order in which a stage of a pipeline does its work.
package protocol PipelineSchedule: Sendable {
  /// The word after `schedule:`.
  static var name: String { get }
  /// Whether the weights' gradients are a task of their own.
  static var splitsBackward: Bool { get }
  /// Chunks of layers that a stage holds, of those asked for.
  static func chunks(asked: Int) -> Int
  /// What is wrong with so many stages and micro-batches; nil where it can run.
  static func fault(stages: Int, microBatches: Int, chunks: Int) -> String?
  /// A stage's tasks in their order.
  static func tasks(stage: Int, stages: Int, microBatches: Int, chunks: Int) -> [PipelineTask]
  /// Micro-batches whose activations the first stage holds at most, in units of all its chunks.
  static func inFlight(stages: Int, microBatches: Int, chunks: Int) -> Double
}

extension PipelineSchedule {
  package static var splitsBackward: Bool { false }
  package static func chunks(asked: Int) -> Int { 1 }
  package static func fault(stages: Int, microBatches: Int, chunks: Int) -> String? { nil }
}

/// The schedules that a plan may name, in the order the reference lists them.
package let schedules = Catalogue<any PipelineSchedule.Type>(
  "schedule",
  [GPipe.self, OneForwardOneBackward.self, Interleaved.self, ZeroBubble.self]
) { $0.name }
