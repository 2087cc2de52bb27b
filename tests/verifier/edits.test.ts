import { digest } from '@dual-random/kernel/hash'
import { describe, expect, it } from 'vitest'
import { chanceOf } from './chance.ts'
import { type DemoOptions, demoBundle } from './demo-bundle.ts'
import { insiderFiles, publishedOf } from './insider.ts'
import { insiderEdit, isOnBeacon, type Place, placesOf } from './insider-edits.ts'
import { caseOf, judgeInNode, judgeInPython, type Parts, partNames, partsOf } from './judges.ts'
import { outsiderEdit } from './outsider-edits.ts'
import { regionChain, slowChain, thirdChain } from './parties.ts'
import type { BatchCase, BatchVerdict } from './python.ts'

/** CI and `npm run verify:full` make every edit; who runs the unit tests between two commits waits for fewer. */
const isFull = process.env['CI'] === 'true' || process.env['VERIFY_FULL'] === '1'
const outsiders = isFull ? 5000 : 600
const insiders = isFull ? 5000 : 600
const onBeacon = isFull ? 400 : 100
const honestBundles = isFull ? 200 : 60
const minutes = 60_000

const witnessed = (options: DemoOptions = {}) => demoBundle({ witnessed: true, withReveal: true, demo: false, ...options })

interface Edited {
  readonly parts: Parts
  readonly said: string
}

/** Judges every edit by both verifiers: both name the same place, or one of them is wrong. */
async function expectRefused(files: ReturnType<typeof witnessed>, edits: readonly Edited[]): Promise<void> {
  const names = partNames(files)
  const whole = partsOf(files)
  const inNode: BatchVerdict[] = []
  for (const { parts } of edits) inNode.push(await judgeInNode(names, { ...whole, ...parts }, false))
  const cases = edits.map(({ parts }): BatchCase => caseOf(names, parts, false))
  const inPython = judgeInPython(cases, caseOf(names, whole, false))
  const wrong = edits.flatMap(({ said }, index) => {
    const [node, python] = [inNode[index], inPython[index]]
    const agree = node?.code === 1 && python?.code === 1 && node.place === python.place && node.place !== undefined
    return agree ? [] : [{ said, node, python }]
  })
  expect(inPython).toHaveLength(edits.length)
  expect(wrong.slice(0, 5)).toEqual([])
}

/** Every place once, as far as the number goes, then places by chance; `onBeacon` of them on the beacon in any case. */
function insiderEdits(files: ReturnType<typeof witnessed>, number: number, beacon: number): readonly Edited[] {
  const hash = { name: 'sha256', digest: (bytes: Uint8Array) => digest('sha256', bytes) } as const
  const published = publishedOf(files)
  const places = placesOf(published)
  const beacons = places.filter(isOnBeacon)
  const step = Math.max(1, places.length / (number - beacon))
  const placeOf = (index: number): Place => {
    if (index < beacon) return beacons[index % beacons.length] as Place
    return places[Math.floor((index - beacon) * step)] ?? chanceOf(index).pick(places)
  }
  return Array.from({ length: number }, (_, index): Edited => {
    // Each place meets all four ways of making the rest fit.
    const edit = insiderEdit(published, placeOf(index), index + Math.floor(index / beacons.length), chanceOf(index))
    const said = `insider ${index}: ${edit.document}/${edit.path.join('/')} = ${JSON.stringify(edit.value)} ${edit.derive} ${edit.resign}`
    return { parts: insiderFiles(hash, published, edit), said }
  })
}

describe('edits of a witnessed bundle, judged by both verifiers', () => {
  it(
    `DRW-31 every one of ${outsiders} edits by outsiders is refused at the same place`,
    async () => {
      const files = witnessed({ objects: 280 })
      const edits = Array.from({ length: outsiders }, (_, index): Edited => {
        const { part, text } = outsiderEdit(files, chanceOf(index))
        return { parts: { [part]: text }, said: `outsider ${index}: ${part}` }
      })
      await expectRefused(files, edits)
    },
    60 * minutes,
  )

  it(
    `DRW-31 DRW-32 every one of ${insiders} edits by insiders, re-signed after the witnesses saw the log, is refused at the same place`,
    async () => {
      // Without units the witnesses stand alone against him.
      for (const withReveal of [true, false]) {
        const files = witnessed({ objects: 30, withReveal })
        await expectRefused(files, insiderEdits(files, insiders / 2, onBeacon / 2))
      }
    },
    60 * minutes,
  )

  it(
    `DRW-31 each of ${honestBundles} honest bundles is a MATCH for both`,
    async () => {
      const cases: BatchCase[] = []
      for (let index = 0; index < honestBundles; index++) {
        const chance = chanceOf(index)
        const demo = chance.pick([true, false])
        const files = demoBundle({
          demo,
          witnessed: !demo || chance.pick([true, false]),
          withReveal: chance.pick([true, false]),
          onClues: chance.pick([true, false]),
          ...(demo
            ? {}
            : {
                chains: chance.pick([
                  [regionChain, slowChain],
                  [regionChain, slowChain, thirdChain],
                ]),
              }),
          hash: chance.pick(['sha256', 'sm3'] as const),
          publicOpening: chance.pick(['drawn-set', 'full'] as const),
          objects: chance.below(90),
        })
        const [names, parts] = [partNames(files), partsOf(files)]
        expect(await judgeInNode(names, parts, demo)).toEqual({ code: 0, missing: [] })
        const { checkpoints = null, keys = null } = caseOf(names, parts, demo).files
        cases.push({ demo, files: { ...caseOf(names, parts, demo).files, checkpoints, keys } })
      }
      for (const verdict of judgeInPython(cases, cases[0] as BatchCase)) expect(verdict).toEqual({ code: 0, missing: [] })
    },
    60 * minutes,
  )
})
