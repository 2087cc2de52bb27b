import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { WitnessServiceClient } from '@dual-random/contracts/witness'
import { hexDigest, signatureInput } from '@dual-random/draw'
import { createGrpcClient } from '@dual-random/grpc'
import { canonicalJson, fromHex, type Instant, toHex, utf8 } from '@dual-random/kernel'
import { ConfigError } from '@dual-random/runtime'
import { parseCosignedCheckpoint, recordDigest } from '@dual-random/witness'
import {
  commitmentText,
  drawId,
  farBeacons,
  hash,
  keyOf,
  LogBuilder,
  regionCode,
  secret,
  tip,
  unit,
  unitId,
} from '@dual-random/witness/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { createService } from '../src/index.ts'
import { context, type RunningWitness, requestOf, runningWitness, witnessFolder } from './support/running-witness.ts'

const running: RunningWitness[] = []
const started = async (...given: Parameters<typeof runningWitness>): Promise<RunningWitness> => {
  const witness = await runningWitness(...given)
  running.push(witness)
  return witness
}
afterEach(async () => {
  for (const witness of running.splice(0)) await witness.stop()
})

const committed = (): LogBuilder => new LogBuilder().snapshot().commitment(commitmentText({ beacons: farBeacons }))
const code = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'answered',
    (thrown: { code?: unknown }) => thrown.code,
  )

describe('a witness process', () => {
  it('cosigns what extends its copy, and shows log, S and checkpoint to anyone', async () => {
    const witness = await started('w1')
    const builder = committed()
    const before = Date.now()
    const cosignature = await witness.cosign(builder.submission())
    expect(Date.parse(cosignature.receivedAt)).toBeGreaterThanOrEqual(before)
    expect((await witness.text(`/v1/region-logs/${regionCode}`)).trim().split('\n')).toHaveLength(3)
    expect(await witness.text(`/v1/commitments/${regionCode}/${builder.last.digest}`)).toBe(commitmentText({ beacons: farBeacons }))
    const [line = ''] = (await witness.text(`/v1/checkpoints/${regionCode}`)).trim().split('\n')
    expect(parseCosignedCheckpoint(line)).toMatchObject({ ok: true, value: { checkpoint: { seq: 2 }, cosignatures: [cosignature] } })
    expect(JSON.parse(await witness.text('/v1/witness'))).toEqual({ witnessId: 'w1', regions: [{ regionCode, seq: 2, forked: false }] })
    expect(await witness.text('/metrics')).toContain(`dr_witness_log_lines{region="${regionCode}",service="witness"} 3`)
  })

  it('gives the same instant when it is asked again, also after a restart', async () => {
    const witness = await started('w1')
    const builder = committed()
    const first = await witness.cosign(builder.submission())
    expect(await witness.cosign(builder.submission())).toEqual(first)
    const again = await (running.pop() as RunningWitness).restart()
    running.push(again)
    expect(await again.cosign(builder.submission())).toEqual(first)
    expect(await again.cosign(builder.entry('transcript', hexDigest(hash, utf8('t'))).submission(3))).toMatchObject({ witnessId: 'w1' })
  })

  it('DRW-31 gives no later instant for an earlier head than for one that it signed, also after a restart', async () => {
    const witness = await started('w1')
    const builder = new LogBuilder().snapshot()
    const [early, earliest] = [builder.submission(), new LogBuilder().submission()]
    const { receivedAt } = await witness.cosign(builder.commitment(commitmentText({ beacons: farBeacons })).submission())
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(await witness.cosign(early)).toMatchObject({ receivedAt })
    const again = await (running.pop() as RunningWitness).restart()
    running.push(again)
    expect(await again.cosign(earliest)).toMatchObject({ receivedAt })
  })

  it('answers 50 submissions at once as if they came one after the other', async () => {
    const witness = await started('w1')
    const builder = committed()
    const cosignatures = await Promise.all(Array.from({ length: 50 }, () => witness.cosign(builder.submission())))
    expect(new Set(cosignatures.map((one) => canonicalJson(one))).size).toBe(1)
  })

  it('refuses with a code that names the line, and stays as it was', async () => {
    const witness = await started('w1')
    await witness.cosign(new LogBuilder().snapshot().submission())
    const twice = committed().commitment(commitmentText({ beacons: farBeacons, organiserUnitId: 'other' }))
    await expect(witness.cosign(twice.submission())).rejects.toMatchObject({
      code: 'witness-second-entry',
      meta: { seq: '3', kind: 'commitment' },
    })
    const late = commitmentText({ beacons: [{ genesisTime: 1_700_000_000, periodSeconds: 30, round: 1 }] })
    expect(await code(witness.cosign(new LogBuilder().snapshot().commitment(late).submission()))).toBe('witness-round-too-near')
    expect(await code(witness.cosign(committed().submission(2)))).toBe('answered')
  })

  it('refuses a region that is not pinned here, and a text that is none', async () => {
    const { client } = await started('w1')
    const request = requestOf(committed().submission())
    expect(await code(client.unary('cosign', { ...request, regionCode: '230400' }, context()))).toBe('witness-region-unknown')
    await expect(client.unary('cosign', { ...request, lines: ['{}'] }, context())).rejects.toMatchObject({
      code: 'witness-bad-text',
      meta: { field: 'lines[0]' },
    })
    expect(await code(client.unary('cosign', { ...request, checkpoint: '{ }' }, context()))).toBe('witness-bad-text')
  })

  it('a fork by the keeper of the log becomes a public incident with both checkpoints, and nothing more is cosigned', async () => {
    const witness = await started('w1')
    await witness.cosign(committed().submission())
    const other = new LogBuilder().snapshot().commitment(commitmentText({ beacons: farBeacons, publicOpening: 'full' }))
    expect(await code(witness.cosign(other.submission()))).toBe('witness-fork')
    const [line = ''] = (await witness.text(`/v1/incidents/${regionCode}`)).trim().split('\n')
    expect(JSON.parse(line)).toMatchObject({
      type: 'fork',
      evidence: { theirs: { checkpoint: { checkpoint: { head: other.last.head } } }, ours: { checkpoint: { checkpoint: { seq: 2 } } } },
    })
    expect(await code(witness.cosign(committed().submission()))).toBe('witness-forked')
    const again = await (running.pop() as RunningWitness).restart()
    running.push(again)
    expect(await code(again.cosign(committed().submission()))).toBe('witness-forked')
  })

  it('does not believe lines of a fork that no checkpoint signs: anyone could have made them', async () => {
    const witness = await started('w1')
    const honest = committed()
    await witness.cosign(honest.submission())
    const other = new LogBuilder().snapshot().commitment(commitmentText({ beacons: farBeacons, publicOpening: 'full' }))
    expect(await code(witness.cosign({ ...other.submission(), checkpoint: honest.checkpoint() }))).toBe('witness-fork')
    expect(await witness.text(`/v1/incidents/${regionCode}`)).toBe('')
    expect(await code(witness.cosign(honest.submission()))).toBe('answered')
  })

  it('a fork shown to two groups of witnesses comes to light when they compare, also when one log is longer', async () => {
    const one = await started('w1')
    const two = await started('w2', { peers: { w1: `127.0.0.1:${one.service.grpcPort}` } })
    await one.cosign(
      committed()
        .entry('transcript', hexDigest(hash, utf8('t')))
        .submission(),
    )
    await two.cosign(
      new LogBuilder()
        .snapshot()
        .commitment(commitmentText({ beacons: farBeacons, publicOpening: 'full' }))
        .submission(),
    )
    await two.service.compareNow()
    expect(await two.text(`/v1/incidents/${regionCode}`)).toContain('"type":"fork"')
    expect(JSON.parse(await two.text('/v1/witness'))).toMatchObject({ regions: [{ forked: true }] })
  })

  it('finds nothing wrong with a peer that is ahead, behind, or not there', async () => {
    const one = await started('w1')
    const peers = { w1: `127.0.0.1:${one.service.grpcPort}`, w3: '127.0.0.1:1' }
    const two = await started('w2', { peers })
    await one.cosign(committed().submission())
    await two.service.compareNow()
    await two.cosign(new LogBuilder().snapshot().submission())
    await two.service.compareNow()
    await two.cosign(
      committed()
        .entry('transcript', hexDigest(hash, utf8('t')))
        .submission(),
    )
    await two.service.compareNow()
    expect(await two.text(`/v1/incidents/${regionCode}`)).toBe('')
  })
})

describe('reveals handed to a witness', () => {
  const reveal = (digest: string, value = secret): string => {
    const record = { type: 'dual-random/reveal/v1', drawId, unitId, commitment: digest, secret: value } as const
    const message = signatureInput('reveal', regionCode, drawId, recordDigest(hash, record))
    return canonicalJson({ keyId: unit.keyId, record, signature: toHex(unit.sign(message)) })
  }

  it('are kept public when they open a tip of S, and refused otherwise', async () => {
    const witness = await started('w1')
    const submit = (text: string) => code(witness.client.unary('submitReveal', { regionCode, reveal: text }, context()))
    const text = commitmentText({ beacons: farBeacons, tips: [{ unitId, tip }] })
    const builder = new LogBuilder().unitKey().tip().snapshot().commitment(text)
    const given = reveal(builder.last.digest)
    expect(await submit(given)).toBe('witness-bad-text')
    await witness.cosign(builder.submission())
    expect(await submit(reveal('0'.repeat(64)))).toBe('witness-reveal-unknown')
    expect(await submit(reveal(builder.last.digest, '0'.repeat(64)))).toBe('witness-bad-text')
    expect(await submit(given)).toBe('answered')
    expect(await submit(given)).toBe('answered')
    const again = await (running.pop() as RunningWitness).restart()
    running.push(again)
    expect(await again.client.unary('listReveals', { regionCode, drawId }, context())).toEqual({ reveals: [given] })
  })
})

describe('what a crash leaves', () => {
  it('a line that was half written is cut off, and the log goes on', async () => {
    const folder = await witnessFolder()
    const witness = await started('w1', { folder })
    await witness.cosign(new LogBuilder().snapshot().submission())
    const file = join(folder, 'data', regionCode, `region-log-${regionCode}.ndjson`)
    await appendFile(file, '{"digest":"half')
    const again = await (running.pop() as RunningWitness).restart()
    running.push(again)
    expect(await code(again.cosign(committed().submission()))).toBe('answered')
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(3)
  })

  it('a copy that somebody changed is not used', async () => {
    const folder = await witnessFolder()
    const witness = await started('w1', { folder })
    await witness.cosign(committed().submission())
    const file = join(folder, 'data', regionCode, `region-log-${regionCode}.ndjson`)
    const text = await readFile(file, 'utf8')
    running.pop()
    await witness.service[Symbol.asyncDispose]()
    await writeFile(
      file,
      text.replace(/"receivedAt":"2026-03-02T00:10:00.000Z","seq":2/, '"receivedAt":"2026-03-02T00:10:00.000Z","seq":1'),
    )
    await expect(createService(witness.env)).rejects.toThrow(/does not hold/)
    await writeFile(file, text)
    running.push(await runningWitness('w1', { folder }))
  })

  it('killed at any point it answers as before: what it answered for is there', async () => {
    const folder = await witnessFolder()
    const witness = await started('w1', { folder })
    await witness.service[Symbol.asyncDispose]()
    running.pop()
    const builder = committed()
    const seen = new Map<number, Instant>()
    for (let round = 0; round < 4; round++) {
      const main = new URL('../src/main.ts', import.meta.url).pathname
      const child = spawn(process.execPath, ['--conditions=development', main], {
        env: { ...process.env, ...witness.env, LOG_LEVEL: 'info' },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const port = await grpcPortOf(child.stdout)
      const client = runningClient(port)
      for (let step = 0; step < 3 + round; step++) {
        builder.snapshot(hexDigest(hash, utf8(`${round}/${step}`)))
        const { cosignature } = await client.unary('cosign', requestOf(builder.submission()), context())
        seen.set(builder.last.seq, (JSON.parse(cosignature) as { receivedAt: Instant }).receivedAt)
      }
      // One more is under way when it dies.
      builder.snapshot(hexDigest(hash, utf8(`${round}/last`)))
      client.unary('cosign', requestOf(builder.submission()), context()).catch(() => undefined)
      child.kill('SIGKILL')
      await once(child, 'exit')
      client.close()
    }
    const last = await started('w1', { folder })
    expect(await code(last.cosign(builder.submission()))).toBe('answered')
    const checkpoints = (await last.text(`/v1/checkpoints/${regionCode}`))
      .trim()
      .split('\n')
      .map((line) => parseCosignedCheckpoint(line))
    const kept = new Map(
      checkpoints.map((one) => (one.ok ? [one.value.checkpoint.seq, one.value.cosignatures[0]?.receivedAt] : [-1, undefined])),
    )
    for (const [seq, receivedAt] of seen) expect(kept.get(seq), `checkpoint ${seq}`).toBe(receivedAt)
  })
})

it('a witness that is pinned nowhere, or under another key, does not start', async () => {
  const folder = await witnessFolder()
  const env = {
    DR_ENV: 'test',
    DR_WITNESS_ID: 'w9',
    DR_WITNESS_KEY: toHex(hash.digest(utf8('w1'))),
    DR_WITNESS_KEYS: folder,
    DR_WITNESS_DATA: folder,
  }
  await expect(createService(env)).rejects.toThrow(/见证方中没有 w9/)
  await expect(createService({ ...env, DR_WITNESS_ID: 'w2' })).rejects.toThrow(keyOf('w1').publicKey)
  await expect(createService({ ...env, DR_WITNESS_KEYS: join(folder, 'none') })).rejects.toBeInstanceOf(ConfigError)
  expect(fromHex(env.DR_WITNESS_KEY)).toHaveLength(32)
})

it('takes its seed from a file that only its owner may read, instead of the environment', async () => {
  const folder = await witnessFolder()
  const file = join(folder, 'w1.key')
  const seed = toHex(hash.digest(utf8('w1')))
  const env = { DR_ENV: 'test', LOG_LEVEL: 'silent', DR_WITNESS_ID: 'w1', DR_WITNESS_KEYS: folder, DR_WITNESS_DATA: join(folder, 'data') }
  const withFile = { ...env, DR_WITNESS_KEY_FILE: file }
  await expect(createService(withFile)).rejects.toThrow(/DR_WITNESS_KEY_FILE: .*ENOENT/)
  await writeFile(file, `${seed}\n`, { mode: 0o600 })
  await (await createService(withFile))[Symbol.asyncDispose]()
  await expect(createService({ ...withFile, DR_WITNESS_KEY: seed })).rejects.toThrow('one of both')
  await expect(createService(env)).rejects.toThrow('one of both')
  await chmod(file, 0o640)
  await expect(createService(withFile)).rejects.toThrow(/others may read it/)
  await chmod(file, 0o600)
  await writeFile(file, seed.slice(1))
  await expect(createService(withFile)).rejects.toThrow(/must hold 64 hex/)
})

async function grpcPortOf(stdout: NodeJS.ReadableStream): Promise<number> {
  let text = ''
  for await (const chunk of stdout) {
    text += String(chunk)
    const port = /"grpcPort":(\d+)/.exec(text)?.[1]
    if (port !== undefined) {
      stdout.resume()
      return Number(port)
    }
  }
  throw new Error(`the witness did not start: ${text}`)
}

const runningClient = (port: number) => createGrpcClient(WitnessServiceClient, { address: `127.0.0.1:${port}`, peer: 'w1' })
