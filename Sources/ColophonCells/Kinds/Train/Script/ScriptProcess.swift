import Glibc
import Synchronization

/// A program in a process group of its own, whose output is read line by line.
struct ScriptProcess {
  /// How it ended.
  enum Ending: Hashable {
    case exited(Int)
    case signalled(Int)
    /// It was ended because its time was over.
    case timedOut
    /// It was ended because whoever reads its lines wanted no more.
    case stopped
  }

  /// The longest line that is looked at; what goes beyond is cut off.
  static let longestLine = 1 << 16

  var command: [String]
  var environment: [(name: String, value: String)]
  var folder: String
  var timeLimit: Double

  /// Runs it to its end, standard output and standard error together.
  ///
  /// - Parameters:
  ///   - check: Asked a few times a second; what it throws ends the program.
  ///   - line: Takes each line; false ends the program.
  /// - Returns: How the program ended.
  /// - Throws: `CellFailure` where the program can't be started.
  func run(check: () throws -> Void, line: (String) throws -> Bool) throws -> Ending {
    let (process, pipe) = try ScriptProcess.starting.withLock { _ in try start() }
    defer { close(pipe) }
    do { return try follow(process, pipe, check, line) } catch {
      end(process)
      throw error
    }
  }

  /// One program is started at a time, so that none inherits another's pipe.
  private static let starting = Mutex(())

  /// The program, and where its output is read.
  private func start() throws -> (process: pid_t, pipe: Int32) {
    var ends: [Int32] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { throw failure("no pipe", errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[1]) }
    do { return (try spawn(output: ends[1]), ends[0]) } catch {
      close(ends[0])
      throw error
    }
  }

  private func failure(_ what: String, _ code: Int32) -> CellFailure {
    CellFailure("\(what): \(String(cString: strerror(code)))", field: "command")
  }

  private func spawn(output: Int32) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, output, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))
    // The shell only changes the folder, and makes way for the program.
    let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder, try program]
    let words = (shell + command.dropFirst()).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.name)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, shell[0], &actions, &attributes, words, variables)
    guard code == 0 else { throw failure("'\(command[0])' could not be started", code) }
    return process
  }

  /// The program's file: from the clean path, or of the script's own folder.
  private var program: String {
    get throws {
      let name = command[0]
      let path = environment.first { $0.name == "PATH" }?.value ?? ""
      let places =
        name.hasPrefix("/")
        ? [name]
        : name.contains("/")
          ? ["\(folder)/\(name)"] : path.split(separator: ":").map { "\($0)/\(name)" }
      guard let found = places.first(where: { access($0, X_OK) == 0 }) else {
        throw CellFailure(
          "there is no program '\(name)'",
          hint: name.contains("/")
            ? "name a file beside the notebook" : "it is looked for in \(path)",
          field: "command"
        )
      }
      return found
    }
  }

  private func follow(
    _ process: pid_t,
    _ pipe: Int32,
    _ check: () throws -> Void,
    _ line: (String) throws -> Bool
  ) throws -> Ending {
    let start = ScriptProcess.seconds
    var lines = LineSplitter()
    var status: Int32?
    while true {
      var poll = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
      let ready = Glibc.poll(&poll, 1, status == nil ? 100 : 0)
      if ready > 0 {
        guard let chunk = read(pipe) else { break }
        for text in lines.take(chunk) where try !line(text) {
          end(process, status)
          return .stopped
        }
        if status == nil, ScriptProcess.seconds - start > timeLimit {
          end(process)
          return .timedOut
        }
        continue
      }
      // The program has ended, and what its children may still hold open says nothing.
      if status != nil { break }
      status = reaped(process, WNOHANG)
      if status == nil {
        try check()
        if ScriptProcess.seconds - start > timeLimit {
          end(process)
          return .timedOut
        }
      }
    }
    if let last = lines.rest, try !line(last) {
      end(process, status)
      return .stopped
    }
    while status == nil {
      status = reaped(process, WNOHANG)
      if status != nil { break }
      try check()
      if ScriptProcess.seconds - start > timeLimit {
        end(process)
        return .timedOut
      }
      usleep(2_000)
    }
    kill(-process, SIGKILL)
    let word = status ?? 0
    return word & 0x7F == 0 ? .exited(Int(word >> 8 & 0xFF)) : .signalled(Int(word & 0x7F))
  }

  private func read(_ pipe: Int32) -> [UInt8]? {
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = Glibc.read(pipe, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      return count > 0 ? Array(chunk[..<count]) : nil
    }
  }

  /// The status word; nil where the program still runs.
  private func reaped(_ process: pid_t, _ options: Int32) -> Int32? {
    var status: Int32 = 0
    while true {
      let found = waitpid(process, &status, options)
      if found < 0, errno == EINTR { continue }
      return found == process ? status : nil
    }
  }

  /// Ends the program and its children: asked first, made a second later.
  private func end(_ process: pid_t, _ status: Int32? = nil) {
    var isReaped = status != nil
    if !isReaped {
      kill(-process, SIGTERM)
      for _ in 0..<50 where !isReaped {
        isReaped = reaped(process, WNOHANG) != nil
        if !isReaped { usleep(20_000) }
      }
    }
    kill(-process, SIGKILL)
    if !isReaped { _ = reaped(process, 0) }
  }

  private static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// Parts bytes into lines; broken UTF-8 is mended.
struct LineSplitter {
  private var held: [UInt8] = []

  mutating func take(_ bytes: [UInt8]) -> [String] {
    var lines: [String] = []
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        lines.append(text)
        held = []
      } else if held.count < ScriptProcess.longestLine {
        held.append(byte)
      }
    }
    return lines
  }

  /// What stands after the last line's end; nil for nothing.
  var rest: String? { held.isEmpty ? nil : text }

  private var text: String {
    var bytes = held[...]
    if bytes.last == UInt8(ascii: "\r") { bytes = bytes.dropLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
