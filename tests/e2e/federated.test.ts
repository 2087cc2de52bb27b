import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawIdsOf, textOf } from './support/artefacts.ts'
import { type DemoRun, runDemo } from './support/demo-run.ts'
import { verifyInNode, verifyWithPython } from './support/verifier.ts'
import { startWitness } from './support/witness-process.ts'

const runTimeoutMs = 480_000
const folder = mkdtempSync(join(tmpdir(), 'dual-random-federated-'))
const out = join(folder, 'out')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Commitment {
  readonly regionCode: string
  readonly assurance: string
  readonly beacons: readonly { readonly source: string; readonly kind: string; readonly publicKey: string }[]
  readonly tips: readonly { readonly unitId: string }[]
}
interface Line {
  readonly kind: string
  readonly record?: {
    readonly unitId?: string
    readonly demo?: boolean
    readonly startedAt?: string
    readonly keys?: readonly { readonly publicKey: string }[]
  }
}

let run: DemoRun
let drawId = ''
let startedAt = 0
beforeAll(async () => {
  startedAt = Date.now()
  run = await runDemo({ out, seed: 'e2e', objects: 1000, args: ['--federated'], signal: AbortSignal.timeout(runTimeoutMs) })
  if (run.exitCode !== 0) throw new Error(run.output)
  drawId = drawIdsOf(out)[0] ?? ''
}, runTimeoutMs + 10_000)

const commitment = (): Commitment => JSON.parse(textOf(out, `commitment-${drawId}.json`)) as Commitment
const log = (): readonly Line[] =>
  textOf(out, 'region-log-230300.ndjson')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)

describe('the federated demo', () => {
  it('DRW-31 DRW-32 ends in MATCH of both verifiers, and says what is the demonstration’s about it', () => {
    // Twice of the organiser's files, twice of a witness's.
    expect(run.output.match(/^ {2}MATCH$/gm)).toHaveLength(4)
    expect(run.output).not.toContain('demo keys')
    expect(run.output).toContain('margin 10 s, reveal window 50 s, beacon period 3 s, beacon keys 10 s in the log')
  })

  it('DRW-32 rests on the beacons of the three other cities and a secret of the superior, in a log that is no demonstration’s', () => {
    const { assurance, beacons, tips } = commitment()
    expect(assurance).toBe('federated')
    expect(beacons.map(({ source, kind }) => `${kind} ${source}`)).toEqual(
      ['230400', '230500', '230900'].map((code) => `region region/${code}`),
    )
    expect(tips.map(({ unitId }) => unitId)).toEqual(['230000-scj'])
    const [genesis, ...lines] = log()
    expect(genesis?.record?.demo).toBe(false)
    expect(Date.parse(genesis?.record?.startedAt ?? '')).toBeGreaterThanOrEqual(startedAt)
    expect(genesis?.record?.keys?.map(({ publicKey }) => publicKey)).toEqual(
      expect.arrayContaining(beacons.map(({ publicKey }) => publicKey)),
    )
    expect(lines.map(({ kind }) => kind)).toEqual(['tip', 'snapshot', 'commitment', 'reveal', 'transcript', 'match'])
    expect(lines.filter(({ kind }) => kind === 'reveal').map(({ record }) => record?.unitId)).toEqual(['230000-scj'])
  })

  it('DRW-31 is judged alike by whoever has files and keys, and by no one with --demo or without the keys', () => {
    const transcript = join(out, `transcript-${drawId}.json`)
    const keys = ['--keys', join(out, 'keys-230300.json')]
    for (const judge of [verifyInNode, verifyWithPython]) {
      const verdict = judge([...keys, transcript])
      expect(verdict.exitCode, verdict.output).toBe(0)
      expect(verdict.output).toMatch(/^MATCH$/m)
      expect(verdict.output).toMatch(/^见证 \(witnesses\) [34] \/ 4/m)
      expect(verdict.output).toMatch(/入日志 10 秒，短于 30 天/)
      expect(judge(['--demo', ...keys, transcript]).exitCode).toBe(2)
      expect(judge([transcript])).toMatchObject({ exitCode: 3, output: expect.stringContaining('--keys') as unknown })
    }
  })

  it('DRW-31 outlives its organiser: both verifiers say MATCH of what a witness has, started again when all others are gone', async () => {
    const home = join(out, 'parties', '230400')
    const keeper = 'http://127.0.0.1:1'
    await using witness = await startWitness({
      DR_WITNESS_ID: 'witness-230400',
      DR_WITNESS_KEY_FILE: join(home, 'witness.key'),
      DR_WITNESS_KEYS: join(home, 'pinned'),
      DR_WITNESS_DATA: join(home, 'copies'),
      DR_WITNESS_KEEPERS: JSON.stringify({ '230300': [keeper] }),
    })
    const fetched = join(folder, 'fetched')
    mkdirSync(join(fetched, 'rosters'), { recursive: true })
    const get = async (path: string, name: string): Promise<void> => {
      const answer = await fetch(`${witness.url}/v1/public/${path}`)
      expect(answer.status, path).toBe(200)
      writeFileSync(join(fetched, name), await answer.text())
    }
    await get('region-logs/230300/checkpoints', 'checkpoints-230300.ndjson')
    await get('region-logs/230300', 'region-log-230300.ndjson')
    await get(`draws/${drawId}/commitment`, `commitment-${drawId}.json`)
    await get(`draws/${drawId}/roster`, `rosters/${drawId}.ndjson`)
    await get(`draws/${drawId}/transcript`, `transcript-${drawId}.json`)
    for (const judge of [verifyInNode, verifyWithPython]) {
      const { exitCode, output } = judge(['--keys', join(out, 'keys-230300.json'), join(fetched, `transcript-${drawId}.json`)])
      expect(exitCode, output).toBe(0)
      expect(output).toMatch(/^MATCH$/m)
    }
  })

  it('DRW-32 is no draw for who asks for 30 days of the beacons’ keys', () => {
    const { beaconKeyAgeSeconds, ...pinned } = JSON.parse(readFileSync(join(out, 'keys-230300.json'), 'utf8')) as Record<string, unknown>
    expect(beaconKeyAgeSeconds).toBe(10)
    const strict = join(folder, 'keys-230300.json')
    writeFileSync(strict, JSON.stringify(pinned))
    for (const judge of [verifyInNode, verifyWithPython]) {
      const { exitCode, output } = judge(['--keys', strict, join(out, `transcript-${drawId}.json`)])
      expect(exitCode, output).toBe(1)
      expect(output).toContain(`commitment-${drawId}.json /beacons/0/publicKey: 入日志不足 30 天`)
    }
  })
})
