import Basics

/// The workspaces of an engine: as many as articles are worked on at the same time, each lent to one caller at a time.
///
/// A thread works in the one that it worked in last: whenever two workers had changed theirs, each would have to fetch some
/// hundred kilobytes from the other's cache.
final class WorkspacePool: Sendable {
  /// The one who has taken a lender out of the pool is alone with it.
  private final class Lender: @unchecked Sendable {
    var workspace: Workspace

    init(lexicon: Lexicon) { workspace = Workspace(lexicon: lexicon) }
  }

  private let idle: ThreadAffinePool<Lender>

  init(lexicon: Lexicon) { idle = ThreadAffinePool { Lender(lexicon: lexicon) } }

  func withWorkspace<Result>(_ body: (inout Workspace) -> Result) -> Result {
    let lender = idle.take()
    let result = body(&lender.workspace)
    if !lender.workspace.isLarge { idle.giveBack(lender) }
    return result
  }
}
