/** How long each step took, in seconds of real time. */
export interface StepTimer {
  run<T>(zh: string, en: string, work: () => Promise<T>): Promise<T>
  readonly durations: Readonly<Record<string, number>>
}

export function stepTimer(progress: (line: string) => void): StepTimer {
  const durations: Record<string, number> = {}
  return {
    durations,
    run: async (zh, en, work) => {
      progress(`${zh} / ${en} …`)
      const startedAt = performance.now()
      const result = await work()
      const seconds = Math.round((performance.now() - startedAt) / 100) / 10
      durations[en] = seconds
      progress(`${zh}：${seconds} 秒 / ${en}: ${seconds} s`)
      return result
    },
  }
}
