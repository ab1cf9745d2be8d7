extension Reproducibility {
  /// The promise of a cell that rests on others: the weakest among its own and its inputs'.
  package static func weakest(
    _ own: Reproducibility,
    _ inputs: some Sequence<Reproducibility>
  ) -> Reproducibility {
    inputs.reduce(own) { max($0, $1) }
  }
}
