/** What the generated code offers of a message type. */
export interface MessageCodec<M> {
  encode(message: M): { finish(): Uint8Array }
  decode(input: Uint8Array): M
  fromJSON(object: unknown): M
  toJSON(message: M): unknown
  fromPartial(object: Partial<M>): M
}

const defaults = new WeakMap<object, Readonly<Record<string, unknown>>>()

function defaultsOf<M extends object>(codec: MessageCodec<M>): Readonly<Record<string, unknown>> {
  let found = defaults.get(codec)
  if (found === undefined) {
    found = codec.fromPartial({}) as Readonly<Record<string, unknown>>
    defaults.set(codec, found)
  }
  return found
}

/** A field that may be absent; or one that may be where another is there in its place. */
export type OptionalField<M extends object> =
  | (keyof M & string)
  | { readonly field: keyof M & string; readonly insteadOf: keyof M & string }

/**
 * The fields of a decoded message that are missing, as JSON pointers: an empty text, an absent message or instant, an enum that is
 * unspecified or unknown to this build. Proto3 cannot mark a field required; `optional` names those that may be absent.
 */
export function missingFields<M extends object>(codec: MessageCodec<M>, message: M, optional: readonly OptionalField<M>[] = []): string[] {
  const mayBeAbsent = absentFields(message, optional)
  const missing: string[] = []
  for (const [name, byDefault] of Object.entries(defaultsOf(codec))) {
    if (mayBeAbsent.has(name)) continue
    const value = (message as Readonly<Record<string, unknown>>)[name]
    if (value === undefined || value === '' || isUnknownEnum(byDefault, value)) missing.push(`/${name}`)
  }
  return [...missing, ...unknownEnumsInside(message, '')].filter((pointer, index, all) => all.indexOf(pointer) === index)
}

/** Of a field and the one that stands in its place, either may be absent, not both: the first is named then. */
function absentFields<M extends object>(message: M, optional: readonly OptionalField<M>[]): ReadonlySet<string> {
  const absent = new Set<string>()
  for (const each of optional) {
    if (typeof each === 'string') absent.add(each)
    else {
      absent.add(each.field)
      if (message[each.field] !== undefined) absent.add(each.insteadOf)
    }
  }
  return absent
}

const isUnknownEnum = (byDefault: unknown, value: unknown): boolean =>
  typeof byDefault === 'string' && byDefault.endsWith('_UNSPECIFIED') && (value === byDefault || value === 'UNRECOGNIZED')

function unknownEnumsInside(value: unknown, pointer: string): string[] {
  if (value === 'UNRECOGNIZED') return [pointer]
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  return Object.entries(value).flatMap(([name, member]) => unknownEnumsInside(member, `${pointer}/${name}`))
}
