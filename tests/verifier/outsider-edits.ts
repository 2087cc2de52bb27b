import type { DemoFiles } from '@dual-random/verify/testing'
import type { Chance } from './chance.ts'

/** What an outsider can change on its way to the reader; keys file and checkpoints come from elsewhere, or say nothing of the draw. */
export const editedParts = ['transcript', 'commitment', 'roster', 'log'] as const
export type EditedPart = (typeof editedParts)[number]

export interface OutsiderEdit {
  readonly part: EditedPart
  readonly text: string
}

/** Another character of the same kind, so that the change gets past the parser where it can. */
export function otherCharacter(character: string): string {
  if (/[0-8a-eg-yA-Y]/.test(character)) return String.fromCharCode(character.charCodeAt(0) + 1)
  return ({ '9': '8', f: 'e', z: 'y', Z: 'Y', '\n': ' ', '"': "'" } as Record<string, string>)[character] ?? 'x'
}

const splice = (text: string, at: number, length: number, by: string): string => text.slice(0, at) + by + text.slice(at + length)

/** Puts one of all values of a kind (digests, numbers, texts) where another one stands. */
function valueSwapped(text: string, chance: Chance, kind: RegExp): string {
  const values = [...text.matchAll(kind)]
  if (values.length < 2) return text
  const [at, by] = [chance.pick(values), chance.pick(values)]
  return splice(text, at.index, at[0].length, by[0])
}

function linesChanged(text: string, chance: Chance): string {
  const lines = text.split('\n').slice(0, -1)
  const [from, to] = [chance.below(lines.length), chance.below(lines.length)]
  const line = lines[from] ?? ''
  const changed = chance.pick([
    () => lines.toSpliced(from, 1),
    () => lines.toSpliced(to, 0, line),
    () => lines.toSpliced(from, 1).toSpliced(to, 0, line),
    () => lines.toSpliced(from, 1, chance.pick(lines)),
  ])()
  return changed.map((one) => `${one}\n`).join('')
}

const ways: readonly ((text: string, chance: Chance) => string)[] = [
  (text, chance) => {
    const at = chance.below(text.length)
    return splice(text, at, 1, otherCharacter(text[at] ?? ''))
  },
  (text, chance) => splice(text, chance.below(text.length), 1, chance.pick('0a"{}[],: \n\\é\u0000\uFEFF'.split(''))),
  (text, chance) => splice(text, chance.below(text.length), 1 + chance.below(4), ''),
  (text, chance) => splice(text, chance.below(text.length + 1), 0, chance.pick(['0', 'a', ' ', '\n', '"', ',', '-', '.0', 'null', '{}'])),
  (text, chance) => valueSwapped(text, chance, /"[0-9a-f]{64}"/g),
  (text, chance) => valueSwapped(text, chance, /(?<=:)\d+(?=[,}])/g),
  (text, chance) => valueSwapped(text, chance, /"[A-Za-z][A-Za-z0-9/_-]*"(?=[,}:\]])/g),
  (text, chance) => valueSwapped(text, chance, /(?<=:)(?:true|false|null|\d+|"[^"]*")(?=[,}])/g),
  (text, chance) => (text.endsWith('\n') ? linesChanged(text, chance) : text.slice(0, chance.below(text.length))),
]

/** `receivedAt` in the log is its keeper's word: nothing recomputes it, and nothing depends on it (docs/draw-protocol.md §7). */
const recomputed = (part: EditedPart, text: string): string =>
  part === 'log' ? text.replaceAll(/(?<="receivedAt":")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?=Z")/g, '') : text

/** A change by chance to a file of a redraw's family or of another city, in what the draw rests on: not in who signed a transcript, which its own run judges. */
export function familyEdit(family: Readonly<Record<string, string>>, names: readonly string[], chance: Chance) {
  for (;;) {
    const name = chance.pick(names)
    const text = family[name] ?? ''
    const changed = chance.pick(ways)(text, chance)
    const signed = name.startsWith('transcript-') ? text.slice(0, text.indexOf('"transcript":')) : ''
    const part = name.startsWith('region-log-') ? 'log' : 'roster'
    if (recomputed(part, changed) !== recomputed(part, text) && changed.startsWith(signed)) return { name, text: changed }
  }
}

/** A change by chance to one file of a bundle, in something that is recomputed or signed. */
export function outsiderEdit(files: Pick<DemoFiles, EditedPart>, chance: Chance): OutsiderEdit {
  for (;;) {
    const part = chance.pick(editedParts)
    const text = chance.pick(ways)(files[part], chance)
    if (recomputed(part, text) !== recomputed(part, files[part])) return { part, text }
  }
}
