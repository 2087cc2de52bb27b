import { threadId } from 'node:worker_threads'

/** What the tests of the pool run in threads. */
export const whichThread = (): number => threadId

export const refuse = (text: string): never => {
  throw new TypeError(text)
}

export const die = (exitCode: number): never => process.exit(exitCode)

export const fillHeap = (): number => {
  const kept: number[][] = []
  for (;;) kept.push(Array.from({ length: 10_000 }, (_, index) => index + kept.length / 2))
}

export const never = (): never => {
  for (;;);
}

export const reversed = ({ parts }: { readonly parts: readonly Uint8Array[] }): { readonly parts: readonly Uint8Array[] } => ({
  parts: parts.map((part) => part.toReversed()),
})

export const notCloneable = (): (() => void) => () => undefined
