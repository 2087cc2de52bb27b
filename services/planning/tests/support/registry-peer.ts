import { createVerifier, requireRegion } from '@dual-random/auth'
import type { ObjectKindName } from '@dual-random/contracts'
import { fieldClasses, itemClasses, objectKinds, planTypes, unitKinds } from '@dual-random/contracts'
import { type CountPoolsRequest_ItemSet, RegistryServiceService } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import { createGrpcServer, implement } from '@dual-random/grpc'
import { formatPercent, type RegionCode, regionContains } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { policyAnswer, startPeer, type TokenIssuer } from '@dual-random/testkit'
import type { CheckItem, Unit } from '../../src/domain/line-input.ts'
import type { KeyMatter } from '../../src/domain/undrawn-line.ts'
import type { StaffCount } from '../../src/domain/workload.ts'

/** What a test's registry holds; a test may change it while the service runs. */
export interface RegistryContent {
  policy: Policy
  units: readonly Unit[]
  items: readonly CheckItem[]
  /** Objects by the items that apply to them, with their grade and tags; enterprises, where no kind is given. The same at its place in `past` is the same object. */
  objects: readonly {
    readonly items: readonly string[]
    readonly grade: string
    readonly tags?: readonly string[]
    readonly kind?: ObjectKindName
    /** It left the pool this year. */
    readonly left?: true
  }[]
  enterprises: number
  /** How often pools were counted, and who is in post. */
  passes?: number
  staff?: readonly StaffCount[]
  /** What candidates were asked to be kept, in order. */
  readonly kept: { readonly planId: string; readonly itemCodes: readonly string[]; readonly asOf: string }[]
  /** Awaited before it is answered who is in a region. */
  beforeUnits?: (regionCode: string) => Promise<void>
  /** What other regions have, where it is not the same. */
  elsewhere?: Readonly<Record<string, Pick<RegistryContent, 'items' | 'objects'>>>
  /** The key-supervision list in force. */
  keyMatters?: readonly KeyMatter[]
  /** For which plan who read what objects moved. */
  movedRead?: readonly { readonly planId: string; readonly by: string }[]
  /** What the objects were as of instants up to this one. */
  past?: { readonly until: string; readonly objects: RegistryContent['objects'] }
}

export interface RegistryPeer {
  readonly address: string
  readonly content: RegistryContent
  stop(): Promise<void>
}

const notOffered = (): never => {
  throw appError('internal', 'internal')
}
const denied = { roles: [] as const, handle: notOffered }

/** A registry of a few lines that keeps the contract of `registry_service.proto`, on a real socket. */
export async function registryPeer(issuer: TokenIssuer, content: RegistryContent): Promise<RegistryPeer> {
  const roles = ['PLANNER', 'FILING_REVIEWER', 'AUDITOR', 'EVALUATOR', 'JOINT_COORDINATOR', 'SERVICE'] as const
  const implementation = implement(RegistryServiceService, {
    getPolicy: { roles, handle: async () => policyAnswer(content.policy) },
    listUnits: {
      roles,
      handle: async ({ regionCode }, { principal }) => {
        requireRegion(principal, regionCode as RegionCode)
        await content.beforeUnits?.(regionCode)
        const there = content.units.filter((unit) => regionContains(regionCode as RegionCode, unit.regionCode))
        return { units: there.map((unit) => ({ ...unit, kind: unitKinds.toWire(unit.kind) })) }
      },
    },
    listCheckItems: {
      roles,
      handle: async ({ regionCode }) => ({ items: (content.elsewhere?.[regionCode] ?? content).items.map(itemMessage) }),
    },
    countPool: denied,
    countPools: {
      roles,
      handle: async ({ sets, regionCode, asOf }, { principal }) => {
        requireRegion(principal, regionCode as RegionCode)
        content.passes = (content.passes ?? 0) + 1
        const there = { ...content, ...content.elsewhere?.[regionCode] }
        return { pools: sets.map((set) => ({ mapped: countOf(there, set, asOf) })), enterprises: content.enterprises }
      },
    },
    comparePools: {
      roles,
      handle: async ({ sets, regionCode, from, to }, { principal }) => {
        requireRegion(principal, regionCode as RegionCode)
        content.passes = (content.passes ?? 0) + 1
        return { pools: sets.map((set) => ({ flows: flowsOf(content, set, from, to) })) }
      },
    },
    listMovedObjects: {
      roles: ['PLANNER'],
      optional: ['after'],
      handle: async ({ set, regionCode, from, to, planId, limit, after }, { principal }) => {
        requireRegion(principal, regionCode as RegionCode)
        const all = movedIn(content, set ?? { itemCodes: [], scoped: [] }, from, to).filter(({ objectId }) => objectId > (after ?? ''))
        content.movedRead = [...(content.movedRead ?? []), { planId, by: principal.subject }]
        return { moved: all.slice(0, limit), more: all.length > limit }
      },
    },
    countInspectors: {
      roles,
      handle: async ({ regionCode }, { principal }) => {
        requireRegion(principal, regionCode as RegionCode)
        return { staff: [...(content.staff ?? [])] }
      },
    },
    listKeyMatters: {
      roles,
      handle: async ({ countObjects }) => ({ matters: (content.keyMatters ?? []).map((matter) => keyMatterMessage(matter, countObjects)) }),
    },
    keepCandidates: {
      roles: ['PLANNER'],
      handle: async ({ planId, sets, regionCode, asOf }, { principal }) => {
        requireRegion(principal, regionCode as RegionCode)
        return {
          kept: sets.map((set) => {
            const { itemCodes, scoped } = set
            content.kept.push({ planId, itemCodes, asOf: asOf ?? '' })
            const within = scoped.map((part) => `-${part.itemCodes.join('-')}-within-${part.scope?.tags.join('-') ?? ''}`)
            const candidatesId = `candidates-${planId}-${itemCodes.join('-')}${within.join('')}`
            return { candidatesId, digest: 'ab'.repeat(32), mapped: countOf(content, set, asOf) }
          }),
        }
      },
    },
    listRoleBindings: denied,
    engageInstitution: denied,
    endEngagement: denied,
    describeCheckTarget: denied,
    freezeRoster: denied,
    freezeRedraw: denied,
    streamRoster: denied,
    streamMatchInputs: denied,
    streamOpenings: denied,
    getObjectOpening: denied,
    countDrawnEnterprises: denied,
  })
  const { address, close } = await startPeer({ createGrpcServer, createVerifier }, 'registry', issuer, [implementation])
  return { address, content, stop: close }
}

type KnownObject = RegistryContent['objects'][number]

const objectsAt = ({ past, objects }: RegistryContent, asOf: string | undefined): readonly KnownObject[] =>
  past !== undefined && (asOf ?? '') <= past.until ? past.objects : objects

/** Of a scope its tags alone count here; without items it takes in whatever has them. */
function isIn({ itemCodes, scoped }: CountPoolsRequest_ItemSet, { items, tags = [], left }: KnownObject): boolean {
  const within = scoped.filter(
    ({ scope }) => scope === undefined || scope.tags.length === 0 || scope.tags.some((tag) => tags.includes(tag)),
  )
  const wanted = [...itemCodes, ...within.flatMap((part) => part.itemCodes)]
  return items.some((code) => wanted.includes(code)) || (left === undefined && within.some((part) => part.itemCodes.length === 0))
}

function flowsOf(content: RegistryContent, set: CountPoolsRequest_ItemSet, from: string | undefined, to: string | undefined) {
  const [then, now] = [objectsAt(content, from), objectsAt(content, to)]
  const standingIn = (object: KnownObject | undefined) =>
    object !== undefined && isIn(set, object) ? { grade: object.grade, active: object.left !== true } : undefined
  return Array.from({ length: Math.max(then.length, now.length) }, (_, place) => {
    const [before, after] = [standingIn(then[place]), standingIn(now[place])]
    return before === undefined && after === undefined ? [] : [{ from: before, to: after, count: 1 }]
  }).flat()
}

/** By place in the content, which is their id. */
function movedIn(content: RegistryContent, set: CountPoolsRequest_ItemSet, from: string | undefined, to: string | undefined) {
  const [then, now] = [objectsAt(content, from), objectsAt(content, to)]
  const gradeIn = (object: KnownObject | undefined) =>
    object !== undefined && isIn(set, object) && object.left === undefined ? object.grade : undefined
  return Array.from({ length: Math.max(then.length, now.length) }, (_, place) => {
    const [was, is] = [gradeIn(then[place]), gradeIn(now[place])]
    const objectId = String(place).padStart(6, '0')
    return was === is ? [] : [{ objectId, objectCode: `code-${place}`, name: `企业${place}`, from: was, to: is }]
  }).flat()
}

function countOf(content: RegistryContent, set: CountPoolsRequest_ItemSet, asOf: string | undefined) {
  const counts = new Map<string, { count: number; enterprises: number }>()
  for (const object of objectsAt(content, asOf)) {
    const { grade, kind = 'ENTERPRISE' } = object
    if (!isIn(set, object)) continue
    const { count, enterprises } = counts.get(grade) ?? { count: 0, enterprises: 0 }
    counts.set(grade, { count: count + 1, enterprises: kind === 'ENTERPRISE' ? enterprises + 1 : enterprises })
  }
  return [...counts].map(([grade, counted]) => ({ grade, ...counted }))
}

const itemMessage = (item: CheckItem) => ({
  code: item.code,
  name: item.name,
  itemClass: itemClasses.toWire(item.itemClass),
  fieldClass: fieldClasses.toWire(item.fieldClass),
  legalBasis: '法律依据',
  checkingBody: item.checkingBody,
  checkContent: '检查内容',
  checkMethod: '现场检查',
  keyGrounds: [],
  specialities: [],
  applicability: {
    kinds: item.applicability.kinds.map((kind) => objectKinds.toWire(kind as ObjectKindName)),
    industryPrefixes: [...item.applicability.industryPrefixes],
    tags: [...item.applicability.tags],
  },
  synthetic: true,
  listType: planTypes.toWire(item.listType),
  ratioCap: item.ratioCap === undefined ? undefined : formatPercent(item.ratioCap),
  regionScope: [],
  supervisionMatter: item.supervisionMatter,
})

const keyMatterMessage = (
  { listId, listVersion, objectCount, applicability, itemCodes, stages, timesPerYear, ...matter }: KeyMatter,
  countObjects: boolean,
) => ({
  listId,
  listVersion,
  matter: {
    ...matter,
    supervisingBody: '县级以上市场监管部门',
    applicability: {
      kinds: applicability.kinds.map((kind) => objectKinds.toWire(kind as ObjectKindName)),
      industryPrefixes: [...applicability.industryPrefixes],
      tags: [...applicability.tags],
    },
    measures: ['现场检查'],
    itemCodes: [...itemCodes],
    stages: [...stages],
    timesPerYear,
    factors: [],
  },
  objects: countObjects ? objectCount : undefined,
})
