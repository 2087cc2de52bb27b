import type { RedrawSubject } from '@dual-random/draw'
import { digest } from '@dual-random/kernel/hash'
import {
  chainsFor,
  type DemoOptions,
  demoBundle,
  demoFamily,
  demoJoint,
  type FamilyFiles,
  partNames,
  type RedrawStep,
  regionChain,
  slowChain,
  thirdChain,
} from '@dual-random/verify/testing'
import { describe, expect, it } from 'vitest'
import { chanceOf } from './chance.ts'
import { jointInsiderFiles, type PublicFiles, publishedOf } from './insider.ts'
import { insiderEdit, isOnBeacon, type Place, placesOf } from './insider-edits.ts'
import { caseOf, type Family, judgeByLibrary, judgeInNode, judgeInPython, type Parts, partsOf } from './judges.ts'
import { familyEdit, outsiderEdit } from './outsider-edits.ts'
import type { BatchCase, BatchVerdict } from './python.ts'

/** CI and `npm run verify:full` make every edit; who runs the unit tests between two commits waits for fewer. */
const isFull = process.env['CI'] === 'true' || process.env['VERIFY_FULL'] === '1'
const outsiders = isFull ? 5000 : 600
const insiders = isFull ? 5000 : 600
const onBeacon = isFull ? 400 : 100
const honestBundles = isFull ? 200 : 60
const redraws = isFull ? 2000 : 300
const numbers = isFull ? 2000 : 300
const joints = isFull ? 2000 : 200
const families = isFull ? 40 : 8
const minutes = 60_000

const witnessed = (options: DemoOptions = {}) => demoBundle({ witnessed: true, withReveal: true, demo: false, ...options })

/** The last draw of a family: a rematch after a replacement. */
function redrawn(options: DemoOptions = {}): FamilyFiles {
  const all = demoFamily([{ purpose: 'replacement' }, { purpose: 'rematch', labels: [3, 2] }, { purpose: 'replacement', labels: [2, 3] }], {
    witnessed: true,
    withReveal: true,
    demo: false,
    ...options,
  })
  return all.at(-1) as FamilyFiles
}

interface Edited {
  readonly parts: Parts
  /** Files of the family that were changed. */
  readonly family?: Family
  readonly said: string
}

type Judged = Parameters<typeof partsOf>[0] & Parameters<typeof partNames>[0] & { readonly family?: Family; readonly jointKeys?: Family }

/** Judges every edit by all three: they name the same place or the same missing file, or one of them is wrong. */
async function expectRefused(files: Judged, edits: readonly Edited[]): Promise<void> {
  const names = partNames(files)
  const whole = partsOf(files)
  const beside = (family?: Family): Family => ({ ...files.family, ...family })
  const inNode: BatchVerdict[] = []
  for (const { parts, family } of edits)
    inNode.push(await judgeInNode(names, { ...whole, ...parts }, false, beside(family), files.jointKeys))
  const byLibrary = edits.map(({ parts, family }) => judgeByLibrary(names, { ...whole, ...parts }, false, beside(family), files.jointKeys))
  const cases = edits.map(({ parts, family }): BatchCase => caseOf(names, parts, false, family && beside(family)))
  const inPython = judgeInPython(cases, caseOf(names, whole, false, beside(), files.jointKeys))
  const wrong = edits.flatMap(({ said }, index) => {
    const [node, python, library] = [inNode[index], inPython[index], byLibrary[index]]
    const others = [python, library]
    const isPlace = node?.code === 1 && node.place !== undefined && others.every((one) => one?.code === 1 && one.place === node.place)
    const isFile =
      library?.code === 2 &&
      files.family !== undefined &&
      [node, python].every((one) => one?.code === 2 && one.said?.endsWith(library.said ?? '?') === true)
    return isPlace || isFile ? [] : [{ said, node, python, library }]
  })
  expect(inPython).toHaveLength(edits.length)
  expect(wrong.slice(0, 5)).toEqual([])
}

/** Every place once, as far as the number goes, then places by chance; `onBeacon` of them on the beacon in any case. */
function insiderEdits(files: PublicFiles, number: number, beacon: number): readonly Edited[] {
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
    return { ...jointInsiderFiles(hash, files, published, edit), said }
  })
}

describe('edits of a witnessed bundle, judged by both programs and the library', () => {
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
    `DRW-31 DRW-32 every one of ${numbers} edits of a draw on public numbers, by outsiders and by insiders, is refused at the same place`,
    async () => {
      const files = witnessed({ objects: 30, numbers: {}, withReveal: false })
      const edits = Array.from({ length: numbers / 2 }, (_, index): Edited => {
        const { part, text } = outsiderEdit(files, chanceOf(index))
        return { parts: { [part]: text }, said: `numbers, outsider ${index}: ${part}` }
      })
      await expectRefused(files, [...edits, ...insiderEdits(files, numbers / 2, onBeacon / 2)])
    },
    60 * minutes,
  )

  it(
    `DRW-30 DRW-31 every one of ${redraws} edits by outsiders of a redraw or of its family is refused at the same place`,
    async () => {
      const files = redrawn({ objects: 90 })
      const { parentDrawId, after } = (JSON.parse(files.commitment) as { readonly subject: RedrawSubject }).subject
      const names = after.flatMap(({ drawId }) => [`transcript-${drawId}.json`, `commitment-${drawId}.json`])
      const edits = Array.from({ length: redraws }, (_, index): Edited => {
        const chance = chanceOf(index)
        if (index % 2 === 0) {
          const { part, text } = outsiderEdit(files, chance)
          return { parts: { [part]: text }, said: `redraw, outsider ${index}: ${part}` }
        }
        const { name, text } = familyEdit(files.family, [...names, `rosters/${parentDrawId}.ndjson`], chance)
        return { parts: {}, family: { [name]: text }, said: `family, outsider ${index}: ${name}` }
      })
      await expectRefused(files, edits)
    },
    60 * minutes,
  )

  it(
    `DRW-30 DRW-31 every one of ${redraws} edits of a redraw by insiders, re-signed after the witnesses saw the log, is refused at the same place`,
    async () => {
      const files = redrawn({ objects: 30, withReveal: false })
      await expectRefused(files, insiderEdits(files, redraws, redraws / 20))
    },
    60 * minutes,
  )

  it(
    `DRW-30 DRW-31 each draw of ${families} honest families is a MATCH for all three`,
    async () => {
      const cases: BatchCase[] = []
      for (let index = 0; index < families; index++) {
        const chance = chanceOf(index)
        const [hash, objects] = [chance.pick(['sha256', 'sm3'] as const), 30 + chance.below(60)]
        const publicOpening = chance.pick(['drawn-set', 'full'] as const)
        const steps = Array.from({ length: 1 + chance.below(4) }, (): RedrawStep => {
          const purpose = chance.pick(['replacement', 'rematch', 'escalation'] as const)
          return { purpose, labels: [chance.below(2), 1 + chance.below(2)], counts: { A: chance.below(2), B: 1 } }
        })
        const options: DemoOptions = { hash, objects, publicOpening, witnessed: true, demo: false, withReveal: chance.pick([true, false]) }
        for (const files of demoFamily(steps, options)) {
          const [names, parts] = [partNames(files), partsOf(files)]
          expect(await judgeInNode(names, parts, false, files.family)).toEqual({ code: 0, missing: [] })
          expect(judgeByLibrary(names, parts, false, files.family)).toEqual({ code: 0, missing: [] })
          cases.push(caseOf(names, parts, false, files.family))
        }
      }
      for (const verdict of judgeInPython(cases, cases[0] as BatchCase)) expect(verdict).toEqual({ code: 0, missing: [] })
    },
    60 * minutes,
  )

  it(
    `DRW-26 DRW-31 every one of ${joints} edits by outsiders of a draw of several cities, in any city’s files, is refused at the same place`,
    async () => {
      for (const merged of [false, true]) {
        const files = demoJoint({ merged, objects: [40, 30, 30], withReveal: true })
        const names = Object.keys(files.family).filter((name) => name.startsWith('rosters/') || name.startsWith('region-log-'))
        const edits = Array.from({ length: joints / 2 }, (_, index): Edited => {
          const chance = chanceOf(index)
          if (index % 2 === 0) {
            const { part, text } = outsiderEdit(files, chance)
            return { parts: { [part]: text }, said: `joint, outsider ${index}: ${part}` }
          }
          const { name, text } = familyEdit(files.family, names, chance)
          return { parts: {}, family: { [name]: text }, said: `joint, outsider ${index}: ${name}` }
        })
        await expectRefused(files, edits)
      }
    },
    60 * minutes,
  )

  it(
    `DRW-26 DRW-31 every one of ${joints} edits by who holds all cities’ keys, re-signed after the witnesses saw the logs, is refused at the same place`,
    async () => {
      for (const merged of [false, true]) {
        const files = demoJoint({ merged, others: ['230400'], objects: [12, 14], withReveal: merged })
        await expectRefused(files, insiderEdits(files, joints / 2, joints / 20))
      }
    },
    60 * minutes,
  )

  it(
    `DRW-26 DRW-31 each of ${families} honest draws of several cities is a MATCH for all three`,
    async () => {
      const cases: BatchCase[] = []
      for (let index = 0; index < families; index++) {
        const chance = chanceOf(index)
        const files = demoJoint({
          others: chance.pick([['230400'], ['230400', '230600']]),
          merged: chance.pick([true, false]),
          hash: chance.pick(['sha256', 'sm3'] as const),
          publicOpening: chance.pick(['drawn-set', 'full'] as const),
          withReveal: chance.pick([true, false]),
          objects: [chance.below(40), chance.below(40), chance.below(40)],
        })
        const [names, parts] = [partNames(files), partsOf(files)]
        expect(await judgeInNode(names, parts, false, files.family, files.jointKeys)).toEqual({ code: 0, missing: [] })
        expect(judgeByLibrary(names, parts, false, files.family, files.jointKeys)).toEqual({ code: 0, missing: [] })
        cases.push(caseOf(names, parts, false, files.family, files.jointKeys))
      }
      for (const verdict of judgeInPython(cases, cases[0] as BatchCase)) expect(verdict).toEqual({ code: 0, missing: [] })
    },
    60 * minutes,
  )

  it(
    `DRW-31 each of ${honestBundles} honest bundles is a MATCH for all three`,
    async () => {
      const cases: BatchCase[] = []
      for (let index = 0; index < honestBundles; index++) {
        const chance = chanceOf(index)
        const demo = chance.pick([true, false])
        const isWitnessed = !demo || chance.pick([true, false])
        const withReveal = chance.pick([true, false])
        const files = demoBundle({
          demo,
          witnessed: isWitnessed,
          withReveal,
          onClues: chance.pick([true, false]),
          ...(demo
            ? {}
            : {
                chains: chance.pick([chainsFor({ withReveal }), [regionChain, slowChain, thirdChain]]),
              }),
          hash: chance.pick(['sha256', 'sm3'] as const),
          publicOpening: chance.pick(['drawn-set', 'full'] as const),
          objects: chance.below(90),
        })
        const [names, parts] = [partNames(files), partsOf(files)]
        expect(await judgeInNode(names, parts, demo)).toEqual({ code: 0, missing: [] })
        expect(judgeByLibrary(names, parts, demo)).toEqual({ code: 0, missing: [] })
        const { checkpoints = null, keys = null } = caseOf(names, parts, demo).files
        cases.push({ demo, files: { ...caseOf(names, parts, demo).files, checkpoints, keys } })
      }
      for (const verdict of judgeInPython(cases, cases[0] as BatchCase)) expect(verdict).toEqual({ code: 0, missing: [] })
    },
    60 * minutes,
  )
})
