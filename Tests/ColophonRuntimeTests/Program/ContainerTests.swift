import ColophonCore
import ColophonTestSupport
import Foundation
import Testing

/// Images in the real program.
///
/// The engine is a stand-in on the path, a shell script that takes podman's words and runs the image's
/// program over the mounted folder: what is tested is what the engine is told, and what becomes of
/// what the program leaves.
@Suite struct AContainer {
  static let podman = """
    #!/bin/sh
    case "$1 $2" in
      "image inspect") echo 0123456789abcdef; exit 0 ;;
      "rm --force") exit 0 ;;
    esac
    [ "$1 $2 $3 $4" = "run --rm --network none" ] || exit 125
    shift 4
    root= entry=
    while [ $# -gt 0 ]; do
      case "$1" in
        --name) shift 2 ;;
        --volume) root=${2%%:/opt/ml:Z}; shift 2 ;;
        --env) export "${2%%=*}=$(printf %s "${2#*=}" | sed "s#/opt/ml#$root#g")"; shift 2 ;;
        --workdir) cd "$root${2#/opt/ml}" || exit 126; shift 2 ;;
        --entrypoint) entry=$2; shift 2 ;;
        *) break ;;
      esac
    done
    [ "$1" = team/train@sha256:01 ] || exit 125
    shift
    [ -n "$entry" ] && exec "$entry" "$@"
    [ "$1" = train ] && echo loss=0.5 && echo weights > "$SM_MODEL_DIR/w"

    """

  static let notebook = """
    ```yaml train own
    algorithm: container
    image_uri: team/train@sha256:01
    metric_definitions: [{name: loss, regex: 'loss=([0-9.]+)'}]
    ```

    ```yaml train other
    algorithm: container
    image_uri: team/train@sha256:01
    command: sh other.sh
    hyperparameters: {rate: 3}
    metric_definitions: [{name: loss, regex: 'loss=([0-9.]+)'}]
    ```

    ```yaml tune search
    train: other
    strategy: Random
    objective: {metric: loss, type: Minimize}
    ranges: {rate: {type: integer, min: 1, max: 9}}
    max_jobs: 3
    ```

    ```yaml require both
    - own.metrics.loss == 0.5
    - other.metrics.loss == 0.3
    - own.image == "sha256:0123456789abcdef"
    - search.jobs.completed == 3
    ```

    """

  /// No argument but the author's own reaches the program; the settings are in the container's file.
  static let program = """
    [ $# = 0 ] || exit 3
    rate=$(sed 's/.*"rate":"\\([0-9]*\\)".*/\\1/' "$SM_INPUT_CONFIG_DIR/hyperparameters.json")
    echo "loss=0.$rate"

    """

  static func project() throws -> (folder: ProjectFolder, runner: ProcessRunner) {
    let folder = try ProjectFolder.study(notebook)
    try folder.write(program, to: "other.sh")
    try folder.write(podman, to: "bin/podman")
    chmod(folder["bin/podman"], 0o755)
    let path = "\(folder["bin"]):/usr/bin:/bin"
    return (folder, folder.runner(environment: ["PATH": path, "HOME": "/nonexistent"]))
  }

  @Test func runsWithAnEngineAndIsVerifiedOnlyWhereThatIsAllowed() throws {
    let (folder, runner) = try AContainer.project()
    let ending = try runner.run(["run", "study.md"])
    #expect(ending.status == 0, "\(ending.error)")
    let refused = try runner.run(["verify", "output/study.html"])
    #expect(refused.status == 1 && refused.error.contains("--allow-scripts"))
    #expect(try folder.text("output/study.html").contains("team/train@sha256:01"))
  }

  @Test func saysWhereItStandsThatThereIsNoEngine() throws {
    let (folder, _) = try AContainer.project()
    let bare = folder.runner(environment: ["PATH": folder["data"], "HOME": "/nonexistent"])
    let ending = try bare.run(["check", "study.md"])
    #expect(ending.status == 2)
    #expect(ending.error.contains("study.md:2:12: error"), "\(ending.error)")
    #expect(ending.error.contains("[train.container]"))
  }
}
