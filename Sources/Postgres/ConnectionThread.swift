import Glibc
import Synchronization

/// The thread on which one connection's actor runs.
///
/// libpq blocks until the server answers. Swift has only as many shared threads as cores, so a few
/// waiting connections would stop the whole process.
///
/// The thread keeps this executor alive. After `stop()`, it runs everything enqueued before and ends.
final class ConnectionThread: SerialExecutor {
  private enum Item {
    case job(UnownedJob)
    case stop
  }

  private let items = Mutex<[Item]>([])
  private let available: Semaphore

  /// - Throws: `cannotConnect` if the system allows no more threads.
  init() throws(PostgresError) {
    available = Semaphore()
    var thread = pthread_t()
    let this = Unmanaged.passRetained(self)
    let code = pthread_create(
      &thread, nil,
      { this in
        guard let this else { return nil }
        Unmanaged<ConnectionThread>.fromOpaque(this).takeRetainedValue().loop()
        return nil
      }, this.toOpaque())
    guard code == 0 else {
      this.release()
      throw PostgresError(
        .cannotConnect, "cannot start a thread: \(String(cString: strerror(code)))")
    }
    pthread_detach(thread)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    append(.job(UnownedJob(job)))
  }

  func stop() {
    append(.stop)
  }

  private func append(_ item: Item) {
    items.withLock { $0.append(item) }
    available.signal()
  }

  private func loop() {
    while true {
      available.wait()
      let batch = items.withLock { items in
        defer { items = [] }
        return items
      }
      for item in batch {
        guard case .job(let job) = item else { return }
        job.runSynchronously(on: asUnownedSerialExecutor())
      }
    }
  }
}

/// The C library's counting semaphore: the thread sleeps on it until there is work.
///
/// Unchecked, because the C library guarantees that any thread may use a semaphore.
private final class Semaphore: @unchecked Sendable {
  private let pointer = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  init() {
    sem_init(pointer, 0, 0)
  }

  func signal() {
    sem_post(pointer)
  }

  func wait() {
    while sem_wait(pointer) == -1 && errno == EINTR {}
  }

  deinit {
    sem_destroy(pointer)
    pointer.deallocate()
  }
}
