/** Changes come in bursts: while one reading runs, any number of further ones become one more. */
export function oneAtATime(run: () => Promise<void>): () => void {
  let running = false
  let again = false
  return function start() {
    if (running) {
      again = true
      return
    }
    running = true
    void run().finally(() => {
      running = false
      if (again) {
        again = false
        start()
      }
    })
  }
}
