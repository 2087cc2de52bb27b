import { once } from 'node:events'
import { createVerifier } from '@dual-random/auth'
import { ed25519Key } from '@dual-random/beacon'
import { type UnitKindName, unitKinds } from '@dual-random/contracts'
import { type FreezeRosterRequest, RegistryServiceService, type StaleSource } from '@dual-random/contracts/registry'
import {
  type BlindedEntity,
  buildSnapshot,
  drawnSalt,
  labelBlinder,
  privateExclusionsText,
  privateObjectsText,
  type RosterEntry,
  type Snapshot,
  signSnapshot,
} from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { createGrpcServer, implement } from '@dual-random/grpc'
import { canonicalJson, type Instant, tlv, utf8 } from '@dual-random/kernel'
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
}

export interface PoolInspector {
  readonly id: string
  readonly unitId: string
  readonly homeKind?: UnitKindName
  readonly specialities?: readonly string[]
  readonly validTo?: string
}

export const registrySeed = sha256(utf8('registry of a test'))

interface Frozen {
  readonly request: string
  readonly snapshotJson: string
  readonly roster: readonly RosterEntry[]
  readonly key: Uint8Array
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
  objectOf(drawId: string, label: string): PoolObject | undefined {
    return this.#frozen.get(drawId)?.objects.get(label)
  }

  keyOf(drawId: string): Uint8Array {
    return this.#frozenDraw(drawId).key
  }

  #frozenDraw(drawId: string): Frozen {
    const frozen = this.#frozen.get(drawId)
    if (frozen === undefined) throw appError('not-found', 'not-found', { meta: { what: 'draw', id: drawId } })
    return frozen
  }

  #freeze(request: FreezeRosterRequest): string {
    this.freezes.push(request)
    const { refusal } = this
    this.refusal = undefined
    if (refusal !== undefined) throw refusal
    const asked = JSON.stringify(request)
    const before = this.#frozen.get(request.drawId)
    if (before !== undefined) {
      if (before.request !== asked) throw appError('already-exists', 'draw-frozen-differently', { meta: { drawId: request.drawId } })
      return before.snapshotJson
    }
    const { drawId, regionCode } = request
    const key = hmac('sha256', utf8('test'), tlv('draw-key', drawId))
    const drawnBefore = new Set(request.earlierDraws.flatMap((draw) => draw.labels.map((label) => this.objectOf(draw.drawId, label)?.code)))
    const blind = labelBlinder(sha256Hash, key, 'object', drawId)
    const members = this.objects.map((object) => ({
      ...blind(object.code),
      object,
      stratum: request.byGrade ? object.grade : 'ALL',
      excluded: object.grade === 'A' && drawnBefore.has(object.code),
    }))
    const roster = members.map(({ label, stratum, excluded }) => ({ label, stratum, excluded }))
    const excluded = members.filter((member) => member.excluded)
    const snapshot = valueOf(
      buildSnapshot(sha256Hash, {
        regionCode,
        drawId,
        asOf: request.asOf as Instant,
        creditLoadDigest: hex('c'),
        registrationLoadDigest: hex('d'),
        entries: roster,
        exclusionCounts: excluded.length === 0 ? [] : [{ ground: 'REPEAT_OR_PENDING', count: excluded.length }],
        privateObjects: privateObjectsText(
          members.map(({ label, id, salt, stratum, object }) => ({
            label,
            id,
            salt,
            ownerRegion: regionCode,
            stratum,
            grade: { value: object.grade, source: 'GENERAL_RESULT', asOf: '2026-02-01' },
            needs: object.specialities ?? [],
          })),
        ),
        privateExclusions: privateExclusionsText(
          hex('e'),
          excluded.map(({ label }) => ({ label, ground: 'REPEAT_BAR', evidence: 'drawn before' })),
        ),
        key,
      }),
    )
    const signer = { keyId: 'registry', sign: ed25519Key(registrySeed).sign }
    const snapshotJson = canonicalJson({ ...signSnapshot(sha256Hash, snapshot, signer), snapshot })
    const blindInspector = labelBlinder(sha256Hash, key, 'inspector', drawId)
    this.#frozen.set(drawId, {
      request: asked,
      snapshotJson,
      roster: roster.toSorted((a, b) => (a.label < b.label ? -1 : 1)),
      key,
      objects: new Map(members.map(({ label, object }) => [label, object])),
      inspectors: this.inspectors
        .filter(({ unitId }) => request.matchingUnitIds.includes(unitId))
        .map((inspector) => ({ ...blindInspector(inspector.id), inspector })),
    })
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
      frozenDraw: (drawId: string) => this.#frozenDraw(drawId),
      needsOf: (frozen: Frozen, label: string) => this.#needsOf(frozen, label),
    }
    const unused = async (): Promise<never> => {
      throw new Error('not part of this test')
    }
    return implement(RegistryServiceService, {
      getPolicy: { roles: ['SERVICE'], handle: async () => policyAnswer(this.policy) },
      listUnits: { roles: ['SERVICE'], handle: unused },
      listCheckItems: { roles: ['SERVICE'], handle: unused },
      countPool: { roles: ['SERVICE'], handle: unused },
      keepCandidates: { roles: ['PLANNER'], handle: unused },
      listRoleBindings: { roles: ['SERVICE'], handle: unused },
      freezeRoster: {
        roles: ['SERVICE'],
        handle: async (request, { principal }) => {
          this.callers.push(principal.subject)
          return { snapshotJson: this.#freeze(request), staleSources: [...this.staleSources] }
        },
      },
      streamRoster: {
        roles: ['SERVICE'],
        handle: async function* ({ drawId, includeExcluded, firstEntry }, { context }) {
          const { roster, snapshotJson } = peer.frozenDraw(drawId)
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
        handle: async function* ({ drawId, labels }) {
          const frozen = peer.frozenDraw(drawId)
          yield { objects: labels.map((label) => peer.needsOf(frozen, label)), inspectors: [] }
          yield {
            objects: [],
            inspectors: frozen.inspectors.map(({ label, salt, inspector }) => ({
              label,
              salt,
              inspectorId: inspector.id,
              unitId: inspector.unitId,
              homeUnitId: inspector.unitId,
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
          const codes = draws.flatMap(({ drawId, labels }) => labels.map((label) => this.objectOf(drawId, label)?.code))
          return { enterprises: new Set(codes).size }
        },
      },
      streamOpenings: {
        roles: ['SERVICE'],
        handle: async function* ({ drawId, objectLabels }) {
          const { objects, key } = peer.frozenDraw(drawId)
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
