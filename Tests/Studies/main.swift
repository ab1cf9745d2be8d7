// Long comparisons with peers and with the truth, each kept as a table for its chapter.
//
//     swift run -c release colophon-study [name …]

let studies: [Study] = [
  .explanation,
  .networks,
  .simulation,
  .biasDrift,
  .biasCoverage,
  .classical,
  .registryGates,
  .registryBytes,
  .registryCrash,
  .evaluationCoverage,
  .evaluationFamilies,
  .evaluationTests,
  .evaluationDeviations,
  .tuning,
  .hyperband,
  .tuningHoldout,
]

let names = CommandLine.arguments.dropFirst()
for study in studies where names.isEmpty || names.contains(study.name) {
  print("# \(study.name)")
  do { try study.run() } catch { print("failed: \(error)") }
}
