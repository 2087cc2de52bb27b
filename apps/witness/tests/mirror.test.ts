import { spawnSync } from 'node:child_process'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pythonPackages, runPython } from '@dual-random/verifier-tests/python'
import { parseCosignedCheckpoint } from '@dual-random/witness'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createService, type WitnessService } from '../src/index.ts'
import { type Keeper, startKeeper } from './support/keeper.ts'
import { checkpointsPath, downloaded, draw, drawId, published, regionCode, witnessHome } from './support/mirrored-draw.ts'

const verifier = fileURLToPath(new URL('../../../tests/verifier/verify.mjs', import.meta.url))
const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const work of cleanUp.splice(0).toReversed()) await work()
})

const keeperOf = async (files: Readonly<Record<string, string>> = published): Promise<Keeper> => {
  const keeper = await startKeeper(files)
  cleanUp.push(() => Promise.resolve(keeper[Symbol.asyncDispose]()))
  return keeper
}

interface Mirroring {
  readonly service: WitnessService
  readonly folder: string
  readonly base: string
  pass(): Promise<void>
  status(path: string): Promise<number>
  metric(name: string): Promise<number>
  restart(more?: Readonly<Record<string, string>>): Promise<Mirroring>
}

async function mirroring(
  sources: readonly string[],
  more: Readonly<Record<string, string>> = {},
  home?: Awaited<ReturnType<typeof witnessHome>>,
): Promise<Mirroring> {
  const { folder, env } = home ?? (await witnessHome())
  if (home === undefined) cleanUp.push(() => rm(folder, { recursive: true, force: true }))
  const keepers = JSON.stringify({ [regionCode]: sources })
  const service = await createService({
    ...env,
    DR_ENV: 'test',
    LOG_LEVEL: 'silent',
    DR_WITNESS_KEEPERS: keepers,
    DR_WITNESS_MIRROR_S: '86400',
    ...more,
  })
  await service.start()
  let stopped = false
  const stop = async (): Promise<void> => {
    if (!stopped) await service[Symbol.asyncDispose]()
    stopped = true
  }
  cleanUp.push(stop)
  const base = `http://127.0.0.1:${service.httpPort}`
  return {
    service,
    folder,
    base,
    pass: () => service.mirrorNow(),
    status: async (path) => (await fetch(`${base}/v1/public/${path}`)).status,
    metric: async (name) => {
      const line = (await (await fetch(`${base}/metrics`)).text())
        .split('\n')
        .find((one) => one.startsWith(name) && one.includes(regionCode))
      return Number(line?.split(' ').at(-1) ?? Number.NaN)
    },
    restart: async (again = more) => {
      await stop()
      return mirroring(sources, again, { folder, env })
    },
  }
}

const fileOf = (name: string): string => `draws/${drawId}/${name}`

describe('a witness keeps the public files that the log names', () => {
  beforeAll(() => void pythonPackages(), 300_000)

  it('DRW-31 so that both verifiers say MATCH of a draw whose keeper is gone, fetched from the witness alone', async () => {
    const keeper = await keeperOf()
    const witness = await mirroring([keeper.url])
    await witness.pass()
    await keeper[Symbol.asyncDispose]()
    expect(await witness.metric('dr_witness_mirror_missing')).toBe(0)
    expect(await witness.metric('dr_witness_mirror_files')).toBe(3)
    const { transcript, keys } = await downloaded(witness.base, join(witness.folder, 'fetched'))
    const inNode = spawnSync(process.execPath, [verifier, '--keys', keys, transcript], { encoding: 'utf8' })
    expect(`${inNode.stdout}${inNode.stderr}`).toMatch(/^MATCH\n/)
    expect(inNode.stdout).toContain('开示 (openings)  4 / ')
    expect(runPython(['--keys', keys, transcript], pythonPackages())).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^MATCH\n/) as unknown,
    })
  }, 120_000)

  it.each([
    ['roster', draw.roster.replace('"excluded":false', '"excluded":true')],
    ['transcript', draw.transcript.replace(/"seed":"./, (seed) => seed.slice(0, -1) + (seed.endsWith('0') ? '1' : '0'))],
    ['transcript', draw.transcript.replace(/"signature":"..(?=[^}]*"transcript")/, '"signature":"00')],
    ['transcript', `${draw.transcript}\n`],
    ['openings', draw.openings.replace(/"salt":"./, (salt) => salt.slice(0, -1) + (salt.endsWith('0') ? '1' : '0'))],
    ['openings', `${draw.openings}${draw.openings}`],
    ['openings', draw.openings.split('\n').toReversed().join('\n').trimStart()],
  ])('DRW-31 and no other in its place: refuses a changed %s, and keeps the right one afterwards', async (name, changed) => {
    expect(changed).not.toBe(published[fileOf(name)])
    const keeper = await keeperOf({ ...published, [fileOf(name)]: changed })
    const witness = await mirroring([keeper.url])
    await witness.pass()
    expect(await witness.status(fileOf(name))).toBe(404)
    expect(await witness.metric(`dr_witness_mirror_fetches_total{region="${regionCode}",file="${name}",outcome="refused"`)).toBeGreaterThan(
      0,
    )
    keeper.files.set(fileOf(name), published[fileOf(name)] ?? '')
    await witness.pass()
    expect(await (await fetch(`${witness.base}/v1/public/${fileOf(name)}`)).text()).toBe(published[fileOf(name)])
  })

  it('takes them from the next source where one does not answer, breaks off or has them not, and from another witness as from the keeper', async () => {
    const [gone, empty, torn, keeper] = [await keeperOf(), await keeperOf({}), await keeperOf(), await keeperOf()]
    await gone[Symbol.asyncDispose]()
    torn.torn.add(fileOf('roster'))
    const first = await mirroring([gone.url, empty.url, torn.url, keeper.url])
    await first.pass()
    expect(torn.asked).toContain(fileOf('roster'))
    expect(await first.metric('dr_witness_mirror_missing')).toBe(0)
    await keeper[Symbol.asyncDispose]()
    const second = await mirroring([first.base])
    await second.pass()
    expect(await second.metric('dr_witness_mirror_missing')).toBe(0)
  })

  it('asks for nothing that it has, also after a restart, and goes on with what is missing', async () => {
    const { [fileOf('openings')]: openings = '', ...notYet } = published
    const keeper = await keeperOf(notYet)
    const witness = await mirroring([keeper.url])
    await witness.pass()
    expect(await witness.metric('dr_witness_mirror_missing')).toBe(1)
    // What a crash leaves in the middle of a file.
    const half = join(witness.folder, 'data', regionCode, 'public', 'openings', `.${drawId}.part`)
    await writeFile(half, openings.slice(0, 10))
    keeper.files.set(fileOf('openings'), openings)
    keeper.asked.length = 0
    const again = await witness.restart()
    await again.pass()
    expect(new Set(keeper.asked)).toEqual(new Set([fileOf('openings')]))
    expect(await readdir(join(half, '..'))).toEqual([drawId])
    keeper.asked.length = 0
    await again.pass()
    expect(keeper.asked).toEqual([])
    expect(await again.metric('dr_witness_mirror_missing')).toBe(0)
    expect(await again.metric('dr_witness_mirror_bytes')).toBe(
      ['roster', 'transcript', 'openings'].reduce((sum, name) => sum + Buffer.byteLength(published[fileOf(name)] ?? ''), 0),
    )
  })

  it('holds no file longer than it may be, and no more than it may in all', async () => {
    const mebibyte = 2 ** 20
    const long = `${published[fileOf('roster')]}${' '.repeat(mebibyte)}`
    const keeper = await keeperOf({ ...published, [fileOf('roster')]: long })
    const witness = await mirroring([keeper.url], { DR_WITNESS_FILE_MAX_MB: '1', DR_WITNESS_MIRROR_MAX_MB: '1' })
    await witness.pass()
    const of = (outcome: string) =>
      witness.metric(`dr_witness_mirror_fetches_total{region="${regionCode}",file="roster",outcome="${outcome}"`)
    expect(await of('too-large')).toBeGreaterThan(0)
    // Exactly as long as a file may be is judged, and refused for what it says.
    keeper.files.set(fileOf('roster'), long.slice(0, mebibyte))
    const judged = await witness.restart({ DR_WITNESS_FILE_MAX_MB: '1', DR_WITNESS_MIRROR_MAX_MB: '2' })
    await judged.pass()
    expect(await judged.metric(`dr_witness_mirror_fetches_total{region="${regionCode}",file="roster",outcome="refused"`)).toBeGreaterThan(0)
    const full = await judged.restart({ DR_WITNESS_FILE_MAX_MB: '2', DR_WITNESS_MIRROR_MAX_MB: '1' })
    await full.pass()
    expect(await full.metric(`dr_witness_mirror_fetches_total{region="${regionCode}",file="roster",outcome="full"`)).toBeGreaterThan(0)
    expect(await full.status(fileOf('roster'))).toBe(404)
  })

  it('keeps of the checkpoints what the log’s keeper and pinned witnesses signed, and what was heard before a restart', async () => {
    const lines = (draw.checkpoints ?? '').trimEnd().split('\n')
    const [first = ''] = lines
    const forged = first.replace(/"signature":"..(?=[^}]*"witnessId":"city-230800")/, '"signature":"00')
    expect(forged).not.toBe(first)
    const unsigned = (lines[1] ?? '').replace(/"signature":"..(?=[0-9a-f]*"}$)/, '"signature":"00')
    expect(unsigned).not.toBe(lines[1])
    const keeper = await keeperOf({ ...published, [checkpointsPath]: `${forged}\n${unsigned}\nno line\n` })
    const witness = await mirroring([keeper.url])
    await witness.pass()
    const shown = async (of: Mirroring) => {
      const text = await (await fetch(`${of.base}/v1/public/${checkpointsPath}`)).text()
      return text
        .trimEnd()
        .split('\n')
        .map((line) => {
          const read = parseCosignedCheckpoint(line)
          return read.ok ? [read.value.checkpoint.seq, ...read.value.cosignatures.map(({ witnessId }) => witnessId)] : []
        })
    }
    const [[seq, ...names] = [], ...others] = await shown(witness)
    expect([seq, others]).toEqual([JSON.parse(first).checkpoint.seq, []])
    expect(names).toEqual(['city-230200', 'city-230900', 'province-230000'])
    keeper.files.set(checkpointsPath, draw.checkpoints ?? '')
    await witness.pass()
    const whole = await shown(witness)
    expect(whole.map(([of]) => of)).toEqual(lines.map((line) => (JSON.parse(line) as { checkpoint: { seq: number } }).checkpoint.seq))
    expect(whole[0]).toEqual([seq, 'city-230200', 'city-230800', 'city-230900', 'province-230000'])
    await keeper[Symbol.asyncDispose]()
    expect(await shown(await witness.restart())).toEqual(whole)
  })

  it('answers reads alone, and no path outside its files', async () => {
    const witness = await mirroring(['http://127.0.0.1:1'])
    const post = await fetch(`${witness.base}/v1/public/${fileOf('roster')}`, { method: 'POST' })
    expect(post.status).toBe(405)
    for (const path of [`draws/${drawId}/match`, `draws/${drawId}/..%2f..`, 'draws/x/roster', 'region-logs/110101', fileOf('roster')])
      expect(await witness.status(path), path).toBe(404)
    expect(await readFile(join(witness.folder, 'data', regionCode, `region-log-${regionCode}.ndjson`), 'utf8')).toBe(draw.log)
  })
})
