import { readFileSync } from 'node:fs'
import {
  type Commitment,
  type HashName,
  type PrivateExclusion,
  type PrivateObject,
  privateExclusionsText,
  privateObjectsText,
} from '@dual-random/draw'
import { fromHex, utf8 } from '@dual-random/kernel'
import { createLogger } from '@dual-random/runtime'
import { afterAll, describe, expect, it } from 'vitest'
import type { FreezeFilesInput, FrozenMember } from '../app/computations.ts'
import { searchLabelIndex } from '../app/label-index.ts'
import { computeThreads, threadComputations } from './computations.ts'

/** A whole draw of tests/vectors/draw, made by the second implementation there. */
interface Bundle {
  readonly key: string
  readonly objects: readonly PrivateObject[]
  readonly exclusions: readonly PrivateExclusion[]
  readonly exclusionNonce: string
  readonly privateObjectsText: string
  readonly rosterText: string
  readonly commitmentText: string
}

const bundleOf = (name: HashName): Bundle =>
  JSON.parse(readFileSync(new URL(`../../../../tests/vectors/draw/bundle-${name}.json`, import.meta.url), 'utf8')) as Bundle

const threads = computeThreads({ logger: createLogger({ service: 'test', level: 'silent' }) })
afterAll(() => threads.close())

describe.each(['sha256', 'sm3'] as const)('the files of a freeze under %s', { timeout: 30_000 }, (name) => {
  const bundle = bundleOf(name)
  const { snapshot } = JSON.parse(bundle.commitmentText) as Commitment
  const idOf = (index: number): string => String(index).padStart(32, '0')
  const grounds = new Map(bundle.exclusions.map(({ label, ...ground }) => [label, ground]))
  const kept = { ground: 'GRADE', evidence: `${snapshot.drawId} ${snapshot.root}` }
  const members = bundle.objects.map((object, index): FrozenMember => {
    const { label, stratum } = object
    const exclusion = grounds.get(label)
    const line = privateObjectsText([object])
    return { label, stratum, objectId: idOf(index), line, ...(exclusion === undefined ? { repeatKept: kept } : { exclusion }) }
  })
  const { regionCode, drawId, asOf, creditLoadDigest, registrationLoadDigest } = snapshot
  const freezeFiles = (parts: readonly (readonly FrozenMember[])[]) => {
    const input: FreezeFilesInput = {
      regionCode,
      drawId,
      asOf,
      creditLoadDigest,
      registrationLoadDigest,
      key: fromHex(bundle.key) as Uint8Array,
      members: parts.map((part) => utf8(JSON.stringify(part))),
      nonce: bundle.exclusionNonce,
      disclosure: { publicGround: {}, smallestCell: 5 },
    }
    return threadComputations(threads, name).freezeFiles(input)
  }
  const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

  it('DRW-31 CRD-21 are those of the second implementation, whatever the order and the parts of the members', async () => {
    for (const parts of [[members], [members.slice(4), members.slice(0, 4)]]) {
      const made = await freezeFiles(parts)
      if (!made.ok) throw new Error(made.error.code)
      const files = made.value
      expect(files.snapshot).toEqual(snapshot)
      expect(textOf(files.roster)).toBe(bundle.rosterText)
      expect(textOf(files.objects)).toBe(bundle.privateObjectsText)
      expect(textOf(files.exclusions)).toBe(privateExclusionsText(bundle.exclusionNonce, bundle.exclusions))
      const others = members.filter(({ label }) => !grounds.has(label)).map(({ label }) => ({ label, ...kept }))
      expect(textOf(files.repeats)).toBe(privateExclusionsText(bundle.exclusionNonce, others))
      for (const { label, objectId } of members) expect(searchLabelIndex(files.index, label)).toBe(objectId)
    }
  })

  it('are refused by the code where two labels are equal', async () => {
    const [one] = members as [FrozenMember]
    expect(await freezeFiles([members, [one]])).toEqual({ ok: false, error: { code: 'equal-labels', label: one.label } })
  })
})
