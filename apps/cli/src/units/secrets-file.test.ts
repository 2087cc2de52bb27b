import { appendFileSync, chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { locked } from './file-lock.ts'
import { changeSecrets, type KeptSecret, readSecrets } from './secrets-file.ts'
import { drawIdOf } from './target.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'))
  path = join(folder, 'secrets.ndjson')
})
afterEach(() => rmSync(folder, { recursive: true }))

const at = '2026-01-05T00:00:00.000Z'
const kept = (attempt: number, secret = 'a'.repeat(64)): KeptSecret => {
  const target = { planId: 'p', lineId: 'L1', batch: 1, attempt }
  const unit = { type: 'secret', unitId: '230000-sft', regionCode: '230300', hash: 'sha256', madeAt: at } as const
  return { ...unit, ...target, drawId: drawIdOf('sha256', '230300', target), secret }
}

describe('a secrets file', () => {
  it('only grows, is its owner’s alone, and says how far each secret has come', async () => {
    await changeSecrets(path, () => [kept(1), kept(2)])
    const before = readFileSync(path, 'utf8')
    const { drawId } = kept(1)
    const reveal = { drawId, commitment: 'b'.repeat(64), at }
    await changeSecrets(path, () => [{ type: 'tip-entered', drawId, at }])
    await changeSecrets(path, () => [{ type: 'reveal-handed', ...reveal }])
    expect((await readSecrets(path)).get(drawId)).toEqual({ kept: kept(1), isTipEntered: true, reveal: 'handed' })
    await changeSecrets(path, () => [{ type: 'reveal-entered', ...reveal }])
    expect((await readSecrets(path)).get(drawId)?.reveal).toBe('entered')
    expect((await readSecrets(path)).get(kept(2).drawId)).toEqual({ kept: kept(2), isTipEntered: false, reveal: 'none' })
    expect(readFileSync(path, 'utf8').startsWith(before)).toBe(true)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual(['secrets.ndjson'])
  })

  it('cuts off half a line that a crash left, and passes it over while reading', async () => {
    await changeSecrets(path, () => [kept(1)])
    appendFileSync(path, '{"attempt":2,"bat')
    expect([...(await readSecrets(path)).keys()]).toEqual([kept(1).drawId])
    await changeSecrets(path, () => [kept(2)])
    expect([...(await readSecrets(path)).keys()]).toEqual([kept(1).drawId, kept(2).drawId])
  })

  it('is refused with a line that does not hold, a second secret for one draw, or a word about a draw it does not know', async () => {
    await changeSecrets(path, () => [kept(1)])
    const content = readFileSync(path, 'utf8')
    for (const line of ['{}\n', content.replace('aaaa', 'bbbb'), content.replace(/"drawId":"./, '"drawId":"x')]) {
      writeFileSync(path, content + line)
      await expect(readSecrets(path)).rejects.toThrow('line 2 does not hold')
    }
    writeFileSync(path, `{"at":"${at}","drawId":"${kept(3).drawId}","type":"tip-entered"}\n`)
    await expect(changeSecrets(path, () => [])).rejects.toThrow('line 1 does not hold')
  })

  it('is refused when others may read it', async () => {
    await changeSecrets(path, () => [kept(1)])
    for (const mode of [0o640, 0o604]) {
      chmodSync(path, mode)
      await expect(readSecrets(path)).rejects.toThrow('chmod 600')
      await expect(changeSecrets(path, () => [])).rejects.toThrow('chmod 600')
    }
  })

  it('is changed by one at a time: of 20 who want the same draw, one makes the secret', async () => {
    const wanting = Array.from({ length: 20 }, (_, index) =>
      changeSecrets(path, (known) => (known.has(kept(1).drawId) ? [] : [kept(1, String(index).padStart(64, '0'))])),
    )
    const made = (await Promise.all(wanting)).filter((lines) => lines.length > 0)
    expect(made).toHaveLength(1)
    expect((await readSecrets(path)).size).toBe(1)
  })
})

describe('the lock of a file', () => {
  it('is taken over from a process that died, and left to one that lives', async () => {
    const lock = `${path}.lock`
    // No process has this number: Linux ends at 2^22.
    writeFileSync(lock, `4194999 ${hostname()}\n`)
    expect(await locked(path, async () => readFileSync(lock, 'utf8'))).toBe(`${process.pid} ${hostname()}\n`)
    writeFileSync(lock, `4194999 another-machine\n`)
    let isDone = false
    const waiting = locked(path, async () => void (isDone = true))
    await locked(join(folder, 'other'), async () => undefined)
    expect(isDone).toBe(false)
    rmSync(lock)
    await waiting
    expect(isDone).toBe(true)
    expect(readdirSync(folder)).toEqual([])
  })
})
