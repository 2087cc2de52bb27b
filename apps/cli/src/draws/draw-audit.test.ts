import { chmodSync, mkdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { drawnSalt, hexDigest, labelOf, publicOpeningsText, type SignedTranscript } from '@dual-random/draw'
import { toHex, utf8 } from '@dual-random/kernel'
import { type WrappingKey, wrapKey, wrappedKeyText } from '@dual-random/key-wrap'
import { type DemoFiles, type DemoOptions, demoBundle, demoJoint, type JointOptions, namedFiles } from '@dual-random/verify/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { call, callJson } from '../../tests/support/called.ts'
import { drawFolder } from '../../tests/support/draw-folder.ts'
import { nodeHash } from './node-crypto.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** A draw's public files and, in a folder below, what the auditor was given of it. */
function onDisk(options: DemoOptions = {}): { readonly draw: DemoFiles; readonly words: readonly string[]; file(name: string): string } {
  const draw = demoBundle({ witnessed: true, ...options })
  const bundle = dirname(drawFolder(namedFiles(draw)))
  folders.push(bundle)
  const secrets = join(bundle, 'private')
  mkdirSync(join(secrets, 'match-inputs'), { recursive: true })
  const { key, ...files } = draw.private
  for (const { name, bytes } of Object.values(files)) writeFileSync(join(secrets, name), bytes)
  writeFileSync(join(secrets, 'key.json'), `{"key":"${toHex(key)}"}`, { mode: 0o600 })
  return {
    draw,
    words: ['draw', 'audit', '--bundle', bundle, '--private', secrets, '--key', join(secrets, 'key.json')],
    file: (name) => join(name.includes('-') && !name.startsWith('match-') ? bundle : secrets, name),
  }
}

const withoutFiles = (...names: readonly string[]): string => `未核对（没有文件） / not audited, for want of the file: ${names.join(', ')}`
const sha256 = nodeHash('sha256')
const matchDigest = (draw: DemoFiles): string => hexDigest(sha256, draw.private.match.bytes)

describe('draw audit', { timeout: 60_000 }, () => {
  it('DRW-31 says CLEAN of an honest draw, with exit code 0', async () => {
    const { words, draw } = onDisk()
    expect(await call({}, ...words)).toEqual({
      exitCode: 0,
      err: [],
      out: ['CLEAN: 无异常：40 个对象 / nothing was found, of 40 objects', withoutFiles('closed', 'match-facts')],
    })
    const { exitCode, lines } = await callJson({}, ...words)
    expect({ exitCode, lines }).toEqual({
      exitCode: 0,
      lines: [
        {
          status: 'CLEAN',
          drawId: draw.drawId,
          objects: 40,
          match: matchDigest(draw),
          withoutFiles: ['closed', 'match-facts'],
          findings: [],
        },
      ],
    })
  })

  it('DRW-31 compares what became of the drawn with the draw, with exit code 1 where one is missing', async () => {
    const { words, draw, file } = onDisk()
    unlinkSync(file('region-log-230300.ndjson'))
    const drawn = (JSON.parse(draw.transcript) as SignedTranscript).transcript.batches.flat()
    const close = (labels: readonly string[]): void => {
      const visited = labels.map((label) => `{"label":"${label}","outcome":"VISITED"}`).join()
      const opened = labels.flatMap((label) => draw.drawnIds[drawn.indexOf(label)] ?? [])
      const key = draw.private.key
      const openings = publicOpeningsText(opened.map((id) => ({ id, salt: drawnSalt(sha256, key, draw.drawId, id) })))
      const digest = hexDigest(sha256, utf8(openings))
      const { drawId } = draw
      const text = `{"drawId":"${drawId}","openings":{"blob":"b","digest":"${digest}"},"outcomes":[${visited}],"type":"dual-random/closed/v1"}`
      writeFileSync(file('closed.json'), text)
    }
    close(drawn)
    expect(await call({}, ...words)).toMatchObject({
      exitCode: 0,
      err: [],
      out: [expect.stringContaining('CLEAN'), expect.stringMatching(/: log, match-facts$/)],
    })
    close(drawn.slice(1))
    expect(await call({}, ...words)).toMatchObject({
      exitCode: 1,
      err: [expect.stringMatching(/^transcript-\S+ \/transcript\/batches\/0\/0: .*is not in closed\.json$/)],
    })
  })

  it('attack: one id in two strata. The auditor is told of both places, with exit code 1', async () => {
    const hash = nodeHash('sha256')
    const { words } = onDisk({
      onMembers: ([first, ...others]) => {
        if (first === undefined) throw new Error('nobody')
        const salt = '1'.repeat(64)
        const label = labelOf(hash, 'object', demoBundle().drawId, salt, first.id)
        return [first, { ...first, stratum: 'D', salt, label }, ...others]
      },
    })
    const { exitCode, out, err } = await call({}, ...words)
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: ['FINDINGS: 异常 2 处 / findings: 2', withoutFiles('closed', 'match-facts')] })
    expect(err).toContainEqual(expect.stringMatching(/^objects.ndjson line \d+ \/id: .*object-0 has two labels, the other at line \d+$/))
    expect(err).toContainEqual(expect.stringMatching(/^objects.ndjson line \d+ \/salt: .*the label may have been chosen$/))
    const { lines } = await callJson({}, ...words)
    expect(lines).toMatchObject([{ status: 'FINDINGS', findings: [{ file: 'objects.ndjson' }, { file: 'objects.ndjson' }] }])
  })

  it('DRW-31 audits what is there, and names what is not', async () => {
    const { words, file, draw } = onDisk()
    for (const name of [`transcript-${draw.drawId}.json`, 'region-log-230300.ndjson', 'match.json']) unlinkSync(file(name))
    const { exitCode, out } = await call({}, ...words)
    expect(exitCode).toBe(0)
    expect(out[1]).toContain('transcript, match, closed, log, match-facts')
  })

  it('DRW-31 takes K out of its wrapping by the superior’s key alone, and for its own draw alone', async () => {
    const { words, file, draw } = onDisk()
    const superior = file('superior.json')
    const made = await callJson({}, 'unit', 'wrap-key', 'new', '--unit', '230000-scj', '--out', superior)
    const [wrappingKey] = made.lines as unknown as readonly [WrappingKey]
    const wrapped = await wrapKey(draw.private.key, draw.drawId, wrappingKey)
    writeFileSync(file('key.json'), wrappedKeyText(wrapped))
    const by = async (wrapKeyFile: string) => call({}, ...words, '--wrap-key', wrapKeyFile)
    expect(await by(superior)).toMatchObject({ exitCode: 0, err: [] })
    expect((await call({}, ...words)).err[0]).toContain('64 hex digits')
    await call({}, 'unit', 'wrap-key', 'new', '--unit', '230000-scj', '--out', file('other.json'))
    expect(await by(file('other.json'))).toMatchObject({
      exitCode: 2,
      err: expect.arrayContaining([expect.stringContaining('does not open it')]) as unknown,
    })
    writeFileSync(file('key.json'), wrappedKeyText({ ...wrapped, drawId: 'ab'.repeat(32) }))
    expect(await by(superior)).toMatchObject({
      exitCode: 2,
      err: expect.arrayContaining([expect.stringContaining('does not open it')]) as unknown,
    })
    // The key of another draw, rightly wrapped as that.
    writeFileSync(file('key.json'), wrappedKeyText(await wrapKey(new Uint8Array(32), 'ab'.repeat(32), wrappingKey)))
    expect((await by(superior)).err[0]).toContain('not the key K that the snapshot pins')
    writeFileSync(file('key.json'), toHex(draw.private.key))
    expect(await by(superior)).toMatchObject({
      exitCode: 2,
      err: expect.arrayContaining([expect.stringContaining('is no wrapped key')]) as unknown,
    })
  })

  it('DRW-31 says that a key is not the pinned one', async () => {
    const { words, file } = onDisk()
    writeFileSync(file('key.json'), '0'.repeat(64))
    const { exitCode, err } = await call({}, ...words)
    expect(exitCode).toBe(1)
    expect(err[0]).toContain('not the key K that the snapshot pins')
  })

  it('cannot judge without its files, a key that others may read, or which draw of several, with exit code 2', async () => {
    const asked = async (spoil: (at: ReturnType<typeof onDisk>) => void, ...more: readonly string[]): Promise<string> => {
      const at = onDisk()
      spoil(at)
      const { exitCode, out, err } = await call({}, ...at.words, ...more)
      expect({ exitCode, out }).toEqual({ exitCode: 2, out: [] })
      return err[0] ?? ''
    }
    expect(await asked(({ file }) => unlinkSync(file('objects.ndjson')))).toContain('objects.ndjson')
    expect(await asked(({ file }) => unlinkSync(file('key.json')))).toContain('key.json')
    expect(await asked(({ file }) => chmodSync(file('key.json'), 0o644))).toContain('chmod 600')
    expect(await asked(({ file }) => writeFileSync(file('key.json'), 'no key'))).toContain('--key')
    expect(await asked(({ file, draw }) => writeFileSync(file(`commitment-${draw.drawId}.json`), '{}'))).toContain('/algorithm')
    expect(await asked(({ file }) => writeFileSync(file(`commitment-${'0'.repeat(64)}.json`), '{}'))).toContain('--draw')
    expect(await asked(({ file, draw }) => unlinkSync(file(`commitment-${draw.drawId}.json`)))).toContain('commitment-<drawId>.json')
    expect(await asked(() => undefined, '--draw', 'x')).toContain('--draw x')
    expect((await call({}, 'draw', 'audit')).err.slice(0, 3).join(' ')).toMatch(/--bundle.*--private.*--key/)
  })
})

/** The same of a draw of three cities. */
function jointOnDisk(options: JointOptions = {}) {
  const draw = demoJoint(options)
  const bundle = dirname(drawFolder(namedFiles(draw)))
  folders.push(bundle)
  const secrets = join(bundle, 'private')
  mkdirSync(join(secrets, 'match-inputs'), { recursive: true })
  for (const [name, text] of Object.entries(draw.family)) writeFileSync(join(bundle, name), text)
  const files = [draw.private.match, ...draw.private.matchInputs.values()]
  const keys: string[] = []
  for (const [index, [region, { key, objects, exclusions }]] of [...draw.private.cities].entries()) {
    const nameOf = ({ name }: { readonly name: string }): string => (index === 0 ? name.replace(`-${region}`, '') : name)
    files.push({ ...objects, name: nameOf(objects) }, { ...exclusions, name: nameOf(exclusions) })
    const path = join(secrets, `key-${region}.json`)
    writeFileSync(path, `{"key":"${toHex(key)}"}`, { mode: 0o600 })
    keys.push('--key', index === 0 ? path : `${region}=${path}`)
  }
  for (const { name, bytes } of files) writeFileSync(join(secrets, name), bytes)
  return { draw, keys, words: ['draw', 'audit', '--bundle', bundle, '--private', secrets] }
}

describe('draw audit of several cities', { timeout: 60_000 }, () => {
  it('DRW-26 DRW-31 recomputes each by its own key and files', async () => {
    const { draw, keys, words } = jointOnDisk()
    const { exitCode, lines } = await callJson({}, ...words, ...keys)
    const objects = [...draw.pools.values()].reduce((sum, { roster }) => sum + roster.length, 0)
    expect({ exitCode, lines }).toMatchObject({ exitCode: 0, lines: [{ status: 'CLEAN', drawId: draw.drawId, objects, findings: [] }] })
  })

  it('DRW-26 finds one id in two cities, and a city without its key', async () => {
    const cloned = jointOnDisk({ cloned: true })
    expect(await call({}, ...cloned.words, ...cloned.keys)).toMatchObject({
      exitCode: 1,
      err: [expect.stringMatching(/^objects-\d{6}\.ndjson line \d+ \/id: /)],
    })
    const { keys, words } = jointOnDisk()
    expect(await call({}, ...words, ...keys.slice(0, -2))).toMatchObject({ exitCode: 1, err: [expect.stringContaining('/joint/parts/1')] })
  })

  it('refuses a key given twice, and none of the organiser’s', async () => {
    const { keys, words } = jointOnDisk()
    const [, own = '', , theirs = ''] = keys
    expect(await call({}, ...words, ...keys, '--key', theirs)).toMatchObject({
      exitCode: 2,
      err: expect.arrayContaining([expect.stringContaining('given twice')]) as unknown,
    })
    expect((await call({}, ...words, ...keys, '--key', own)).exitCode).toBe(2)
    expect((await call({}, ...words, '--key', theirs)).exitCode).toBe(2)
  })
})
