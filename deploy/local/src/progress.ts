/** Receives one line for people at a time, without a line end. */
export type Progress = (line: string) => void

export function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`)
}

export type Step = {
  /** What is being done, Chinese then English. */
  readonly label: string
  /** How far it is, asked each time a line is shown. */
  readonly detail?: () => Promise<string>
}

const firstLineMs = 1000
const nextLineMs = 15_000

/** Says what is being waited for, but only once it takes longer than a second, and then from time to time. */
export async function withProgress<T>(progress: Progress, step: Step, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const seconds = () => Math.round((performance.now() - startedAt) / 1000)
  const showAgain = async () => progress(`${step.label} … ${step.detail === undefined ? '' : `${await step.detail()}, `}${seconds()} s`)
  let repeating: NodeJS.Timeout | undefined
  const first = setTimeout(() => {
    progress(`${step.label} …`)
    repeating = setInterval(() => void showAgain(), nextLineMs)
  }, firstLineMs)
  try {
    const result = await work()
    if (repeating !== undefined) progress(`${step.label}: 完成 / done, ${seconds()} s`)
    return result
  } finally {
    clearTimeout(first)
    clearInterval(repeating)
  }
}
