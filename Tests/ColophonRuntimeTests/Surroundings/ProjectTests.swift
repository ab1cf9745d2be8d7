import ColophonRuntime
import ColophonTestSupport
import Foundation
import Testing

@Suite struct ProjectsOnDisk {
  @Test func areTheNearestFolderUpwardWithAStore() throws {
    let folder = try ProjectFolder()
    try folder.write("", to: ".colophon/keep")
    try folder.write("", to: "a/b/c/keep")
    #expect(Project(around: folder["a/b/c"]).root == folder.path)
    try folder.write("", to: "a/b/.colophon/keep")
    #expect(Project(around: folder["a/b/c"]).root == folder["a/b"])
    #expect(Project(around: folder["a/b"]).root == folder["a/b"])
    #expect(Project(around: folder["a"]).root == folder.path)
  }

  @Test func areTheFolderItselfWhereThereIsNoStore() throws {
    let folder = try ProjectFolder()
    try folder.write("", to: "a/keep")
    #expect(Project(around: folder["a"]).root == folder["a"])
    // A file of that name is no store.
    try folder.write("", to: ".colophon")
    #expect(Project(around: folder["a"]).root == folder["a"])
    #expect(Project(around: "/").root == "/")
  }

  @Test func nameFilesFromTheirRoot() throws {
    let folder = try ProjectFolder()
    try folder.write("", to: "notes/x.md")
    let project = Project(root: folder.path)
    #expect(project.relativeName(of: folder["notes/x.md"]) == "notes/x.md")
    #expect(project.relativeName(of: folder["notes/../notes/./x.md"]) == "notes/x.md")
    #expect(project.relativeName(of: "/etc/passwd") == "passwd")
    #expect(project.relativeName(of: folder["none.md"]) == folder["none.md"])
    #expect(project.store == folder[".colophon"])
    #expect(project.output == folder["output"])
  }

  @Test func followLinksBeforeTheyName() throws {
    let folder = try ProjectFolder()
    try folder.write("", to: "real/notes/x.md")
    try FileManager.default.createSymbolicLink(
      atPath: folder["link"],
      withDestinationPath: folder["real"]
    )
    #expect(
      Project(root: folder["link"]).relativeName(of: folder["link/notes/x.md"]) == "notes/x.md"
    )
    #expect(
      Project(root: folder["real"]).relativeName(of: folder["link/notes/x.md"]) == "notes/x.md"
    )
  }
}
