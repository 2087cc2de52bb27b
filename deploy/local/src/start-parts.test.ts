import { describe, expect, it } from 'vitest'
import type { PartStarter } from './part.ts'
import { startParts } from './start-parts.ts'

type Trace = { readonly starter: PartStarter; stopped: number }

function working(address: string): Trace {
  const trace: Trace = {
    stopped: 0,
    starter: () =>
      Promise.resolve({
        address,
        stop: () => {
          trace.stopped += 1
          return Promise.resolve()
        },
      }),
  }
  return trace
}

const failing: PartStarter = () => Promise.reject(new Error('no store today'))

/** Never ready; gives up when told to, as every starter must. */
const hanging =
  (onAbort: () => void): PartStarter =>
  ({ signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        onAbort()
        reject(new Error('aborted'))
      })
    })

const context = (signal = new AbortController().signal) => ({ env: {}, progress: () => undefined, signal })

describe('startParts', () => {
  it('gives both parts and stops neither', async () => {
    const [kafka, store] = [working('k'), working('s')]
    const parts = await startParts({ kafka: kafka.starter, store: store.starter }, context())
    expect([parts.kafka.address, parts.store.address, kafka.stopped, store.stopped]).toEqual(['k', 's', 0, 0])
  })

  it('stops the part that runs when the other fails', async () => {
    const kafka = working('k')
    await expect(startParts({ kafka: kafka.starter, store: failing }, context())).rejects.toThrow('no store today')
    expect(kafka.stopped).toBe(1)
  })

  it('aborts the part that is still starting when the other fails, and tells the first failure', async () => {
    let aborted = 0
    const starters = { kafka: hanging(() => (aborted += 1)), store: failing }
    await expect(startParts(starters, context())).rejects.toThrow('no store today')
    expect(aborted).toBe(1)
  })

  it('starts nothing once the caller has given up', async () => {
    let begun = 0
    const starter: PartStarter = () => {
      begun += 1
      return Promise.reject(new Error('begun'))
    }
    await expect(startParts({ kafka: starter, store: starter }, context(AbortSignal.abort(new Error('Ctrl-C'))))).rejects.toThrow('Ctrl-C')
    expect(begun).toBe(0)
  })

  it('ends everything when the caller gives up, also a part that did not notice', async () => {
    const kafka = working('k')
    const giveUp = new AbortController()
    const running = startParts({ kafka: kafka.starter, store: hanging(() => undefined) }, context(giveUp.signal))
    giveUp.abort(new Error('Ctrl-C'))
    await expect(running).rejects.toThrow('Ctrl-C')
    expect(kafka.stopped).toBe(1)
  })
})
