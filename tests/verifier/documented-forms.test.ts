import { readFileSync } from 'node:fs'
import { readLines } from '@dual-random/draw/forms'
import { canonicalJson, utf8 } from '@dual-random/kernel'
import { auditedBy, demoBundle, demoFamily, demoJoint, openingOf, openingText, partNames } from '@dual-random/verify/testing'
import { checkpointLineShape, logLineShape } from '@dual-random/witness'
import { describe, expect, it } from 'vitest'
import { documentedForms, fitsOf, formOf, misfitsOf, namesOf } from './documented-forms.ts'
import { caseOf, type Family, judgeByLibrary, judgeInNode, judgeInPython, type Parts, partsOf } from './judges.ts'
import { type Loose, type Path, placesIn, setAt, valueAt } from './loose-json.ts'
import type { BatchVerdict } from './python.ts'

// Every value of every public file has a form in docs/draw-protocol.md, and all three verifiers refuse what is not of it, by its place.

type Judged = Parameters<typeof partsOf>[0] & Parameters<typeof partNames>[0] & { readonly family?: Family; readonly jointKeys?: Family }

const [, redraw] = demoFamily([{ purpose: 'replacement' }], { witnessed: true, withReveal: true, demo: false })
if (redraw === undefined) throw new Error('no redraw')
/** On public numbers, and audited, so that every kind of record is in its log. */
const plain = demoBundle({
  witnessed: true,
  withReveal: true,
  demo: false,
  objects: 7,
  numbers: {},
  beaconKeyAgeSeconds: 86_400,
  leastMarginSeconds: 600,
  extra: { match: auditedBy() },
})
const opening = openingText(openingOf(plain, 'object-0'))
interface Draw {
  readonly files: Judged
  readonly parts: Parts
  readonly demo: boolean
}
const draws: readonly Draw[] = [
  { files: plain, parts: { ...partsOf(plain), opening }, demo: false },
  ...[redraw, demoJoint({})].map((files) => ({ files, parts: partsOf(files), demo: false })),
  ...[demoBundle({ onClues: true, objects: 7 })].map((files) => ({ files, parts: partsOf(files), demo: true })),
]

const isLined = (part: string): boolean => ['roster', 'openings', 'log', 'checkpoints'].includes(part)
const valueOf = (part: string, text: string): Loose =>
  isLined(part)
    ? text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Loose)
    : (JSON.parse(text) as Loose)
const textOf = (part: string, value: Loose): string =>
  isLined(part) ? (value as Loose[]).map((line) => `${canonicalJson(line)}\n`).join('') : canonicalJson(value)
/** A place of a file as verifiers name it. */
const placeOf = (part: string, path: Path): string =>
  isLined(part) ? `line ${Number(path[0]) + 1} /${path.slice(1).join('/')}` : `/${path.join('/')}`

const forms = documentedForms()

interface Written {
  readonly part: keyof Parts
  readonly where: string
  readonly text: string
  readonly isFit: boolean
  readonly said: string
}

/** What tells places of the same names apart: the record that they are in, or what stands beside them. */
function variantOf(part: string, whole: Loose, path: Path): string {
  const beside = part === 'log' && path[1] === 'record' ? [path[0] ?? 0, 'record', 'type'] : undefined
  const told = ['kind', 'algorithm'].map((name) => valueAt(whole, [...path.slice(0, -1), name]))
  return JSON.stringify(beside === undefined && part === 'log' ? null : [beside && valueAt(whole, beside), ...told])
}

/** Every kind of place once, with values that are not of its form, and with the outermost that are; of a keys file §15 asks more. */
function writtenIn(parts: Parts, known: Set<string>): readonly Written[] {
  return Object.entries(parts).flatMap(([name, text]): readonly Written[] => {
    const part = name as keyof Parts
    const whole = valueOf(part, text)
    return placesIn(whole).flatMap((path) => {
      const found = valueAt(whole, path)
      if ((typeof found === 'object' && found !== null) || found === null) return []
      const kind = [part, ...namesOf(path), typeof found, variantOf(part, whole, path)].join(' ')
      if (known.has(kind)) return []
      known.add(kind)
      const form = formOf(forms, path)
      const write = (value: Loose, isFit: boolean): Written => {
        const copy = structuredClone(whole)
        setAt(copy, path, value)
        return {
          part,
          where: placeOf(part, path),
          text: textOf(part, copy),
          isFit,
          said: `${part} ${placeOf(part, path)} ${JSON.stringify(value)}`,
        }
      }
      return [
        ...misfitsOf(form, whole, path).map((value) => write(value, false)),
        ...(part === 'keys' ? [] : fitsOf(form)).map((value) => write(value, true)),
      ]
    })
  })
}

/** What the library says of a file; of the last that it comes to by their form alone, as the draw before them need not be verified each time. */
function judgedByLibrary({ files, parts, demo }: Draw, { part, text }: Written): BatchVerdict {
  const names = partNames(files)
  const shape = { log: logLineShape, checkpoints: checkpointLineShape }[part as string]
  if (shape === undefined) return judgeByLibrary(names, { ...parts, [part]: text }, demo, files.family, files.jointKeys)
  const read = readLines({ name: names[part], bytes: utf8(text) }, shape)
  return read.ok ? { code: 0 } : { code: 1, place: `${names[part]} ${read.error.where}`, said: JSON.stringify(read.error) }
}

const byForm = /"code":"not-a"|不是|之一/

/** Whether a verdict refuses a value by its form; a keys file that is none leaves nothing to judge. */
function isRefusal(verdict: BatchVerdict | undefined, { part, where }: Written, { files }: Draw): boolean {
  const place = `${partNames(files)[part]} ${where}`
  const { code, said = '' } = verdict ?? {}
  return part === 'keys' ? code === 2 && said.includes(place) : code === 1 && verdict?.place === place && byForm.test(said)
}

describe('the forms of docs/draw-protocol.md', () => {
  const known = new Set<string>()
  const written = draws.map((draw) => ({ draw, all: writtenIn(draw.parts, known) }))

  it('DRW-31 are those of all three verifiers, for every value of every public file', { timeout: 300_000 }, async () => {
    const wrong: unknown[] = []
    let count = 0
    for (const { draw, all } of written) {
      const { files, parts, demo } = draw
      const names = partNames(files)
      const misfits = all.filter(({ isFit }) => !isFit)
      const cases = misfits.map(({ part, text }) => caseOf(names, { [part]: text }, demo))
      const inPython = judgeInPython(cases, caseOf(names, parts, demo, files.family, files.jointKeys))
      for (const [index, one] of misfits.entries()) {
        const inNode = await judgeInNode(names, { ...parts, [one.part]: one.text }, demo, files.family, files.jointKeys)
        const verdicts = [inNode, inPython[index], judgedByLibrary(draw, one)]
        if (!verdicts.every((verdict) => isRefusal(verdict, one, draw))) wrong.push({ said: one.said, verdicts })
      }
      count += misfits.length
    }
    expect(wrong.slice(0, 5)).toEqual([])
    expect(count).toBeGreaterThan(400)
  })

  it('DRW-31 take the outermost values that the document lets them', { timeout: 120_000 }, () => {
    const fits = written.flatMap(({ draw, all }) =>
      all.filter(({ isFit }) => isFit).map((one) => ({ draw, one, verdict: judgedByLibrary(draw, one) })),
    )
    const wrong = fits.filter(
      ({ draw, one, verdict }) => isRefusal(verdict, one, draw) && verdict.said?.includes('"code":"not-a"') === true,
    )
    expect(wrong.map(({ one, verdict }) => [one.said, verdict]).slice(0, 5)).toEqual([])
    expect(fits.length).toBeGreaterThan(100)
  })

  it('DRW-31 name no member that no file has', () => {
    const places = draws.flatMap(({ parts }) =>
      Object.entries(parts).flatMap(([part, text]) => placesIn(valueOf(part, text)).map((path) => `/${namesOf(path).join('/')}`)),
    )
    const unused = forms.flatMap(({ members }) => members).filter((member) => !places.some((place) => place.endsWith(`/${member}`)))
    expect(unused).toEqual([])
  })

  it('DRW-31 have every integer that a verifier asks for', () => {
    const program = readFileSync(new URL('verify.mjs', import.meta.url), 'utf8')
    const asked = new Set([...program.matchAll(/(\w+): (?:list\()*integer\((\d)\)/g)].map(([, name, least]) => `${name} ${least}`))
    const documented = forms.flatMap(({ form, members }) =>
      members.map((member) => `${member.split('/').at(-1)} ${/^integer from (\d)$/.exec(form)?.[1]}`),
    )
    expect(asked.size).toBeGreaterThan(25)
    expect([...asked].filter((one) => !documented.includes(one))).toEqual([])
  })
})
