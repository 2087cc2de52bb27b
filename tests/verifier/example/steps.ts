import { ed25519Verify } from '@dual-random/beacon'
import { algorithm, type RankContext, type SignatureKind, type SignatureRecord, signatureInput, type Ticketed } from '@dual-random/draw'
import { canonicalJson, concatBytes, fromHex, type TlvItem, tlv, toHex, utf8 } from '@dual-random/kernel'
import type { PlayedExample } from './played.ts'

/** What the annex says: words, a value with its name, or a block to look at. Values alone are said of the second hash. */
export type Step =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'value'; readonly name: string; readonly is: string }
  | { readonly kind: 'block'; readonly text: string }

export interface Section {
  readonly title: string
  readonly steps: readonly Step[]
}

export const words = (text: string): Step => ({ kind: 'words', text })
export const block = (...lines: readonly string[]): Step => ({ kind: 'block', text: lines.join('\n') })

/** A value; `stands` is what the files of the example have in its place, where they have it. */
export function value(name: string, is: string, stands: string = is): Step {
  if (is !== stands) throw new Error(`${name}: computed ${is}, but the file has ${stands}`)
  return { kind: 'value', name, is }
}

/** The bytes of lower-case hex. */
export function bytes(hex: string): Uint8Array {
  const found = fromHex(hex)
  if (found === undefined) throw new Error(`no hex: ${hex}`)
  return found
}

const isList = (item: TlvItem): item is readonly TlvItem[] => Array.isArray(item)

function noteOf(item: TlvItem): string {
  if (typeof item === 'string') return `  ; "${item}"`
  return typeof item === 'number' ? `  ; ${item}` : ''
}

/** A TLV cut into its items: length and bytes of each, the items of a list below its length. */
function itemLines(items: readonly TlvItem[], indent: string): readonly string[] {
  return items.flatMap((item) => {
    const hex = toHex(tlv(item))
    if (isList(item)) return [`${indent}${hex.slice(0, 8)}${item.length === 0 ? '  ; []' : ''}`, ...itemLines(item, `${indent}  `)]
    return [`${indent}${[hex.slice(0, 8), hex.slice(8)].join(' ').trimEnd()}${noteOf(item)}`]
  })
}

/** The same as a block, under what it is called; what the lines have is checked against the TLV itself. */
export function tlvBlock(name: string, items: readonly TlvItem[]): Step {
  const lines = itemLines(items, '  ')
  const written = lines.map((line) => line.replace(/;.*$/, '').replaceAll(' ', '')).join('')
  if (written !== toHex(tlv(...items))) throw new Error(`${name} is not shown whole`)
  return block(`${name} =`, ...lines)
}

const widest = 160

/** A text that is one line, broken behind commas to be read. */
export function brokenText(text: string): string {
  const lines: string[] = []
  let line = ''
  for (const part of text.split(/(?<=,)(?=["{[])/)) {
    if (line !== '' && line.length + part.length > widest) {
      lines.push(line)
      line = ''
    }
    line += part
  }
  return [...lines, line].join('\n')
}

/** H and HMAC of the example's hash, in hex. */
export const hashing = ({ hash }: PlayedExample) => ({
  ofTlv: (...items: readonly TlvItem[]): string => toHex(hash.digest(tlv(...items))),
  ofText: (text: string): string => toHex(hash.digest(utf8(text))),
  ofBytes: (...parts: readonly Uint8Array[]): string => toHex(hash.digest(concatBytes(parts))),
  hmac: (key: Uint8Array, message: Uint8Array): string => {
    const block64 = new Uint8Array(64)
    block64.set(key)
    const inner = hash.digest(concatBytes([block64.map((byte) => byte ^ 0x36), message]))
    return toHex(hash.digest(concatBytes([block64.map((byte) => byte ^ 0x5c), inner])))
  },
})

/** The tickets of the labels in a context (§9), in the order given, and the labels in the order of their tickets. */
export function rankedSteps(
  one: PlayedExample,
  context: RankContext,
  labels: readonly string[],
): { readonly steps: readonly Step[]; readonly order: readonly Ticketed[] } {
  const { hmac } = hashing(one)
  const c = canonicalJson(context)
  const code = hmac(bytes(one.transcript.transcript.seed), utf8(c))
  const prk = hmac(bytes(code), utf8(algorithm))
  const tickets = labels.map((label) => ({ label, ticket: hmac(bytes(prk), concatBytes([utf8(label), Uint8Array.of(1)])) }))
  return {
    steps: [value(`code ${c}`, code), value(`PRK ${c}`, prk), ...tickets.map(({ label, ticket }) => value(`ticket ${label}`, ticket))],
    order: tickets.toSorted((a, b) => (a.ticket + a.label < b.ticket + b.label ? -1 : 1)),
  }
}

/** What is signed, cut into its items, and the signature, which is verified. */
export function signatureSteps(
  name: string,
  [kind, regionCode, drawId, digest]: readonly [SignatureKind, string, string | null, string],
  publicKey: string,
  { signature }: Pick<SignatureRecord, 'signature'>,
): readonly Step[] {
  const items = ['dual-random/sig/v1', kind, regionCode, drawId === null ? '' : bytes(drawId), bytes(digest)] as const
  const input = tlv(...items)
  if (toHex(input) !== toHex(signatureInput(kind, regionCode, drawId, digest))) throw new Error(`${name}: another signature input`)
  if (!ed25519Verify(publicKey, input, bytes(signature))) throw new Error(`${name}: the signature does not verify`)
  return [
    tlvBlock(`signature input of ${name}`, items),
    value(`public key of ${name}`, publicKey),
    value(`signature of ${name}`, signature),
  ]
}
