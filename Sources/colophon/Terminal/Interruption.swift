import Glibc

/// Ctrl-C: the store is sound at every moment, so the program just says what is kept and ends.
enum Interruption {
  static func install() {
    signal(SIGINT) { _ in
      let text: StaticString = "\ninterrupted; finished cells are kept, and the next run goes on\n"
      _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
      _exit(130)
    }
  }
}
