/** A promise settled from outside that remembers whether it was resolved. */
export class Readiness {
  readonly promise: Promise<void>
  reached = false
  reach: () => void = () => undefined
  fail: (error: Error) => void = () => undefined

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.reach = () => {
        this.reached = true
        resolve()
      }
      this.fail = reject
    })
    // Nobody need ask for it, and then its rejection must not end this process.
    this.promise.catch(() => undefined)
  }
}
