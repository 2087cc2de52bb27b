import { once } from 'node:events'
import { createVerifier } from '@dual-random/auth'
import { ed25519Key } from '@dual-random/beacon'
import { redrawPurposes, type UnitKindName, unitKinds } from '@dual-random/contracts'
import {
  type FreezeRedrawRequest,
  type FreezeRosterRequest,
  RegistryServiceService,
  type StaleSource,
} from '@dual-random/contracts/registry'
import {
  type BlindedEntity,
  buildSnapshot,
  type Commitment,
  drawnSalt,
  labelBlinder,
  privateExclusionsText,
  privateObjectsText,
  type RosterEntry,
  redrawExclusion,
  type SignatureRecord,
  type Snapshot,
  signSnapshot,
} from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { createGrpcServer, implement } from '@dual-random/grpc'
import { canonicalJson, type Instant, type RegionCode, regionContains, tlv, utf8 } from '@dual-random/kernel'
import { hmac, sha256 } from '@dual-random/kernel/hash'
import type { Policy } from '@dual-random/policy'
import { cuttableProxy, policyAnswer, startPeer, type TokenIssuer } from '@dual-random/testkit'
import { hex, sha256Hash } from '../fixtures.ts'
import { valueOf } from '../policy.ts'

export interface PoolObject {
  readonly code: string
  readonly grade: string
  readonly specialities?: readonly string[]
  readonly recused?: readonly string[]
  /** Who made its last check, by id. */
  readonly lastInspectors?: readonly string[]
  /** Whose pool it is in; the organiser's where absent. */
  readonly regionCode?: string
}

export interface PoolInspector {
  readonly id: string
  readonly unitId: string
  /** The unit it serves in, where that is not the one that matches it. */
  readonly homeUnitId?: string
  readonly homeKind?: UnitKindName
  readonly specialities?: readonly string[]
  readonly validTo?: string
}

export const registrySeed = sha256(utf8('registry of a test'))

const signer = { keyId: 'registry', sign: ed25519Key(registrySeed).sign }

const signed = (snapshot: Snapshot): string => canonicalJson({ ...signSnapshot(sha256Hash, snapshot, signer), snapshot })

const home = '230300'

/** What a freeze is kept under: of another city's part, by its region too. */
const frozenId = (drawId: string, regionCode: string | undefined): string =>
  regionCode === undefined || regionCode === home ? drawId : `${drawId}-${regionCode}`

interface Frozen {
  readonly request: string
  readonly snapshotJson: string
  readonly roster: readonly RosterEntry[]
  readonly key: Uint8Array
  readonly privateObjects: string
  readonly objects: ReadonlyMap<string, PoolObject>
  readonly inspectors: readonly (BlindedEntity & { readonly inspector: PoolInspector })[]
}

/** The registry's side of the protocol by libs/draw over a small pool, on a real socket. */
export class RegistryPeer {
  objects: readonly PoolObject[] = []
  inspectors: readonly PoolInspector[] = []
  policy: Policy
  /** What every freeze tells of. */
  staleSources: readonly StaleSource[] = []
  /** Codes of objects that have left the pool since they were frozen. */
  readonly gone = new Set<string>()
  readonly redraws: FreezeRedrawRequest[] = []
  /** Thrown by the next freeze. */
  refusal: Error | undefined
  readonly freezes: FreezeRosterRequest[] = []
  readonly callers: string[] = []
  /** Changes the roster on its way, as a dishonest registry would. */
  tamper: (roster: readonly RosterEntry[]) => readonly RosterEntry[] = (roster) => roster
  /** The next roster stream stops before this entry until its caller is gone. */
  stallAt: number | undefined
  /** From which entry on each roster stream was asked for. */
  readonly rosterCalls: number[] = []
  #frozen = new Map<string, Frozen>()
  #close: () => Promise<void> = async () => undefined
  #breakLine: () => void = () => undefined

  constructor(policy: Policy) {
    this.policy = policy
  }

  async start(issuer: TokenIssuer): Promise<string> {
    const server = await startPeer({ createGrpcServer, createVerifier }, 'registry', issuer, [this.#implementation()])
    const line = await cuttableProxy('127.0.0.1', Number(server.address.split(':')[1]))
    this.#breakLine = () => {
      line.cut()
      line.restore()
    }
    this.#close = async () => {
      await line.close()
      await server.close()
    }
    return `127.0.0.1:${line.port}`
  }

  /** Breaks every connection to this peer; new ones go through. */
  breakLine(): void {
    this.#breakLine()
  }

  close(): Promise<void> {
    return this.#close()
  }

  /** The object behind a label of a draw. */
  objectOf(drawId: string, label: string, regionCode?: string): PoolObject | undefined {
    return this.#frozen.get(frozenId(drawId, regionCode))?.objects.get(label)
  }

  /** The signed snapshot of a draw, as registry gave it to drawing. */
  snapshotOf(drawId: string): Pick<Commitment, 'snapshot' | 'snapshotSignature'> {
    const { snapshot, keyId, signature } = JSON.parse(this.#frozenDraw(drawId).snapshotJson) as SignatureRecord & { snapshot: Snapshot }
    return { snapshot, snapshotSignature: { keyId, signature } }
  }

  keyOf(drawId: string): Uint8Array {
    return this.#frozenDraw(drawId).key
  }

  #frozenDraw(drawId: string, regionCode?: string): Frozen {
    const frozen = this.#frozen.get(frozenId(drawId, regionCode))
    if (frozen === undefined) throw appError('not-found', 'not-found', { meta: { what: 'draw', id: drawId } })
    return frozen
  }

  #freeze(request: FreezeRosterRequest): string {
    this.freezes.push(request)
    const { refusal } = this
    this.refusal = undefined
    if (refusal !== undefined) throw refusal
    const asked = JSON.stringify(request)
    const keptAs = frozenId(request.drawId, request.organiserRegionCode === undefined ? undefined : request.regionCode)
    const before = this.#frozen.get(keptAs)
    if (before !== undefined) {
      if (before.request !== asked) throw appError('already-exists', 'draw-frozen-differently', { meta: { drawId: request.drawId } })
      return before.snapshotJson
    }
    const { drawId, regionCode } = request
    const key = hmac('sha256', utf8('test'), tlv('draw-key', keptAs))
    const drawnBefore = new Set(
      request.earlierDraws.flatMap((draw) => draw.labels.map((label) => this.objectOf(draw.drawId, label, draw.regionCode)?.code)),
    )
    const blind = labelBlinder(sha256Hash, key, 'object', drawId)
    const own = this.objects.filter((object) => regionContains(regionCode as RegionCode, (object.regionCode ?? home) as RegionCode))
    const members = own.map((object) => ({
      ...blind(object.code),
      object,
      stratum: request.byGrade ? object.grade : 'ALL',
      excluded: object.grade === 'A' && drawnBefore.has(object.code),
    }))
    const roster = members.map(({ label, stratum, excluded }) => ({ label, stratum, excluded }))
    const excluded = members.filter((member) => member.excluded)
    const privateObjects = privateObjectsText(
      members.map(({ label, id: code, salt, stratum, object }) => ({
        label,
        id: code,
        salt,
        ownerRegion: regionCode,
        stratum,
        grade: { value: object.grade, source: 'GENERAL_RESULT', asOf: '2026-02-01' },
        needs: object.specialities ?? [],
      })),
    )
    const snapshot = valueOf(
      buildSnapshot(sha256Hash, {
        regionCode,
        drawId,
        asOf: request.asOf as Instant,
        creditLoadDigest: hex('c'),
        registrationLoadDigest: hex('d'),
        entries: roster,
        exclusionCounts: excluded.length === 0 ? [] : [{ ground: 'REPEAT_OR_PENDING', count: excluded.length }],
        privateObjects,
        privateExclusions: privateExclusionsText(
          hex('e'),
          excluded.map(({ label }) => ({ label, ground: 'REPEAT_BAR', evidence: 'drawn before' })),
        ),
        key,
      }),
    )
    const snapshotJson = signed(snapshot)
    const blindInspector = labelBlinder(sha256Hash, key, 'inspector', drawId)
    this.#frozen.set(keptAs, {
      request: asked,
      snapshotJson,
      roster: roster.toSorted((a, b) => (a.label < b.label ? -1 : 1)),
      key,
      privateObjects,
      objects: new Map(members.map(({ label, object }) => [label, object])),
      inspectors: this.inspectors
        .filter(({ unitId }) => request.matchingUnitIds.includes(unitId))
        .map((inspector) => ({ ...blindInspector(inspector.id), inspector })),
    })
    return snapshotJson
  }

  #freezeRedraw(request: FreezeRedrawRequest): string {
    this.redraws.push(request)
    const asked = JSON.stringify(request)
    const before = this.#frozen.get(request.drawId)
    if (before !== undefined) return before.snapshotJson
    const parent = this.#frozenDraw(request.parentDrawId, request.regionCode)
    const { key, objects, privateObjects } = parent
    const purpose = ({ REPLACEMENT: 'replacement', REMATCH: 'rematch', ESCALATION: 'escalation' } as const)[
      redrawPurposes.toName(request.purpose) ?? 'REMATCH'
    ]
    const asks = { purpose, labels: new Set(request.labels), drawn: new Set(request.drawnLabels) }
    const grounds: { label: string; ground: string; evidence: string }[] = []
    const roster = parent.roster.map((entry) => {
      const ground = redrawExclusion(asks, entry, {
        before: entry.excluded ? 'REPEAT_BAR' : undefined,
        since: this.gone.has(objects.get(entry.label)?.code ?? '') ? 'UNMAPPED' : undefined,
        own: (name) => name,
      })
      if (ground !== undefined) grounds.push({ label: entry.label, ground, evidence: request.parentDrawId })
      return { ...entry, excluded: ground !== undefined }
    })
    const snapshot = valueOf(
      buildSnapshot(sha256Hash, {
        regionCode: request.regionCode,
        drawId: request.drawId,
        labelsOf: request.parentDrawId,
        asOf: request.asOf as Instant,
        creditLoadDigest: hex('c'),
        registrationLoadDigest: hex('d'),
        entries: roster,
        exclusionCounts: [{ ground: 'MERGED', count: grounds.length }],
        privateObjects,
        privateExclusions: privateExclusionsText(hex('e'), grounds),
        key,
      }),
    )
    const snapshotJson = signed(snapshot)
    const blindInspector = labelBlinder(sha256Hash, key, 'inspector', request.parentDrawId)
    const inspectors = this.inspectors.map((inspector) => ({ ...blindInspector(inspector.id), inspector }))
    this.#frozen.set(request.drawId, { request: asked, snapshotJson, roster, key, privateObjects, objects, inspectors })
    return snapshotJson
  }

  #needsOf(frozen: Frozen, label: string) {
    const object = frozen.objects.get(label)
    const recused = frozen.inspectors.filter(({ inspector }) => object?.recused?.includes(inspector.id))
    return {
      label,
      specialities: [...(object?.specialities ?? [])],
      recusedInspectorLabels: recused.map((one) => one.label),
      recusalGrounds: recused.map(() => 'KINSHIP'),
      lastInspectorLabels: frozen.inspectors.flatMap((one) => (object?.lastInspectors?.includes(one.inspector.id) ? one.label : [])),
    }
  }

  #implementation() {
    // Generators have no arrow form, so what they need is bound here.
    const peer = {
      tamper: (roster: readonly RosterEntry[]) => this.tamper(roster),
      startRoster: (firstEntry: number): number => {
        this.rosterCalls.push(firstEntry)
        const stop = this.stallAt ?? Number.POSITIVE_INFINITY
        this.stallAt = undefined
        return stop
      },
      frozenDraw: (drawId: string, regionCode?: string) => this.#frozenDraw(drawId, regionCode),
      needsOf: (frozen: Frozen, label: string) => this.#needsOf(frozen, label),
    }
    const unused = async (): Promise<never> => {
      throw new Error('not part of this test')
    }
    return implement(RegistryServiceService, {
      getPolicy: { roles: ['SERVICE'], handle: async () => policyAnswer(this.policy) },
      listUnits: { roles: ['SERVICE'], handle: unused },
      listCheckItems: { roles: ['SERVICE'], handle: unused },
      listKeyMatters: { roles: ['SERVICE'], handle: unused },
      countPool: { roles: ['SERVICE'], handle: unused },
      countPools: { roles: ['SERVICE'], handle: unused },
      comparePools: { roles: ['SERVICE'], handle: unused },
      listMovedObjects: { roles: ['SERVICE'], handle: unused },
      countInspectors: { roles: ['SERVICE'], handle: unused },
      keepCandidates: { roles: ['PLANNER'], handle: unused },
      listRoleBindings: { roles: ['SERVICE'], handle: unused },
      engageInstitution: { roles: ['DISPATCHER'], handle: unused },
      endEngagement: { roles: ['DISPATCHER'], handle: unused },
      describeCheckTarget: { roles: ['DISPATCHER'], handle: unused },
      getObjectOpening: { roles: ['SERVICE'], handle: unused },
      freezeRoster: {
        roles: ['SERVICE'],
        optional: ['planId', 'lineId', 'clueTask', 'scope', 'organiserRegionCode', 'joint', 'repeatGround'],
        handle: async (request, { principal }) => {
          this.callers.push(principal.subject)
          return { snapshotJson: this.#freeze(request), staleSources: [...this.staleSources] }
        },
      },
      freezeRedraw: {
        roles: ['SERVICE'],
        handle: async (request) => ({ snapshotJson: this.#freezeRedraw(request), staleSources: [] }),
      },
      streamRoster: {
        roles: ['SERVICE'],
        optional: ['regionCode'],
        handle: async function* ({ drawId, regionCode, includeExcluded, firstEntry }, { context }) {
          const { roster, snapshotJson } = peer.frozenDraw(drawId, regionCode)
          const entries = peer.tamper(roster).filter(({ excluded }) => includeExcluded || !excluded)
          const stop = peer.startRoster(firstEntry)
          const { root } = (JSON.parse(snapshotJson) as { snapshot: Snapshot }).snapshot
          yield { entries: [], attestation: { count: roster.length, root, snapshotJson } }
          for (const [index, entry] of entries.entries()) {
            if (index === stop && !context.signal.aborted) await once(context.signal, 'abort')
            if (index >= firstEntry) yield { entries: [{ ...entry }] }
          }
        },
      },
      streamMatchInputs: {
        roles: ['SERVICE'],
        optional: ['regionCode'],
        handle: async function* ({ drawId, regionCode, labels }) {
          const frozen = peer.frozenDraw(drawId, regionCode)
          yield { objects: labels.map((label) => peer.needsOf(frozen, label)), inspectors: [] }
          yield {
            objects: [],
            inspectors: frozen.inspectors.map(({ label, salt, inspector }) => ({
              label,
              salt,
              inspectorId: inspector.id,
              unitId: inspector.unitId,
              homeUnitId: inspector.homeUnitId ?? inspector.unitId,
              homeKind: unitKinds.toWire(inspector.homeKind ?? 'BUREAU_OFFICE'),
              specialities: [...(inspector.specialities ?? [])],
              qualificationValidTo: inspector.validTo ?? '2027-12-31',
              hasRecusalScope: true,
            })),
          }
        },
      },
      countDrawnEnterprises: {
        roles: ['SERVICE'],
        handle: async ({ draws }) => {
          const codes = draws.flatMap(({ drawId, regionCode, labels }) =>
            labels.map((label) => this.objectOf(drawId, label, regionCode)?.code),
          )
          return { enterprises: new Set(codes).size }
        },
      },
      streamOpenings: {
        roles: ['SERVICE'],
        optional: ['regionCode'],
        handle: async function* ({ drawId, regionCode, objectLabels }) {
          const { objects, key } = peer.frozenDraw(drawId, regionCode)
          const blind = labelBlinder(sha256Hash, key, 'object', drawId)
          yield {
            inspectors: [],
            objects: objectLabels.map((label) => {
              const { code, grade } = objects.get(label) ?? { code: '', grade: '' }
              return {
                label,
                objectId: `oid-${code}`,
                objectCode: code,
                name: `企业 ${code}`,
                kind: 'OBJECT_KIND_ENTERPRISE' as const,
                address: '鸡西市',
                industry: 'C1411',
                grade,
                tags: [],
                itemCodes: ['I001'],
                salt: blind(code).salt,
                drawnSalt: drawnSalt(sha256Hash, key, drawId, code),
              }
            }),
          }
        },
      },
    })
  }
}
