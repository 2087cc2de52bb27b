import { describe, expect, it } from 'vitest'
import { askInTurn } from './ask-in-turn.ts'

/** Requests that are answered when the test says so. */
function asked() {
  const open: { readonly signal: AbortSignal; readonly answer: (value: string) => void; readonly fail: (error: Error) => void }[] = []
  const told: string[] = []
  const turn = askInTurn<string>(
    (signal) => new Promise((answer, fail) => open.push({ signal, answer, fail })),
    (value) => told.push(value),
    (error) => told.push(String(error)),
  )
  const settled = () => new Promise((done) => setTimeout(done, 0))
  return { open, told, turn, settled }
}

describe('asking in turn', () => {
  it('lets a slow request end, and asks once more for all that was asked meanwhile', async () => {
    const { open, told, turn, settled } = asked()
    turn.again()
    turn.again()
    turn.again()
    expect(open).toHaveLength(1)
    open[0]?.answer('drawn')
    await settled()
    expect([told, open.length]).toEqual([['drawn'], 2])
    open[1]?.answer('matched')
    await settled()
    expect([told, open.length]).toEqual([['drawn', 'matched'], 2])
  })

  it('asks again after a failure, where that was asked meanwhile, and later', async () => {
    const { open, told, turn, settled } = asked()
    turn.again()
    turn.again()
    open[0]?.fail(new Error('503'))
    await settled()
    expect(open).toHaveLength(2)
    open[1]?.fail(new Error('503'))
    await settled()
    turn.again()
    expect(open).toHaveLength(3)
    open[2]?.answer('there')
    await settled()
    expect(told).toEqual(['Error: 503', 'Error: 503', 'there'])
  })

  it('tells nothing and asks nothing once it is left', async () => {
    const { open, told, turn, settled } = asked()
    turn.again()
    turn.again()
    turn.leave()
    expect(open[0]?.signal.aborted).toBe(true)
    open[0]?.answer('late')
    await settled()
    expect([told, open.length]).toEqual([[], 1])
  })
})
