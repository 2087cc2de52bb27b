import { type HashName, roundOf } from '@dual-random/draw'
import { ed25519Verify, plainHash } from '@dual-random/draw/browser'
import type { NamedFile } from '@dual-random/draw/forms'
import {
  auditWords,
  type BundleFiles,
  failureWords,
  faultWords,
  type LabelProof,
  type Missing,
  type MissingElsewhere,
  missingFamilyFileWords,
  missingRosterWords,
  proofOfLabel,
  regionsOf,
  shortKeyAgeWords,
  shortMarginWords,
  undrawnWords,
  type VerifiedBundle,
  verifyBundle,
  type Words,
} from '@dual-random/verify'
import { type KeysFile, keysFileWords, parseKeysFile } from '@dual-random/witness'

/** The public files of one draw, and the keys files that its reader pinned: `keys-<regionCode>.json`, which come on another way than the rest. */
export interface Bundle extends Omit<BundleFiles, 'family'> {
  /** One of each city where several draw together. */
  readonly keys?: readonly NamedFile[] | undefined
  /** Of a redraw files of the draws before it (§18), of a draw of several cities those of the others (§23), by their names in the protocol. */
  readonly family?: readonly NamedFile[] | undefined
}

export interface VerifyRequest {
  readonly bundle: Bundle
  /** The draw that is asked about, where the page knows it. */
  readonly drawId?: string | undefined
}

/** Where one object stands in a draw, by its own opening. */
export interface OwnPlace extends LabelProof {
  readonly id: string
  /** Hashes from its leaf to the root. */
  readonly steps: number
}

/** What was recomputed and found alike. */
export interface Findings {
  readonly beacons: readonly { readonly source: string; readonly round: number }[]
  readonly drawn: number
  /** Tickets computed: the eligible of all strata. */
  readonly tickets: number
  /** How many of the drawn have been opened; absent without the file. */
  readonly opened?: number
  readonly hasWholeLog: boolean
  readonly own?: OwnPlace
  /** Of a redraw: which one it is, and how many draws before it were read with it. */
  readonly redraw?: { readonly drawId: string; readonly after: number }
  /** Said where the superior declared the draw failed (§24). */
  readonly failure?: Words
  /** Said where the pinned file asks for less than 30 days of beacons' keys (§15). */
  readonly shortKeyAge?: Words
  /** The same of a margin of less than 600 seconds. */
  readonly shortMargin?: Words
  /** Said where draws before this one were committed and never drawn (§19). */
  readonly undrawn: readonly Words[]
  /** Who audited the draw, or that nobody did; absent without the log (§22). */
  readonly audits?: readonly Words[]
}

/**
 * MATCH once a quorum of the pinned witnesses stands behind it, or for a demonstration whose S names none; of a demonstration's log it
 * proves the computation alone. PENDING where all is alike and something is missing, FAILED where all is alike and its superior gave the draw up. REFUSED where the keys file is none, or a redraw lacks a file of its family.
 */
export type PageVerdict =
  | { readonly status: 'MATCH'; readonly demo: boolean; readonly findings: Findings }
  | {
      readonly status: 'PENDING'
      readonly demo: boolean
      readonly missing: readonly Missing[]
      readonly elsewhere: readonly MissingElsewhere[]
      readonly findings: Findings
    }
  | { readonly status: 'FAILED'; readonly demo: boolean; readonly findings: Findings }
  | { readonly status: 'DIFFERENT'; readonly file: string; readonly where: string; readonly reason: Words; readonly isOwnOpening: boolean }
  | { readonly status: 'REFUSED'; readonly reason: Words }

/** Draws again from the public files (docs/draw-protocol.md §13), hashes and signatures in plain JavaScript: `crypto.subtle` is missing over plain HTTP, and has no SM3. */
export function verifyInPage(
  { bundle: { keys = [], family = [], ...files }, drawId }: VerifyRequest,
  onProgress: (share: number) => void,
): PageVerdict {
  const pinned: KeysFile[] = []
  for (const file of keys) {
    const read = parseKeysFile(new TextDecoder().decode(file.bytes))
    if (!read.ok) return { status: 'REFUSED', reason: named(file, keysFileWords(read.error)) }
    pinned.push(read.value)
  }
  // Without the organiser's, one of another region is the difference that it is.
  const { own } = regionsOf(files.commitment)
  const pinnedKeys = pinned.find(({ regionCode }) => regionCode === own) ?? pinned[0]
  const jointKeys = pinned.filter((one) => one !== pinnedKeys)
  const relatives = new Map(family.map(({ name, bytes }) => [name, bytes]))
  const verdict = verifyBundle(
    { ...files, family: (name) => relatives.get(name) },
    { hash: plainHash, verifyEd25519: ed25519Verify, pinnedKeys, jointKeys, drawId, onProgress },
  )
  switch (verdict.status) {
    case 'MATCH':
      return { status: 'MATCH', ...foundIn(verdict.bundle) }
    case 'PENDING':
      return { status: 'PENDING', missing: verdict.missing, elsewhere: verdict.elsewhere, ...foundIn(verdict.bundle) }
    case 'FAILED':
      return { status: 'FAILED', ...foundIn(verdict.bundle) }
    case 'DIFFERENT': {
      const { file, where } = verdict.difference
      const isOwnOpening = file === files.opening?.name
      return { status: 'DIFFERENT', file, where: where === '' ? '/' : where, reason: faultWords(verdict.difference), isOwnOpening }
    }
    case 'REFUSED':
      if (verdict.reason === 'family-file-missing') return { status: 'REFUSED', reason: missingFamilyFileWords(verdict) }
      if (verdict.reason === 'roster-missing') return { status: 'REFUSED', reason: missingRosterWords(verdict) }
      throw new Error('nothing was asked of the demonstration')
    default:
      return verdict satisfies never
  }
}

const named = ({ name }: NamedFile, { zh, en }: Words): Words => ({ zh: `${name} ${zh}`, en: `${name} ${en}` })

function foundIn(bundle: VerifiedBundle): { readonly demo: boolean; readonly findings: Findings } {
  const { transcript: t, commitment: s, openings, wholeLog, failure, shortBeaconKeyAgeSeconds: shortAge, audits } = bundle
  const { shortMarginSeconds: shortMargin, undrawn = [] } = bundle
  const own = ownPlaceIn(bundle, s.hash)
  const findings = {
    beacons: s.beacons.map((beacon) => ({ source: beacon.source, round: roundOf(beacon) })),
    drawn: s.batchSizes.reduce((sum, size) => sum + size, 0),
    tickets: s.strata.reduce((sum, { eligible }) => sum + eligible, 0),
    ...(openings === undefined ? {} : { opened: openings.length }),
    hasWholeLog: wholeLog,
    ...(own === undefined ? {} : { own }),
    ...(s.subject.kind === 'redraw' ? { redraw: { drawId: s.drawId, after: s.subject.after.length } } : {}),
    ...(failure === undefined ? {} : { failure: failureWords(failure) }),
    ...(shortAge === undefined ? {} : { shortKeyAge: shortKeyAgeWords(shortAge) }),
    ...(shortMargin === undefined ? {} : { shortMargin: shortMarginWords(shortMargin) }),
    undrawn: undrawnWords(undrawn),
    ...(audits === undefined ? {} : { audits: auditWords(audits) }),
  }
  return { demo: t.log.genesis.demo, findings }
}

function ownPlaceIn(bundle: VerifiedBundle, hash: HashName): OwnPlace | undefined {
  const { opening } = bundle
  const proof = opening && proofOfLabel(plainHash(hash), bundle, opening.label)
  return proof && { ...proof, id: opening.id, steps: opening.path.length }
}
