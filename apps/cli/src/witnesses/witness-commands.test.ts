import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ed25519Key } from '@dual-random/beacon'
import { canonicalJson, fromHex } from '@dual-random/kernel'
import { parseKeysFile } from '@dual-random/witness'
import { keyOf, keysFile, regionCode } from '@dual-random/witness/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { call, callJson } from '../../tests/support/called.ts'

let folder: string
const file = (name: string): string => join(folder, name)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('witness keygen', () => {
  it('keeps the seed in a file of its owner alone, and gives id and public key', async () => {
    const { exitCode, lines } = await callJson({}, 'witness', 'keygen', '--id', 'w1', '--out', file('w1.key'))
    const seed = readFileSync(file('w1.key'), 'utf8')
    expect(exitCode).toBe(0)
    expect(statSync(file('w1.key')).mode & 0o777).toBe(0o600)
    expect(lines).toEqual([{ witnessId: 'w1', publicKey: ed25519Key(fromHex(seed.trimEnd()) as Uint8Array).publicKey }])
    const again = await call({}, 'witness', 'keygen', '--id', 'w1', '--out', file('w1.key'))
    expect(again).toMatchObject({ exitCode: 1, out: [] })
    expect(readFileSync(file('w1.key'), 'utf8')).toBe(seed)
  })
})

const { superior, genesis } = keysFile
const words = (...more: readonly string[]): readonly string[] => [
  'keys',
  'make',
  `--region=${regionCode}`,
  `--genesis=${genesis}`,
  `--superior=${superior.keyId}@${superior.unitId}=${superior.publicKey}`,
  ...['w3', 'w1', 'w4', 'w2'].map((id) => `--witness=${id}=${keyOf(id).publicKey}`),
  `--out=${file(`keys-${regionCode}.json`)}`,
  ...more,
]

describe('keys make and keys check', () => {
  it('write the file that libs/witness reads, witnesses ascending, and show it', async () => {
    expect((await call({}, ...words('--quorum', '3', '--tolerated', '1'))).exitCode).toBe(0)
    expect(parseKeysFile(readFileSync(file(`keys-${regionCode}.json`), 'utf8'))).toEqual({ ok: true, value: keysFile })
    const shown = await call({}, 'keys', 'check', file(`keys-${regionCode}.json`))
    expect(shown.exitCode).toBe(0)
    for (const said of [genesis, superior.publicKey, keyOf('w4').publicKey, 'n 4  q 3  f 1']) expect(shown.out.join('\n')).toContain(said)
    expect((await call({}, ...words('--quorum', '3', '--tolerated', '1'))).err.join()).toContain('not overwritten')
  })

  it.each([
    [['--quorum', '2', '--tolerated', '1'], 'at least 3'],
    [['--quorum', '3', '--tolerated', '2'], 'at least 4'],
    [['--quorum', '5', '--tolerated', '1'], '/quorum'],
    [['--quorum', '4', '--tolerated', '1', '--witness', `w5=${keyOf('w1').publicKey}`], '/witnesses/4'],
    [['--quorum', '4', '--tolerated', '1', '--witness', `w1=${keyOf('w5').publicKey}`], 'ascend by their id'],
    [['--quorum', '4', '--tolerated', '1', '--witness', `w5=${superior.publicKey}`], 'or is the superior'],
  ])('refuse %j', async (more, why) => {
    const { exitCode, err } = await call({}, ...words(...more))
    expect({ exitCode, err: err.join() }).toEqual({ exitCode: 1, err: expect.stringContaining(why) as string })
    expect(() => readFileSync(file(`keys-${regionCode}.json`))).toThrow('ENOENT')
  })

  it('DRW-32 keep how long a beacon key stands in the log, where it is given, and show it', async () => {
    expect((await call({}, ...words('--quorum', '3', '--tolerated', '1', '--beacon-key-age', '0'))).exitCode).toBe(0)
    const made = readFileSync(file(`keys-${regionCode}.json`), 'utf8')
    expect(parseKeysFile(made)).toEqual({ ok: true, value: { ...keysFile, beaconKeyAgeSeconds: 0 } })
    expect((await call({}, 'keys', 'check', file(`keys-${regionCode}.json`))).out.join('\n')).toContain('stand in the log for 0 s')
    const tooLong = await call({}, ...words('--quorum', '3', '--tolerated', '1', '--beacon-key-age', '315360001'))
    expect(tooLong).toMatchObject({
      exitCode: 2,
      err: expect.arrayContaining([expect.stringContaining('--beacon-key-age 315360001')]) as unknown,
    })
  })

  it('DRW-32 keep the least margin, where it is given, and show it', async () => {
    expect((await call({}, ...words('--quorum', '3', '--tolerated', '1', '--least-margin', '20'))).exitCode).toBe(0)
    const made = readFileSync(file(`keys-${regionCode}.json`), 'utf8')
    expect(parseKeysFile(made)).toEqual({ ok: true, value: { ...keysFile, leastMarginSeconds: 20 } })
    expect((await call({}, 'keys', 'check', file(`keys-${regionCode}.json`))).out.join('\n')).toContain('at least 20 s')
    const tooLong = await call({}, ...words('--quorum', '3', '--tolerated', '1', '--least-margin', '86401'))
    expect(tooLong).toMatchObject({
      exitCode: 2,
      err: expect.arrayContaining([expect.stringContaining('--least-margin 86401')]) as unknown,
    })
  })

  it('name what is not of the form asked for', async () => {
    const { exitCode, err } = await call(
      {},
      'keys',
      'make',
      '--region',
      '23',
      '--genesis',
      'x',
      '--superior',
      'a=b',
      '--witness',
      'w1',
      '--tolerated',
      '0',
    )
    expect(exitCode).toBe(2)
    for (const name of ['--region 23', '--genesis x', '--superior a=b', '--witness w1', '--quorum', '--tolerated 0']) {
      expect(
        err.some((line) => line.startsWith(name)),
        name,
      ).toBe(true)
    }
  })

  it('find what is wrong with a file, and another name than drawing looks for', async () => {
    const problem = async (content: string, name = `keys-${regionCode}.json`): Promise<string> => {
      writeFileSync(file(name), content)
      const { exitCode, err } = await call({}, 'keys', 'check', file(name))
      expect(exitCode).toBe(1)
      return err.join()
    }
    expect(await problem(canonicalJson({ ...keysFile, quorum: 2 }))).toContain('/quorum: at least 3')
    expect(await problem(canonicalJson({ ...keysFile, genesis: 'x' }))).toContain('/genesis: malformed')
    expect(await problem(JSON.stringify(keysFile, null, 1))).toContain('malformed')
    expect(await problem(canonicalJson(keysFile), 'keys.json')).toContain(`its name is keys-${regionCode}.json`)
  })
})
