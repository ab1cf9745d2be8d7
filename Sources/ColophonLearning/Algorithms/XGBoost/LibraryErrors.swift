import CXGBoost

/// Throws the library's last error where a call reports one.
func checked(_ status: Int32) throws {
  guard status != 0 else { return }
  let text = XGBGetLastError().map { String(cString: $0) } ?? ""
  throw TrainingFault.library(plainMessage(text))
}

/// The library's message without the clock, the source file and the stack that it puts around it.
///
/// For example `[12:00:00] ./src/learner.cc:56: Check failed: x > 0 : x is bad` becomes
/// `x > 0 : x is bad`.
func plainMessage(_ text: String) -> String {
  var line = Substring(text.split(separator: "\n", omittingEmptySubsequences: true).first ?? "")
  if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
    line = line[line.index(after: end)...].drop { $0 == " " }
  }
  if let space = line.firstIndex(of: " "), line[..<space].hasSuffix(":"),
    line[..<space].contains(".")
  {
    line = line[line.index(after: space)...]
  }
  let prefix = "Check failed: "
  if line.hasPrefix(prefix) { line = line.dropFirst(prefix.count) }
  while let last = line.last, last == "." || last == " " { line.removeLast() }
  return line.isEmpty ? "failed without a message" : String(line)
}

/// Makes the library silent on this thread; the engine's modules never print.
///
/// The library keeps its log's receiver for each thread apart, so every call that may log is
/// preceded by this one.
func silenceLibrary() { XGBRegisterLogCallback { _ in } }
