/** What can be killed with SIGKILL, halted where it stands, and started again. */
export interface Endurable {
  kill(): Promise<void>
  start(): Promise<void>
  suspend(): void
  resume(): void
}
