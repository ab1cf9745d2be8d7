import Glibc

/// Runs a program as a child process, for tests of the program as its users meet it.
package struct ProcessRunner: Sendable {
  /// How a child ended, and all that it wrote.
  package struct Ending: Sendable {
    /// The exit status; nil where a signal ended it.
    package var status: Int32?
    package var output: String
    package var error: String
  }

  /// Why a child could not be run to its end.
  package struct Failure: Error, CustomStringConvertible {
    package var description: String

    package init(description: String) { self.description = description }
  }

  package var program: String
  package var folder: String
  /// The child's whole environment; nothing of the test's own reaches it.
  package var environment: [String: String]

  package init(_ program: String, in folder: String, environment: [String: String] = [:]) {
    self.program = program
    self.folder = folder
    self.environment = environment
  }

  /// Runs the program to its end.
  ///
  /// It reads `input` on standard input; after `timeout` seconds it is killed and the test fails.
  package func run(
    _ arguments: [String],
    input: String = "",
    timeout: Double = 120
  ) throws -> Ending {
    let child = try start(arguments, input: input)
    guard let ending = try child.wait(seconds: timeout) else {
      throw Failure(description: "\(arguments) did not end within \(timeout) s")
    }
    return ending
  }

  /// Runs the program and kills it (signal 9) after some time, unless it ends before.
  package func run(_ arguments: [String], killedAfter seconds: Double) throws -> Ending {
    let child = try start(arguments, input: "")
    if let ending = try child.wait(seconds: seconds) { return ending }
    return try child.kill()
  }

  /// Runs the program and sends it a signal as soon as a text stands so often on its standard error,
  /// unless it ends before; then waits for its end.
  package func run(
    _ arguments: [String],
    signal: Int32,
    afterSeeing text: String,
    times: Int,
    timeout: Double = 120
  ) throws -> Ending {
    let child = try start(arguments, input: "")
    var left = timeout
    while try child.occurrences(of: text) < times {
      if let ending = try child.wait(seconds: 0.002) { return ending }
      left -= 0.002
      if left < 0 { break }
    }
    Glibc.kill(child.process, signal)
    guard let ending = try child.wait(seconds: timeout) else {
      throw Failure(description: "\(arguments) did not end after signal \(signal)")
    }
    return ending
  }

  private func start(_ arguments: [String], input: String) throws -> ChildProcess {
    // Files, not pipes: no child ever waits for the test to read.
    let streams = try (0..<3).map { _ in try ScratchFile() }
    try streams[0].write(input)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, stream) in streams.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, stream.descriptor, Int32(number))
    }
    // A thread of the tests may hold signals back; the child must hear them.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var words: [UnsafeMutablePointer<CChar>?] = command(arguments).map { strdup($0) }
    var variables: [UnsafeMutablePointer<CChar>?] = environment.sorted { $0.key < $1.key }
      .map { strdup("\($0.key)=\($0.value)") }
    defer { for pointer in words + variables { free(pointer) } }
    words.append(nil)
    variables.append(nil)
    var process = pid_t()
    let code = posix_spawn(&process, "/bin/sh", &actions, &attributes, words, variables)
    guard code == 0 else {
      throw Failure(description: "can't start \(program): \(String(cString: strerror(code)))")
    }
    return ChildProcess(process: process, output: streams[1], error: streams[2])
  }

  /// A shell that enters the folder and becomes the program.
  private func command(_ arguments: [String]) -> [String] {
    ["sh", "-c", "cd \"$0\" && exec \"$@\"", folder, program] + arguments
  }
}

/// A child that runs.
private struct ChildProcess {
  let process: pid_t
  let output: ScratchFile
  let error: ScratchFile

  /// How it ended; nil where it still runs after that time.
  func wait(seconds: Double) throws -> ProcessRunner.Ending? {
    var left = seconds
    var status: Int32 = 0
    while true {
      let found = waitpid(process, &status, WNOHANG)
      if found == process { return try ending(status) }
      guard found == 0 || errno == EINTR else { throw lost }
      if left <= 0 { return nil }
      usleep(1_000)
      left -= 0.001
    }
  }

  /// How often a text stands on its standard error so far.
  func occurrences(of text: String) throws -> Int {
    let bytes = Array(try error.text().utf8)
    let wanted = Array(text.utf8)
    var count = 0
    var place = 0
    while place + wanted.count <= bytes.count {
      if bytes[place] == wanted[0], bytes[place..<place + wanted.count].elementsEqual(wanted) {
        count += 1
        place += wanted.count
      } else {
        place += 1
      }
    }
    return count
  }

  func kill() throws -> ProcessRunner.Ending {
    Glibc.kill(process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) != process {
      guard errno == EINTR else { throw lost }
    }
    return try ending(status)
  }

  private var lost: ProcessRunner.Failure { .init(description: "lost the child \(process)") }

  private func ending(_ status: Int32) throws -> ProcessRunner.Ending {
    let isExit = status & 0x7F == 0
    return ProcessRunner.Ending(
      status: isExit ? status >> 8 & 0xFF : nil,
      output: try output.text(),
      error: try error.text()
    )
  }
}

/// A file without a name that one child reads or writes.
private final class ScratchFile: Sendable {
  let descriptor: Int32

  init() throws {
    var name = Array("/tmp/stream-XXXXXX".utf8CString)
    descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw ProcessRunner.Failure(description: "no file for a stream") }
    unlink(name)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { close(descriptor) }

  func write(_ text: String) throws {
    let bytes = Array(text.utf8)
    guard bytes.isEmpty || Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw ProcessRunner.Failure(description: "can't write the input")
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  func text() throws -> String {
    var bytes = [UInt8](repeating: 0, count: Int(lseek(descriptor, 0, SEEK_END)))
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count == bytes.count else { throw ProcessRunner.Failure(description: "can't read") }
    return String(decoding: bytes, as: UTF8.self)
  }
}
