import { readFileSync } from 'node:fs'
import { type Loose, type Path, valueAt } from './loose-json.ts'

/** A row of the table of forms in docs/draw-protocol.md §1. */
export interface DocumentedForm {
  readonly form: string
  /** Names of members, some behind the name of what they stand in. */
  readonly members: readonly string[]
}

export function documentedForms(): readonly DocumentedForm[] {
  const text = readFileSync(new URL('../../docs/draw-protocol.md', import.meta.url), 'utf8')
  const [, table = ''] = text.split('| form | what it takes | members |\n|---|---|---|\n')
  const rows = (table.split('\n\n')[0] ?? '').split('\n')
  return rows.map((row) => {
    const [, form = '', , members = ''] = row.split('|')
    // What is said behind the list is no name of a member.
    const [list = ''] = members.split(';')
    return { form: form.trim(), members: [...list.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name) }
  })
}

/** A place's names without the numbers of elements. */
export const namesOf = (path: Path): readonly string[] => path.filter((step): step is string => typeof step === 'string')

/** The one form that the document has for a place: that of the longest name that fits. */
export function formOf(forms: readonly DocumentedForm[], path: Path): string {
  const names = `/${namesOf(path).join('/')}`
  const fits = forms.flatMap(({ form, members }) =>
    members.flatMap((member) => (names.endsWith(`/${member}`) ? [{ form, length: member.split('/').length }] : [])),
  )
  const longest = Math.max(0, ...fits.map(({ length }) => length))
  const [first, ...more] = fits.filter(({ length }) => length === longest)
  if (first === undefined || more.length > 0) throw new Error(`the document has ${fits.length} forms for ${names}`)
  return first.form
}

const hexes = (bytes: number): readonly Loose[] => ['0'.repeat(2 * bytes + 1), 'A'.repeat(2 * bytes)]
const integers = (least: number): readonly Loose[] => [least - 1, `${least}`, null]

/** How many bytes a key has follows from what stands beside it. */
function keyBytes(value: Loose, path: Path): number {
  const beside = (name: string): Loose | undefined => valueAt(value, [...path.slice(0, -1), name])
  return beside('algorithm') === 'bls12381-g2' || path.includes('beacons') ? 96 : 32
}

/** Values that are not of the form of a place, each beside one that is. */
export function misfitsOf(form: string, value: Loose, path: Path): readonly Loose[] {
  switch (form) {
    case '32 bytes':
      return hexes(32)
    case 'public key':
      return hexes(keyBytes(value, path))
    case 'signature':
      return hexes(path.includes('beacons') ? 48 : 64)
    case 'id':
      return ['', '-a', 'a.b', 'a'.repeat(97), null]
    case 'region code':
      return ['030300', '23030', '2303000', 230300]
    case 'instant':
      return ['2026-02-30T00:00:00.000Z', '2026-03-02T01:05:00Z', '2026-03-02T23:59:60.000Z', '2026-03-02T24:00:00.000Z', 0]
    case 'text':
      return path.at(-1) === 'reason' && valueAt(value, [...path.slice(0, -1), 'type']) === 'dual-random/void/v1' ? [0] : ['', null]
    case 'truth':
      return [0, 'true', null]
    case 'one of several':
      return ['x', '', null]
    case 'integer from 0':
      return integers(0)
    case 'integer from 1':
      return integers(1)
    default:
      throw new Error(`the document has a form that is not tested: ${form}`)
  }
}

/** The outermost values that are of the form, so that only what follows from them is judged. */
export function fitsOf(form: string): readonly Loose[] {
  switch (form) {
    case 'id':
      return ['a'.repeat(96), '0-_']
    case 'region code':
      return ['100000', '999999']
    case 'instant':
      return ['0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z', '2024-02-29T00:00:00.000Z']
    case 'text':
      return ['\n', '省']
    case 'integer from 0':
      return [0, Number.MAX_SAFE_INTEGER]
    case 'integer from 1':
      return [1, Number.MAX_SAFE_INTEGER]
    default:
      return []
  }
}
