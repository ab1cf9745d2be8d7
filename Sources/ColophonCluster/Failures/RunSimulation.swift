package import ColophonCore
import ColophonMath

/// A long run, played from failure to failure on a virtual clock.
package struct RunSimulation: Hashable, Sendable {
  /// How it ended, in the managed service's words.
  package enum Ending: String, Hashable, Sendable {
    case completed = "Completed"
    case maximumRunTime = "MaxRuntimeExceeded"
    case maximumWaitTime = "MaxWaitTimeExceeded"
  }

  /// A stretch of time.
  package struct Span: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
      case working
      case lost
      case restarting
      case waiting
    }
    package var kind: Kind
    package var start: Double
    package var end: Double
    /// Nodes at work; 0 while it waits.
    package var nodes: Int
  }

  package let ending: Ending
  /// Seconds from start to end.
  package let wall: Double
  /// Seconds of steps that count.
  package let useful: Double
  /// Seconds of the whole cluster's price: node-seconds that were paid for, spares among them, over the
  /// run's nodes.
  package let billed: Double
  /// Seconds of steps that were done again, of checkpoints, of restarts, of waiting for machines.
  package let lost: Double
  package let checkpointing: Double
  package let restarting: Double
  package let waiting: Double
  package let failures: Int
  package let interruptions: Int
  /// Times that the run went on with more or fewer nodes than before.
  package let resizes: Int
  package let spans: [Span]
  /// The course of the work, where it is recorded.
  package let course: [Point]

  /// How far the work is at a time.
  package struct Point: Hashable, Sendable {
    /// Seconds from the start.
    package var clock: Double
    /// Seconds of the whole cluster's work that are done and not lost.
    package var work: Double
    /// Seconds of the whole cluster's price so far.
    package var billed: Double
    /// Nodes at work.
    package var nodes: Int
  }

  /// Useful seconds over wall seconds.
  package var goodput: Double { wall > 0 ? useful / wall : 1 }

  /// Plays a run.
  ///
  /// Failures come as a Poisson stream of all working devices' rates; one that takes several nodes needs
  /// as many spares. A node that failed is back after its replacement. At a spot notice a checkpoint is
  /// written where there is time for one. An elastic run goes on with the nodes at hand, as much slower
  /// as they are fewer, and grows again when there are more.
  package init(_ plan: RunPlan, drawing random: inout RandomStream) {
    var player = RunPlayer(plan, drawing: &random)
    player.play(&random)
    ending = player.ending
    wall = player.clock
    useful = player.saved
    billed = player.billed
    lost = player.lost
    checkpointing = player.checkpointing
    restarting = player.restarting
    waiting = player.waiting
    failures = player.failures
    interruptions = player.interruptions
    resizes = player.resizes
    spans = player.spans
    course = player.course
  }
}
