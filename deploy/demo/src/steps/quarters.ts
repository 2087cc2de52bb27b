/** Counts what is done and says so at each quarter of the whole. */
export function quarters(total: number, say: (done: number) => void): () => void {
  let done = 0
  const passed = (count: number): number => Math.floor((4 * count) / total)
  return () => {
    done++
    if (passed(done) > passed(done - 1)) say(done)
  }
}
