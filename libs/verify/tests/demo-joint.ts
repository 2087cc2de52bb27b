import { committedBeacon, type DrawChain, signPulse } from '@dual-random/beacon'
import {
  buildCommitment,
  buildSnapshot,
  buildTranscript,
  type Commitment,
  commitmentDigest,
  commitmentText,
  type DrawPart,
  deriveDrawId,
  deriveSeed,
  drawnDigest,
  drawnSalt,
  drawObjects,
  evenBatches,
  type HashName,
  hexDigest,
  type LogGenesis,
  type LogKind,
  labelBlinder,
  logProof,
  logText,
  matchInputText,
  matchInspectors,
  matchRecordText,
  type ObjectOpening,
  objectOpener,
  type PublicOpening,
  publicExclusionCounts,
  publicOpeningsText,
  rosterText,
  roundOf,
  type StratumRule,
  signSnapshot,
  signTranscript,
  snapshotDigest,
  stratumOfPart,
  type Transcript,
  tipOf,
  transcriptDigest,
  transcriptText,
} from '@dual-random/draw'
import type { NamedFile } from '@dual-random/draw/forms'
import { addMs, type Json, utf8 } from '@dual-random/kernel'
import { checkpointsText, keysFileText } from '@dual-random/witness'
import { appender, genesisRecord } from './demo-log.ts'
import { type DemoMember, type DemoPrivate, exclusionsTextOf, frozenPool, objectsTextOf, type Pool } from './demo-pool.ts'
import { beaconSecretOf, type City, chainsFor, cityOf, hex, organiser, superior, unit } from './parties.ts'
import { type Extra, hashNamed, must, plainCommittedAt, type Stage } from './play-draw.ts'
import { type Checkpoint, cosignedCheckpoint, keysOf, seenAt } from './witness-files.ts'

/** What a test may want otherwise than the plain draw of several cities. */
export interface JointOptions {
  readonly hash?: HashName
  /** The cities beside the organiser's; two by default. */
  readonly others?: readonly string[]
  readonly merged?: boolean
  /** By city, the organiser's first. */
  readonly objects?: readonly number[]
  readonly publicOpening?: PublicOpening
  readonly withReveal?: boolean
  readonly attempt?: number
  readonly chains?: readonly DrawChain[]
  /** Who runs the first beacon. */
  readonly operator?: string
  /** The first city after the organiser's has an object of the organiser's too. */
  readonly cloned?: boolean
  /** The cities whose objects a city's bureau matches; its own by default. */
  readonly delegated?: (regionCode: string) => readonly string[]
  /** A cheating organiser's last word on S, after which everything else is done by the rules and signed. */
  readonly onCommitment?: (commitment: Commitment) => Commitment
  readonly onTranscript?: (transcript: Transcript) => Transcript
  /** A cheating registry's on its mapped set. */
  readonly onMembers?: (members: readonly DemoMember[], regionCode: string, drawId: string) => readonly DemoMember[]
  readonly onGenesis?: (genesis: LogGenesis) => LogGenesis
  /** Entries in one city's log, after every entry of a kind. */
  readonly extra?: (regionCode: string, after: LogKind | 'keys', drawId: string) => readonly Extra[]
  /** What the witnesses of one city saw: checkpoints over the keys, commitment, last reveal, transcript and end of its log. */
  readonly onCheckpoints?: (regionCode: string, checkpoints: readonly Checkpoint[]) => readonly Checkpoint[]
}

/** The organiser's files as of any draw, the other cities' by their names, and everybody's pinned keys. */
export interface JointFiles {
  readonly drawId: string
  readonly transcript: string
  readonly commitment: string
  readonly roster: string
  readonly openings: string
  readonly log: string
  readonly checkpoints: string
  readonly keys: string
  readonly family: Readonly<Record<string, string>>
  readonly jointKeys: Readonly<Record<string, string>>
  readonly ownOpenings: (regionCode: string) => readonly ObjectOpening[]
  readonly drawnIds: readonly string[]
  readonly pools: ReadonlyMap<string, Pool>
  /** Every city's log, in which redraws may follow, by its code. */
  readonly stages: ReadonlyMap<string, Stage>
  /** What the auditor may read: of each city by its code, of each unit by its id, and the match record. */
  readonly private: {
    readonly cities: ReadonlyMap<string, Pick<DemoPrivate, 'key' | 'objects' | 'exclusions'>>
    readonly matchInputs: ReadonlyMap<string, NamedFile>
    readonly match: NamedFile
  }
}

const subject = { kind: 'plan-line', planId: 'plan-2026', lineId: 'line-joint' } as const
const dayMs = 86_400_000
const share: StratumRule = {
  kind: 'ratio',
  ratio: { numerator: 1, denominator: 7 },
  batchShare: { numerator: 1, denominator: 1 },
  base: 'mapped',
  rounding: 'up',
}

/** Plays the registries, logs and witnesses of several cities through one draw. */
export function demoJoint(options: JointOptions = {}): JointFiles {
  const { hash: name = 'sha256', others = ['230400', '230600'], merged = false, attempt = 1, publicOpening = 'drawn-set' } = options
  const hash = hashNamed(name)
  const cities = [organiser, ...others.map(cityOf)]
  const drawId = deriveDrawId(hash, { regionCode: organiser.regionCode, subject, batch: 1, attempt })
  const played = cities.map((city, index) => {
    const { regionCode } = city
    const onMembers = (members: readonly DemoMember[]) => options.onMembers?.(members, regionCode, drawId) ?? members
    const pool = frozenPool(hash, drawId, {
      city: regionCode,
      cloned: options.cloned === true && index === 1,
      objects: options.objects?.[index] ?? 20 + 5 * index,
      onMembers,
    })
    const genesis = options.onGenesis?.(genesisRecord(name, false, city)) ?? genesisRecord(name, false, city)
    return { city, pool, part: partOf(city, pool), genesis, ...appender(hash, genesis, plainCommittedAt, city) }
  })
  const inputs = played.map(({ city: { regionCode }, pool }) => {
    const of = options.delegated?.(regionCode) ?? [regionCode]
    const objects = played.flatMap((one) => (of.includes(one.city.regionCode) ? one.pool.matchInput.objects : []))
    return { ...pool.matchInput, unitId: `bureau-${regionCode}`, cities: { own: regionCode, of }, objects }
  })
  const [own, ...rest] = played
  if (own === undefined) throw new Error('no city')
  const secrets =
    options.withReveal === true ? [unit, superior].map(({ unitId }) => ({ unitId, secret: hex('reveal', `${drawId} ${unitId}`) })) : []
  const built = must(
    buildCommitment(hash, {
      regionCode: organiser.regionCode,
      subject,
      batch: 1,
      attempt,
      organiserUnitId: 'bureau-230300',
      committedAt: plainCommittedAt,
      delaySeconds: 1800,
      marginSeconds: 600,
      revealWindowSeconds: secrets.length === 0 ? 0 : 600,
      ...own.part,
      joint: { merged, parts: rest.map(({ part }) => part) },
      policyDigest: hex('digest', 'policy'),
      subjectDigest: hex('digest', 'line'),
      rules: Object.fromEntries(
        ['A', 'B', 'D']
          .flatMap((stratum) => [stratum, ...cities.map(({ regionCode }) => `${regionCode}/${stratum}`)])
          .map((one) => [one, share]),
      ),
      batchSizes: (total) => evenBatches(total, 2),
      matchInputs: inputs.map((input) => ({ unitId: input.unitId, digest: hexDigest(hash, utf8(matchInputText(input))) })),
      beacons: (options.chains ?? chainsFor(options)).map((chain) => committedBeacon(chain, plainCommittedAt, 1800)),
      tips: secrets.map((reveal) => ({ unitId: reveal.unitId, tip: tipOf(hash, drawId, reveal) })),
      publicOpening,
    }),
  )
  const commitment = options.onCommitment?.(built) ?? built
  const committed = commitmentDigest(hash, commitment)
  const digestOf = (regionCode: string): string => {
    const parts = [commitment, ...(commitment.joint?.parts ?? [])]
    return snapshotDigest(hash, (parts.find(({ snapshot }) => snapshot.regionCode === regionCode) ?? commitment).snapshot)
  }

  const logs = played.map(({ city, pool, genesis, lines, append, head }) => {
    const isOwn = city === organiser
    const put = (kind: LogKind, of: Json, by: Extra['by']) => {
      const entry = append({ kind, drawId, of, by })
      for (const extra of options.extra?.(city.regionCode, kind, drawId) ?? []) append(extra)
      return entry
    }
    enterKeys(append)
    const keysSeq = lines.length - 1
    for (const extra of options.extra?.(city.regionCode, 'keys', drawId) ?? []) append(extra)
    const reveals = isOwn ? secrets : []
    const signerOf = (unitId: string) => (unitId === unit.unitId ? unit : superior)
    for (const { unitId, secret } of reveals)
      put('tip', { type: 'dual-random/tip/v1', drawId, unitId, tip: tipOf(hash, drawId, { unitId, secret }) }, signerOf(unitId))
    const frozen = put('snapshot', digestOf(city.regionCode), city.registry)
    const third = put('commitment', committed, city.drawing)
    for (const { unitId, secret } of reveals)
      put('reveal', { type: 'dual-random/reveal/v1', drawId, unitId, commitment: committed, secret }, signerOf(unitId))
    const proof = { genesis, entries: [logProof(frozen, head(frozen)), logProof(third, head(third))] }
    return { city, pool, lines, append, head, put, proof, keysSeq, committedSeq: third.seq, revealedSeq: lines.length - 1 }
  })

  const beacons = commitment.beacons.map((named) => ({ ...signPulse(beaconSecretOf(named), roundOf(named)), source: named.source }))
  // Not by `runDraw`, which refuses what a cheating organiser's S makes of it.
  const whole = played.flatMap(({ city: { regionCode }, pool }) =>
    pool.roster.map((entry) => ({ ...entry, stratum: stratumOfPart(built.joint, regionCode, entry.stratum) })),
  )
  const seed = deriveSeed(hash, committed, beacons, secrets)
  const drawn = { seed, ...drawObjects(hash, seed, whole, commitment.strata, commitment.batchSizes) }
  const isFull = publicOpening === 'full'
  const owners = drawn.batches.flat().flatMap((label) => {
    const owner = played.find(({ pool }) => pool.ids.has(label))
    return owner === undefined ? [] : [{ city: owner.city, pool: owner.pool, id: owner.pool.ids.get(label)?.id ?? '' }]
  })
  const drawnSet = isFull ? [] : owners.map(({ pool, id }) => drawnDigest(hash, drawId, drawnSalt(hash, pool.key, drawId, id), id))
  const [ownLog, ...otherLogs] = logs
  if (ownLog === undefined) throw new Error('no city')
  const plain = buildTranscript(hash, {
    commitment,
    beacons,
    reveals: secrets,
    drawn,
    drawnSet,
    ...ownLog.proof,
    joint: otherLogs.map(({ proof }) => proof),
  })
  const transcript = options.onTranscript?.(plain) ?? plain

  const regionOf = (label: string): string | undefined => played.find(({ pool }) => pool.ids.has(label))?.city.regionCode
  const match = matchRecordText({
    type: 'dual-random/match/v1',
    drawId,
    transcriptDigest: transcriptDigest(hash, transcript),
    nonce: hex('nonce', 'match'),
    matches: matchInspectors(hash, seed, drawn.strata, inputs, regionOf),
  })
  const files = logs.map(({ city, pool, lines, append, head, put, keysSeq, committedSeq, revealedSeq, proof }) => {
    const last = put('transcript', transcriptDigest(hash, transcript), city.drawing)
    if (city === organiser) put('match', hexDigest(hash, utf8(match)), city.drawing)
    const over = [...new Set([committedSeq, revealedSeq, last.seq, lines.length - 1])]
    const draws = [{ committedAt: plainCommittedAt, over, drawn: last.seq }]
    const honest = over.map((seq, index) => ({
      seq,
      seen: seenAt(addMs(plainCommittedAt, 60_000 * (index + 1) + (seq < last.seq ? 0 : 1_800_000))),
    }))
    const long = { seq: keysSeq, seen: seenAt(addMs(plainCommittedAt, -31 * dayMs - 2000)) }
    const checkpoints = options.onCheckpoints?.(city.regionCode, [long, ...honest]) ?? [long, ...honest]
    const blind = labelBlinder(hash, pool.key, 'object', drawId)
    const opened = owners
      .filter((owner) => owner.city === city)
      .slice(0, 3)
      .map(({ id }) => ({ id, salt: isFull ? blind(id).salt : drawnSalt(hash, pool.key, drawId, id) }))
    return {
      city,
      stage: { genesis: proof.genesis, lines, append, head, draws },
      roster: rosterText(pool.roster),
      openings: publicOpeningsText(opened),
      log: logText(proof.genesis, lines),
      checkpoints: checkpointsText(checkpoints.map((one) => cosignedCheckpoint(hash, lines, one, city))),
      keys: keysFileText(keysOf(hash, proof.genesis)),
    }
  })
  const [first, ...further] = files
  if (first === undefined) throw new Error('no city')
  return {
    ...first,
    drawId,
    transcript: transcriptText(signTranscript(hash, transcript, organiser.drawing)),
    commitment: commitmentText(commitment),
    family: Object.fromEntries(
      further.flatMap(({ city: { regionCode }, ...texts }) => [
        [`rosters/${drawId}-${regionCode}.ndjson`, texts.roster],
        [`openings/${drawId}-${regionCode}.ndjson`, texts.openings],
        [`region-log-${regionCode}.ndjson`, texts.log],
        [`checkpoints-${regionCode}.ndjson`, texts.checkpoints],
      ]),
    ),
    jointKeys: Object.fromEntries(further.map(({ city, keys }) => [`keys-${city.regionCode}.json`, keys])),
    ownOpenings: (regionCode) => {
      const pool = played.find(({ city }) => city.regionCode === regionCode)?.pool
      if (pool === undefined) return []
      const open = objectOpener(hash, drawId, pool.roster, regionCode)
      const blind = labelBlinder(hash, pool.key, 'object', drawId)
      return [...pool.ids.values()].flatMap(({ id }) => open(blind(id)) ?? [])
    },
    drawnIds: owners.map(({ id }) => id),
    stages: new Map(files.map(({ city, stage }) => [city.regionCode, stage])),
    pools: new Map(played.map(({ city, pool }) => [city.regionCode, pool])),
    private: {
      cities: new Map(
        played.map(({ city: { regionCode }, pool }) => [
          regionCode,
          {
            key: pool.key,
            objects: { name: `objects-${regionCode}.ndjson`, bytes: utf8(objectsTextOf(pool)) },
            exclusions: { name: `exclusions-${regionCode}.ndjson`, bytes: utf8(exclusionsTextOf(pool)) },
          },
        ]),
      ),
      matchInputs: new Map(
        inputs.map((input) => [input.unitId, { name: `match-inputs/${input.unitId}.ndjson`, bytes: utf8(matchInputText(input)) }]),
      ),
      match: { name: 'match.json', bytes: utf8(match) },
    },
  }

  function partOf({ regionCode, registry }: City, pool: Pool): DrawPart {
    const excluded = pool.roster.filter((entry) => entry.excluded)
    const snapshot = must(
      buildSnapshot(hash, {
        regionCode,
        drawId,
        asOf: addMs(plainCommittedAt, -300_000),
        creditLoadDigest: hex('load', `credit ${regionCode}`),
        registrationLoadDigest: hex('load', `registration ${regionCode}`),
        entries: pool.roster,
        exclusionCounts: publicExclusionCounts(
          excluded.map(() => 'REPEAT_BAR'),
          { publicGround: {}, smallestCell: 3 },
        ),
        privateObjects: objectsTextOf(pool),
        privateExclusions: exclusionsTextOf(pool),
        key: pool.key,
      }),
    )
    return { snapshot, snapshotSignature: signSnapshot(hash, snapshot, registry), witnesses: { count: 4, quorum: 3 } }
  }

  /** What every city's superior admits to its log long before: a unit, and the beacons' keys. */
  function enterKeys(append: (entry: Extra) => unknown): void {
    const chains = (options.chains ?? chainsFor(options)).filter(({ kind }) => kind === 'region')
    const admitted = [
      { keyId: unit.keyId, role: 'unit', algorithm: 'ed25519', publicKey: unit.publicKey, unitId: unit.unitId },
      ...chains.map(({ source, publicKey }, index) => {
        const of = source.split('/')[1] ?? ''
        const unitId = index === 0 ? (options.operator ?? `bureau-${of}`) : `bureau-${of}`
        return { keyId: `beacon-of-${of}`, role: 'beacon', algorithm: 'bls12381-g2', publicKey, unitId }
      }),
    ]
    for (const key of admitted) append({ kind: 'key', drawId: null, of: { type: 'dual-random/key/v1', ...key }, by: superior })
  }
}
