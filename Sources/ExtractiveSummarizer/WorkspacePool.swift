import Locking

/// The workspaces of an engine: as many as articles are worked on at the same time, each lent to one caller at a time.
final class WorkspacePool: Sendable {
  /// The one who has taken a lender out of the pool is alone with it.
  private final class Lender: @unchecked Sendable {
    var workspace: Workspace

    init(lexicon: Lexicon) { workspace = Workspace(lexicon: lexicon) }
  }

  private let idle = Lock<[Lender]>([])
  private let lexicon: Lexicon

  init(lexicon: Lexicon) { self.lexicon = lexicon }

  func withWorkspace<Result>(_ body: (inout Workspace) -> Result) -> Result {
    let lender = idle.withLock { $0.popLast() } ?? Lender(lexicon: lexicon)
    let result = body(&lender.workspace)
    if !lender.workspace.isLarge { idle.withLock { $0.append(lender) } }
    return result
  }
}
