// Loaded in front of a child's own code: when the parent is gone, however it went, the pipe to our standard input closes, and we go too.
process.stdin.on('error', leave).on('end', leave).resume()
process.stdin.unref?.()

function leave() {
  process.kill(process.pid, 'SIGTERM')
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 5000).unref()
}
