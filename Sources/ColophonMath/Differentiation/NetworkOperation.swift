/// One step of a network that knows its own derivative.
///
/// Forward reads `x` and writes `y`. Backward reads `dy` and writes the gradients of its parameters
/// (not adding to what was there) and, where it is asked for, `dx`. All rows below `pass.rows` count,
/// and each operation is the only one that reads its input.
package protocol NetworkOperation: Sendable {
  /// The layer's name, such as `dense_1`.
  var name: String { get }
  var input: Tensor { get }
  var output: Tensor { get }
  /// In the order in which they are kept.
  var parameters: [Parameter] { get }

  /// The same with its parameters at their places in the flat vector.
  func placed(_ parameters: [Parameter]) -> Self
  /// How many floats each buffer of its own has, for up to `rows` examples.
  func work(rows: Int, threads: Int, isTraining: Bool) -> [Int]
  func forward(_ at: Places, _ pass: Pass)
  func backward(_ at: Places, _ pass: Pass)
}

extension NetworkOperation {
  package var parameters: [Parameter] { [] }
  package func placed(_ parameters: [Parameter]) -> Self { self }
  package func work(rows: Int, threads: Int, isTraining: Bool) -> [Int] { [] }
}
