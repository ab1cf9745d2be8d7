import ColophonLearning
import Glibc

/// One container over a script's private root: the image with `/opt/ml` and nothing else of this
/// machine, no network, and no privileges beyond this process's user.
struct ContainerRun {
  let engine: ContainerEngine
  let image: String
  /// The image's digest or identity, as the engine tells it.
  let identity: String
  private let environment: ScriptEnvironment
  private let name: String

  /// Finds the engine and the image, which is fetched where it is missing.
  init(_ image: String, _ environment: ScriptEnvironment) throws {
    guard let engine = ContainerEngine.found else {
      throw CellFailure(
        "neither podman nor docker is on this machine's path",
        hint: "install podman, or let 'algorithm: script' run the program",
        field: "image_uri"
      )
    }
    self.engine = engine
    self.image = image
    self.environment = environment
    name = String(environment.root.split(separator: "/").last ?? "colophon").lowercased()
    identity = try ContainerRun.identity(of: image, engine)
  }

  private static func identity(of image: String, _ engine: ContainerEngine) throws -> String {
    let inspection = ["image", "inspect", "--format", "{{.Id}}", image]
    var found = try engine.run(inspection)
    if !found.isDone {
      let fetched = try engine.run(["pull", image])
      guard fetched.isDone else {
        throw CellFailure(
          "\(engine.name) can't fetch the image '\(image)'",
          hint: fetched.lines.last,
          field: "image_uri"
        )
      }
      found = try engine.run(inspection)
    }
    guard found.isDone, let line = found.lines.last, !line.isEmpty else {
      throw CellFailure(
        "\(engine.name) does not tell which image '\(image)' is",
        hint: found.lines.last,
        field: "image_uri"
      )
    }
    return line.contains(":") ? line : "sha256:" + line
  }

  /// The engine's client, which passes signals on to the container.
  var process: ScriptProcess {
    ScriptProcess(
      command: [engine.path] + arguments,
      environment: engine.environment,
      folder: "/",
      timeLimit: environment.recipe.timeLimit
    )
  }

  /// What a variable of this machine's is and no container's.
  private static let own: Set<String> = ["PATH", "HOME", "LC_ALL", "PWD", "TMPDIR"]

  /// `run …`; with a command, that stands in the place of the image's own program, else the image is
  /// told to `train`, as the training container's contract has it.
  private var arguments: [String] {
    let root = ScriptEnvironment.containerRoot
    let inside = ScriptEnvironment(root: root, recipe: environment.recipe, limit: environment.limit)
    var words = [
      "run", "--rm", "--network", "none", "--name", name, "--volume",
      "\(environment.root):\(root):Z",
    ]
    // Files that a service of root's would write could not be removed; podman maps the user by itself.
    if engine.name == "docker" { words += ["--user", "\(getuid()):\(getgid())"] }
    for variable in inside.variables where !ContainerRun.own.contains(variable.name) {
      words += ["--env", "\(variable.name)=\(variable.value)"]
    }
    let command = environment.recipe.command
    guard let program = command.first else { return words + [image, "train"] }
    words += ["--workdir", inside.code, "--entrypoint", program, image]
    return words + command.dropFirst()
  }

  /// Removes the container, where it has outlived its client.
  func remove() { _ = try? engine.run(["rm", "--force", name]) }
}
