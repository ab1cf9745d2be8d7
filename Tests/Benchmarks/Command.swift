#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A program with its arguments, measured as a whole process.
struct Command {
  let program: String
  let arguments: [String]

  init(_ program: String, _ arguments: [String]) {
    self.program = program
    self.arguments = arguments
  }

  init(_ program: String, _ arguments: String...) { self.init(program, arguments) }

  /// What one run took: seconds on the wall and of the processors, and bytes of memory at its peak.
  struct Sample {
    var wall: Double
    var processor: Double
    var memory: Int
  }

  /// Runs the program in the current folder; nil where it can't be started or fails.
  func run() -> Sample? {
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for stream in [STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0)
    }
    var child = pid_t()
    var status: Int32 = 0
    var usage = rusage()
    let clock = ContinuousClock()
    let start = clock.now
    guard posix_spawnp(&child, program, &actions, nil, &words, environ) == 0,
      wait4(child, &status, 0, &usage) == child, status == 0
    else { return nil }
    let (seconds, attoseconds) = (clock.now - start).components
    return Sample(
      wall: Double(seconds) + Double(attoseconds) * 1e-18,
      processor: usage.ru_utime.seconds + usage.ru_stime.seconds,
      memory: Int(usage.ru_maxrss) * 1024
    )
  }

  /// The most memory that this program has had, in bytes.
  static var ownPeak: Int {
    var usage = rusage()
    #if canImport(Glibc)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
    getrusage(RUSAGE_SELF, &usage)
    #endif
    return Int(usage.ru_maxrss) * 1024
  }

  /// The median of each figure over some runs, after one that does not count.
  ///
  /// Two commands take turns, so that a change in the machine's speed meets both.
  static func medians(
    of command: Command,
    beside other: Command? = nil,
    runs: Int,
    before: () -> Void = {}
  ) -> (command: Sample, other: Sample?)? {
    var samples: [Sample] = []
    var others: [Sample] = []
    for run in 0...runs {
      before()
      guard let sample = command.run() else { return nil }
      let beside = other?.run()
      if run == 0 { continue }
      samples.append(sample)
      if let beside { others.append(beside) }
    }
    return (median(samples), others.isEmpty ? nil : median(others))
  }

  private static func median(_ samples: [Sample]) -> Sample {
    func middle<Figure: Comparable>(_ figures: [Figure]) -> Figure {
      figures.sorted()[figures.count / 2]
    }
    return Sample(
      wall: middle(samples.map { $0.wall }),
      processor: middle(samples.map { $0.processor }),
      memory: middle(samples.map { $0.memory })
    )
  }
}

extension timeval {
  fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) * 1e-6 }
}
