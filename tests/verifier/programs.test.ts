import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { canonicalJson, type Json } from '@dual-random/kernel'
import { auditWords } from '@dual-random/verify'
import {
  auditedBy,
  type DemoFiles,
  type DemoOptions,
  demoBundle,
  demoFamily,
  drawing,
  partNames,
  registry,
  superior,
  unit,
} from '@dual-random/verify/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Family, type Parts, partsOf } from './judges.ts'
import { callPython, type ProgramResult, pythonPackages, runPython } from './python.ts'
import { verifySignature } from './verify.mjs'

const nodeProgram = fileURLToPath(new URL('verify.mjs', import.meta.url))
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

function write(texts: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'verifier-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

function onDisk(files: DemoFiles, change: Parts = {}, family: Family = {}): { folder: string; transcript: string; keys: string } {
  const names = partNames(files)
  const own = Object.entries({ ...partsOf(files), ...change }).map(([part, text]) => [names[part as keyof typeof names], text])
  const folder = write({ ...family, ...Object.fromEntries(own) })
  return { folder, transcript: join(folder, names.transcript), keys: join(folder, names.keys) }
}

function runNode(args: readonly string[]): ProgramResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [nodeProgram, ...args], { encoding: 'utf8' })
  return { code: status, out: stdout.trimEnd(), errors: stderr.trimEnd() }
}

const programs = [
  { name: 'verify.mjs', run: runNode },
  { name: 'verify.py', run: (args: readonly string[]) => runPython(args, pythonPackages()) },
] as const
const files = demoBundle({ witnessed: true, withReveal: true, demo: false })
const names = partNames(files)

// Python needs seconds for a pulse, and more of them beside other tests.
describe.each(programs)('$name as a program', { timeout: 120_000 }, ({ run }) => {
  beforeAll(() => void pythonPackages(), 300_000)

  it('DRW-32 says so where the pinned file asks for less than 30 days of the keys of beacons', () => {
    const asking = (beaconKeyAgeSeconds: number) =>
      onDisk(files, { keys: canonicalJson({ ...(JSON.parse(files.keys ?? '') as Record<string, Json>), beaconKeyAgeSeconds }) })
    const said = [2_591_999, 2_592_000].map((seconds) => {
      const { transcript, keys } = asking(seconds)
      const { code, out } = run(['--keys', keys, transcript])
      return { code, lines: out.split('\n').filter((line) => line.startsWith('信标密钥')) }
    })
    expect(said).toEqual([
      { code: 0, lines: [expect.stringContaining('2591999 秒，短于 30 天')] },
      { code: 0, lines: [] },
    ])
  })

  it('DRW-32 says so where the pinned file asks for a margin of less than 600 seconds', () => {
    const said = [599, 600].map((leastMarginSeconds) => {
      const pinned = { ...(JSON.parse(files.keys ?? '') as Record<string, Json>), leastMarginSeconds }
      const { transcript, keys } = onDisk(files, { keys: canonicalJson(pinned) })
      const { code, out } = run(['--keys', keys, transcript])
      return { code, lines: out.split('\n').filter((line) => line.startsWith('间隔')) }
    })
    expect(said).toEqual([
      { code: 0, lines: [expect.stringContaining('599 秒，短于 600 秒')] },
      { code: 0, lines: [] },
    ])
  })

  it('DRW-31 names the lines of draws that were committed before this one was drawn and never drawn themselves', () => {
    const drawId = 'e'.repeat(64)
    const entry = (kind: 'snapshot' | 'commitment') => ({ kind, drawId, of: drawId, by: kind === 'snapshot' ? registry : drawing }) as const
    const linesOf = (options: DemoOptions) => {
      const draw = demoBundle({ witnessed: true, withReveal: true, demo: false, ...options })
      const on = onDisk(draw, {}, draw.earlier)
      const { code, out } = run(['--keys', on.keys, on.transcript])
      return { code, lines: out.split('\n').filter((line) => line.startsWith('未抽')) }
    }
    const again = { attempt: 2, before: ['snapshot', 'commitment', 'void'] } as const
    expect(linesOf(again)).toEqual({ code: 0, lines: [expect.stringContaining('第 8 行')] })
    const twin = [entry('snapshot'), entry('commitment')]
    expect(linesOf({ extra: { commitment: () => twin } })).toEqual({ code: 0, lines: [expect.stringContaining('第 12 行')] })
    // What was committed after this one was drawn is not named.
    expect(linesOf({ extra: { transcript: () => twin } })).toEqual({ code: 0, lines: [] })
  })

  it('DRW-31 says by whom it was audited, in the words of the library, or that it was not', () => {
    const linesOf = (extra: DemoOptions['extra'] = {}, withKeys = true, change: Family = {}) => {
      const on = onDisk(demoBundle({ witnessed: true, withReveal: true, demo: false, extra }))
      for (const name of Object.keys(change)) rmSync(join(on.folder, name))
      const { code, out } = run([...(withKeys ? ['--keys', on.keys] : []), on.transcript])
      return { code, lines: out.split('\n').filter((line) => line.startsWith('复核 (audit)     ')) }
    }
    const said = (...audits: Parameters<typeof auditWords>[0]) => auditWords(audits).map(({ zh, en }) => `复核 (audit)     ${zh} (${en})`)
    const by = ({ unitId }: typeof unit | typeof superior) => ({ unitId, findings: 0, isSignatureChecked: true })
    const two: DemoOptions['extra'] = { match: (draw) => [...auditedBy(3)(draw), ...auditedBy(0, superior)(draw)] }
    expect(linesOf()).toEqual({ code: 0, lines: said() })
    expect(linesOf({ match: auditedBy() })).toEqual({ code: 0, lines: said(by(unit)) })
    expect(linesOf(two)).toEqual({ code: 0, lines: said({ ...by(unit), findings: 3 }, by(superior)) })
    expect(linesOf({ match: auditedBy() }, false)).toEqual({ code: 3, lines: said({ ...by(unit), isSignatureChecked: false }) })
    expect(linesOf({ match: auditedBy() }, true, { [names.log]: '' })).toEqual({ code: 3, lines: [] })
  })

  it.each([33, 6000, 120_000])('DRW-31 refuses a file that is nested %d deep, by name, and does not break', (depth) => {
    const { transcript, keys } = onDisk(files, { commitment: `${'['.repeat(depth)} ${']'.repeat(depth)}` })
    const { code, out, errors } = run(['--keys', keys, transcript])
    expect([code, out, errors.split('\n').length]).toEqual([1, '', 1])
    expect(errors).toContain(`不一致 (DIFFERENT): ${names.commitment}`)
    const open = run(['--keys', keys, onDisk(files, { commitment: '['.repeat(depth) }).transcript])
    expect([open.code, open.out]).toEqual([1, ''])
  })

  it('DRW-31 prints MATCH and ends with 0, with the pinned keys on either side of the transcript', () => {
    const { transcript, keys } = onDisk(files)
    for (const args of [
      ['--keys', keys, transcript],
      [transcript, '--keys', keys],
    ]) {
      const { code, out, errors } = run(args)
      expect(errors).toBe('')
      expect(out.split('\n')[0]).toBe('MATCH')
      expect(out).toContain(files.drawId)
      expect(code).toBe(0)
    }
  })

  it.each(['sha256', 'sm3'])('DRW-31 says MATCH of the whole draw that the vectors have, by %s on a round of quicknet', (hash) => {
    const vector = JSON.parse(readFileSync(new URL(`../vectors/draw/witnessed-${hash}.json`, import.meta.url), 'utf8')) as {
      readonly drawId: string
      readonly files: Readonly<Record<string, string>>
    }
    const folder = write(vector.files)
    const { code, out, errors } = run(['--keys', join(folder, 'keys-230300.json'), join(folder, `transcript-${vector.drawId}.json`)])
    expect(errors).toBe('')
    expect(out.split('\n')[0]).toBe('MATCH')
    expect(code).toBe(0)
  })

  it.each(['sha256', 'sm3'])('DRW-30 DRW-31 says MATCH of the redraw that the vectors have, and of its parent, by %s', (hash) => {
    const vector = JSON.parse(readFileSync(new URL(`../vectors/draw/redrawn-${hash}.json`, import.meta.url), 'utf8')) as {
      readonly drawId: string
      readonly parentDrawId: string
      readonly files: Readonly<Record<string, string>>
    }
    const folder = write(vector.files)
    for (const drawId of [vector.drawId, vector.parentDrawId]) {
      const { code, out, errors } = run(['--keys', join(folder, 'keys-230300.json'), join(folder, `transcript-${drawId}.json`)])
      expect(errors).toBe('')
      expect(out.split('\n')[0]).toBe('MATCH')
      expect(code).toBe(0)
    }
  })

  it.each(['sha256', 'sm3'])(
    'DRW-26 DRW-31 says MATCH of the draw of two cities that the vectors have, with the keys of both, by %s',
    (hash) => {
      const vector = JSON.parse(readFileSync(new URL(`../vectors/draw/joint-${hash}.json`, import.meta.url), 'utf8')) as {
        readonly drawId: string
        readonly files: Readonly<Record<string, string>>
      }
      const folder = write(vector.files)
      const transcript = join(folder, `transcript-${vector.drawId}.json`)
      const keysOf = (code: string): readonly string[] => ['--keys', join(folder, `keys-${code}.json`)]
      // The organiser's need not come first.
      const whole = run([...keysOf('230400'), ...keysOf('230300'), transcript])
      expect(whole.errors).toBe('')
      expect(whole.out.split('\n')[0]).toBe('MATCH')
      expect(whole.out).toContain('230400: 对应 6，可抽 5')
      expect(whole.code).toBe(0)
      const alone = run([...keysOf('230300'), transcript])
      expect(alone.out.split('\n')[0]).toMatch(/^PENDING .*: --keys keys-230400\.json$/)
      expect(alone.code).toBe(3)
      const roster = `rosters/${vector.drawId}-230400.ndjson`
      rmSync(join(folder, roster))
      const without = run([...keysOf('230300'), ...keysOf('230400'), transcript])
      expect(without).toMatchObject({ code: 2, out: '' })
      expect(without.errors).toContain(roster)
    },
  )

  it.each(['sha256', 'sm3'])(
    'DRW-26 DRW-30 DRW-31 says MATCH of the redraw in the second of two cities that the vectors have, with that city’s keys, by %s',
    (hash) => {
      const vector = JSON.parse(readFileSync(new URL(`../vectors/draw/joint-redrawn-${hash}.json`, import.meta.url), 'utf8')) as {
        readonly regionCode: string
        readonly parentDrawId: string
        readonly drawId: string
        readonly files: Readonly<Record<string, string>>
      }
      const folder = write(vector.files)
      const transcript = join(folder, `transcript-${vector.drawId}.json`)
      const whole = run(['--keys', join(folder, `keys-${vector.regionCode}.json`), transcript])
      expect(whole.errors).toBe('')
      expect(whole.out.split('\n')[0]).toBe('MATCH')
      expect(whole.code).toBe(0)
      // Its labels are those of this city's roster of the draw it follows, and of no other.
      const roster = `rosters/${vector.parentDrawId}-${vector.regionCode}.ndjson`
      rmSync(join(folder, roster))
      const without = run(['--keys', join(folder, `keys-${vector.regionCode}.json`), transcript])
      expect(without).toMatchObject({ code: 2, out: '' })
      expect(without.errors).toContain(roster)
    },
  )

  it('DRW-31 says MATCH (demo keys) of a demonstration, with --demo', () => {
    const demo = onDisk(demoBundle({ witnessed: true, demo: true }))
    expect(run(['--demo', '--keys', demo.keys, demo.transcript]).out.split('\n')[0]).toBe('MATCH (demo keys)')
    expect(run(['--demo', onDisk(demoBundle()).transcript]).out.split('\n')[0]).toBe('MATCH (demo keys)')
  })

  it('DRW-30 DRW-31 finds the files of a redraw’s family beside it, says why it was drawn, and ends with 2 where one is missing', () => {
    const [parent, redraw] = demoFamily([{ purpose: 'replacement' }], { witnessed: true, withReveal: true, demo: false })
    if (parent === undefined || redraw === undefined) throw new Error('no redraw')
    const { folder, transcript, keys } = onDisk(redraw, {}, redraw.family)
    const { code, out, errors } = run(['--keys', keys, transcript])
    expect(errors).toBe('')
    expect(out.split('\n')[0]).toBe('MATCH')
    expect(out).toContain(`replacement，原抽取 ${parent.drawId}，superior-230000 批准：recusal × 2`)
    expect(code).toBe(0)
    rmSync(join(folder, 'rosters', `${parent.drawId}.ndjson`))
    const without = run(['--keys', keys, transcript])
    expect(without).toMatchObject({ code: 2, out: '' })
    expect(without.errors).toContain(`rosters/${parent.drawId}.ndjson`)
  })

  it('DRW-31 ends with 3 without the pinned keys, and names what is missing', () => {
    const { folder, transcript } = onDisk(files)
    rmSync(join(folder, names.checkpoints))
    const { code, out, errors } = run([transcript])
    expect(out.split('\n')[0]).toMatch(/^PENDING .*: --keys, checkpoints-230300\.ndjson$/)
    expect(errors).toBe('')
    expect(code).toBe(3)
  })

  it('DRW-31 ends with 1 on a difference, naming the file and the place', () => {
    const { transcript, keys } = onDisk(files, { roster: files.roster.replace('"stratum":"A"', '"stratum":"B"') })
    const { code, out, errors } = run(['--keys', keys, transcript])
    expect(out).toBe('')
    expect(errors).toContain(`${names.commitment} /snapshot/strata: `)
    expect(code).toBe(1)
  })

  it('DRW-31 ends with 1 where a transcript stands under the name of another', () => {
    const { folder, transcript, keys } = onDisk(files)
    const other = 'f'.repeat(64)
    for (const name of ['transcript-%.json', 'commitment-%.json', 'rosters/%.ndjson'])
      cpSync(join(folder, name.replace('%', files.drawId)), join(folder, name.replace('%', other)))
    const { code, errors } = run(['--keys', keys, transcript.replace(files.drawId, other)])
    expect(errors).toContain(`transcript-${other}.json (file name): `)
    expect(code).toBe(1)
  })

  it('ends with 2 on wrong usage, missing files and files that cannot be pinned', () => {
    const { folder, transcript, keys } = onDisk(files)
    const wrong = [
      [],
      ['--keys', keys],
      [transcript, transcript],
      [transcript, '--key', keys],
      [transcript, '--keys'],
      [keys],
      [transcript, '--keys', join(folder, 'none.json')],
      [transcript, '--keys', transcript],
      [transcript, '--demo'],
    ]
    for (const args of wrong) expect(run(args), args.join(' ')).toMatchObject({ code: 2, out: '' })
    rmSync(join(folder, names.roster))
    expect(run(['--keys', keys, transcript])).toMatchObject({ code: 2, out: '' })
  })
})

describe('without its library', () => {
  it('verify.py names py_ecc and ends with 2', () => {
    const { transcript, keys } = onDisk(files)
    const { code, errors } = runPython(['--keys', keys, transcript], undefined)
    expect(errors).toContain('pip install py_ecc')
    expect(code).toBe(2)
  })
})

describe('Ed25519 at its edges', () => {
  interface Case {
    readonly note: string
    readonly message: string
    readonly publicKey: string
    readonly signature: string
    readonly valid: boolean
  }
  const { cases } = JSON.parse(readFileSync(new URL('../vectors/ed25519/speccheck.json', import.meta.url), 'utf8')) as {
    cases: readonly Case[]
  }
  // Every S is right for such a key, where R is that S times the base point: here S = 0.
  const order = ['01', 'ec'].flatMap((first) => ['00', '80'].map((sign) => [first, sign] as const))
  const small = order.map(([first, sign]): Case => {
    const last = first === 'ec' ? (sign === '80' ? 'ff' : '7f') : sign
    const publicKey = first + (first === 'ec' ? 'f' : '0').repeat(60) + last
    return { note: 'x = 0', message: '', publicKey, signature: `01${'0'.repeat(126)}`, valid: false }
  })
  const all = [...cases, ...small]

  it('DRW-31 both verifiers hold with the published cases', () => {
    const inNode = all.map(({ publicKey, message, signature }) => verifySignature(publicKey, Buffer.from(message, 'hex'), signature))
    const inPython = callPython(
      'import sys, json, verify; b = bytes.fromhex; print(json.dumps([verify.ed25519_verify(*map(b, one)) for one in json.load(sys.stdin)]))',
      all.map(({ publicKey, message, signature }) => [publicKey, message, signature]),
    )
    const expected = all.map(({ valid }) => valid)
    expect(inNode).toEqual(expected)
    expect(inPython).toEqual(expected)
  }, 60_000)
})

describe('pulses of drand’s beacons', () => {
  it('DRW-32 verify.py holds with the published ones, and with no others', () => {
    const { pulses } = JSON.parse(readFileSync(new URL('../vectors/draw/drand.json', import.meta.url), 'utf8')) as {
      pulses: readonly { publicKey: string; round: number; signature: string }[]
    }
    const [first] = pulses
    if (first === undefined) throw new Error('no pulses')
    const none = `c0${'0'.repeat(94)}`
    const wrong = [
      { ...first, round: first.round + 1 },
      { ...first, signature: none },
      { ...first, publicKey: none + '0'.repeat(96) },
      { ...first, signature: `8${'0'.repeat(94)}1` },
      { ...first, signature: first.signature.replace(/^b/, '9') },
    ]
    const verified = callPython(
      'import sys, json, verify; b = bytes.fromhex; print(json.dumps([verify.verify_unchained_g1(b(k), r, b(s)) for k, r, s in json.load(sys.stdin)]))',
      [...pulses, ...wrong].map(({ publicKey, round, signature }) => [publicKey, round, signature]),
    )
    expect(verified).toEqual([...pulses.map(() => true), ...wrong.map(() => false)])
  }, 300_000)
})
