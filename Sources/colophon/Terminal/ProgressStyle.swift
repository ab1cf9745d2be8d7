import ArgumentParser
import ColophonRuntime

/// How a run is shown while it goes on.
enum ProgressStyle: String, ExpressibleByArgument, CaseIterable {
  /// Live on a terminal, plain lines elsewhere.
  case auto
  case plain
  /// A JSON object a line, for programs.
  case json

  func observer(isQuiet: Bool) -> any RunObserver {
    switch self {
    case .json: JSONProgress()
    case _ where isQuiet: SilentObserver()
    case .auto where Console.isLive: LiveProgress()
    case .auto, .plain: PlainProgress()
    }
  }
}
