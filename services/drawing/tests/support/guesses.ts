import { fromHex, type TlvItem, tlv, toHex, utf8 } from '@dual-random/kernel'
import { digest, hmac } from '@dual-random/kernel/hash'

const hashes = ['sha256', 'sm3'] as const

/** Ids are cut; whoever looks for the beginning finds the whole too. */
const hexLength = 32
const base64Length = 20

/** The forms of the protocol (§4, §12) and of inspection's ids, with a public value where the secret one stands. */
const protocolForms = (value: Uint8Array, code: string, unitIds: readonly string[]): readonly (readonly TlvItem[])[] => [
  [value, code],
  [code, value],
  ...(['object', 'inspector'] as const).flatMap((kind) => [
    ['leaf', kind, value, value, code],
    ['salt', kind, value, code],
  ]),
  ['drawn', value, value, code],
  ['drawn', value, code],
  ...unitIds.map((unitId) => ['task', value, code, unitId]),
  ['visit', value, code],
]

/** The code itself, as it could be written. */
export function plainForms(code: string): readonly string[] {
  const bytes = utf8(code)
  const texts = [code, code.toLowerCase(), toHex(bytes), Buffer.from(bytes).toString('base64'), Buffer.from(bytes).toString('base64url')]
  return [...new Set(texts.map((text) => text.replace(/=+$/, '')))]
}

/** The beginnings, in hex and base64, of all that somebody who knows a code and every public value could compute of them. */
export function guesses(code: string, publicValues: readonly string[], unitIds: readonly string[]): readonly string[] {
  const plain = utf8(code)
  const found = new Set<string>()
  const add = (bytes: Uint8Array): void => {
    found.add(toHex(bytes).slice(0, hexLength))
    found.add(Buffer.from(bytes).toString('base64').slice(0, base64Length))
  }
  for (const name of hashes) {
    add(digest(name, plain))
    add(digest(name, tlv(code)))
    for (const value of publicValues) {
      const raw: readonly Uint8Array[] = /^[0-9a-f]{64}$/.test(value) ? [utf8(value), fromHex(value) ?? new Uint8Array(0)] : [utf8(value)]
      for (const bytes of raw) {
        add(digest(name, Buffer.concat([bytes, plain])))
        add(digest(name, Buffer.concat([plain, bytes])))
        add(hmac(name, bytes, plain))
        for (const parts of protocolForms(bytes, code, unitIds)) {
          add(digest(name, tlv(...parts)))
          add(hmac(name, bytes, tlv(...parts)))
        }
      }
    }
  }
  return [...found]
}

/** A text in which many guesses are looked for: every stretch of it that is as long as a guess of its alphabet. */
export class SearchedText {
  readonly text: string
  readonly #stretches = new Set<string>()

  constructor(text: string) {
    this.text = text
    this.#take(/[0-9a-f]{32,}/g, hexLength)
    this.#take(/[A-Za-z0-9+/]{20,}/g, base64Length)
  }

  /** Whether it has the code in any way that could be guessed. */
  tells(code: string, guessed: readonly string[]): boolean {
    return plainForms(code).some((form) => this.text.includes(form)) || guessed.some((guess) => this.#stretches.has(guess))
  }

  #take(runs: RegExp, length: number): void {
    for (const [run] of this.text.matchAll(runs))
      for (let start = 0; start + length <= run.length; start++) this.#stretches.add(run.slice(start, start + length))
  }
}
