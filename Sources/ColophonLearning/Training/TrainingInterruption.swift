/// An error that ends a job from outside, between two of its rounds: the job itself is sound, and
/// may go on later.
package protocol TrainingInterruption: Error {
  /// Whether the round that just ended may still be kept; false where the machine is already gone.
  var leavesTime: Bool { get }
}
