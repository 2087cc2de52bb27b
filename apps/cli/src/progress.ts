import type { Terminal } from './terminal.ts'
import { both, type Text, text } from './text.ts'

const firstLineMs = 1000
const nextLineMs = 5000

export interface Step {
  readonly label: Text
  /** How far it is, asked each time a line is shown. */
  readonly detail?: () => string
}

/** Says what is being waited for, but only once it takes longer than a second, and then from time to time. */
export async function withProgress<T>({ err }: Pick<Terminal, 'err'>, { label, detail }: Step, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const seconds = (): number => Math.round((performance.now() - startedAt) / 1000)
  const show = (): void => err(`${both(label)} … ${[...(detail === undefined ? [] : [detail()]), `${seconds()} s`].join(', ')}`)
  let repeating: NodeJS.Timeout | undefined
  const first = setTimeout(() => {
    show()
    repeating = setInterval(show, nextLineMs)
  }, firstLineMs)
  try {
    const result = await work()
    if (repeating !== undefined) err(`${both(label)}: ${both(text('完成', 'done'))}, ${seconds()} s`)
    return result
  } finally {
    clearTimeout(first)
    clearInterval(repeating)
  }
}
