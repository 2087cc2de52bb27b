import { signedInRoles } from '@dual-random/auth'
import { invalidRequest, violation } from '@dual-random/errors'
import { type Instant, type LocalDate, parseInstant, parseLocalDate, parseRegionCode, type RegionCode } from '@dual-random/kernel'

export const malformed = (field: string, value: string, expected: string) =>
  invalidRequest([violation(`/${field}`, 'malformed-value', { value: value.slice(0, 80), expected })])

export function regionField(field: string, text: string): RegionCode {
  const region = parseRegionCode(text)
  if (region === undefined) throw malformed(field, text, 'GB/T 2260')
  return region
}

export function dateField(field: string, text: string): LocalDate {
  const date = parseLocalDate(text)
  if (date === undefined) throw malformed(field, text, 'YYYY-MM-DD')
  return date
}

/** A protobuf timestamp as the generated code gives it. */
export function instantField(field: string, text: string | undefined): Instant {
  const instant = parseInstant(text ?? '')
  if (instant === undefined) throw malformed(field, text ?? '', 'google.protobuf.Timestamp')
  return instant
}

/** Two instants, of which the second is not before the first. */
export function periodFields(request: { readonly from: string | undefined; readonly to: string | undefined }) {
  const [from, to] = [instantField('from', request.from), instantField('to', request.to)]
  if (to < from) throw malformed('to', to, `≥ ${from}`)
  return { from, to }
}

/** A draw id goes into hashed bytes: 32 bytes of lower-case hex. */
export function drawIdField(text: string): string {
  if (!/^[0-9a-f]{64}$/.test(text)) throw malformed('drawId', text, '[0-9a-f]{64}')
  return text
}

/** The city whose part of a draw is asked for; undefined for the organiser's. */
export const partField = (text: string | undefined): RegionCode | undefined =>
  text === undefined ? undefined : regionField('regionCode', text)

/** A plan id as planning makes them; it only names what is kept. */
export function planIdField(text: string): string {
  if (!/^[\w-]{1,128}$/.test(text)) throw malformed('planId', text, '[A-Za-z0-9_-]')
  return text
}

export const anyoneSignedIn = signedInRoles
