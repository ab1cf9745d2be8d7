// Prints each figure as a ratio beside a peer or a limit measured in the same run.
//
//     swift run -c release colophon-bench [name …]

let benchmarks: [Benchmark] = [
  .matrixProduct,
  .elementary,
  .reduction,
  .commands,
  .boosting,
  .linear,
  .forests,
  .neighbours,
  .machines,
  .clusters,
  .explanations,
  .simulation,
  .registry,
  .evaluation,
  .tuning,
  .networks,
]

let names = CommandLine.arguments.dropFirst()
for benchmark in benchmarks where names.isEmpty || names.contains(benchmark.name) {
  print("# \(benchmark.name)")
  benchmark.run()
}
