import { fieldClasses, itemClasses, objectKinds, planTypes, unitKinds } from '@dual-random/contracts'
import type {
  ComparePoolsResponse_Standing,
  CountPoolResponse_GradeCount,
  RegistryServiceClient,
  CheckItem as WireItem,
  Unit as WireUnit,
} from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import type { CallContext, GrpcClient } from '@dual-random/grpc'
import { type ItemCode, parsePercent, type RegionCode, type UnitId } from '@dual-random/kernel'
import type { PolicyReader } from '@dual-random/service'
import type { Registry } from '../app/ports.ts'
import type { ItemSet } from '../domain/item-set.ts'
import type { CheckItem, Unit } from '../domain/line-input.ts'
import type { ObjectScope } from '../domain/object-scope.ts'
import type { MixedPool } from '../domain/pool.ts'
import type { Standing } from '../domain/pool-flows.ts'
import { ungraded } from '../domain/ratio-rules.ts'
import { keyMatterOf } from './key-matter.ts'

/**
 * Registry by gRPC look-up, not by copies from events: item lists and policies hold as of a date and inherit between regions, which registry
 * alone resolves, and every look-up runs with the caller's rights. What a plan needs later is frozen into it.
 */
export function grpcRegistry(
  client: GrpcClient<RegistryServiceClient>,
  policyOf: PolicyReader,
  ownContext: () => Promise<CallContext>,
): Registry {
  const lookUps: Pick<Registry, 'units' | 'itemsInForce' | 'pools'> = {
    units: async (regionCode, context) => (await client.unary('listUnits', { regionCode }, context)).units.map(unitOf),
    itemsInForce: async (regionCode, at, context) => (await client.unary('listCheckItems', { regionCode, at }, context)).items.map(itemOf),
    pools: async (regionCode, sets, asOf, context) => {
      const request = { regionCode, asOf, sets: sets.map(setMessage) }
      const { pools, enterprises } = await client.unary('countPools', request, context)
      return { pools: pools.map(({ mapped }) => mixedPoolOf(mapped)), enterprises }
    },
  }
  return {
    ...lookUps,
    keyMatters: async (regionCode, at, { countObjects }, context) =>
      (await client.unary('listKeyMatters', { regionCode, at, countObjects }, context)).matters.flatMap((listed) => {
        const matter = keyMatterOf(listed)
        if (matter === undefined) throw malformed('ListKeyMatters')
        return [matter]
      }),
    policyAt: (regionCode, at, caller) => policyOf(regionCode, at, { caller }),
    elsewhere: {
      policyAt: async (regionCode, at) => (await policyOf(regionCode, at)).policy,
      units: async (regionCode) => lookUps.units(regionCode, await ownContext()),
      itemsInForce: async (regionCode, at) => lookUps.itemsInForce(regionCode, at, await ownContext()),
      pools: async (regionCode, sets, asOf) => lookUps.pools(regionCode, sets, asOf, await ownContext()),
    },
    flows: async (regionCode, sets, between, context) => {
      const { pools } = await client.unary('comparePools', { regionCode, ...between, sets: sets.map(setMessage) }, context)
      return pools.map(({ flows }) =>
        flows.map(({ from, to, count }) => ({
          ...(from === undefined ? {} : { from: standingOf(from) }),
          ...(to === undefined ? {} : { to: standingOf(to) }),
          count,
        })),
      )
    },
    moved: async (planId, regionCode, set, { from, to }, { limit, after }, context) => {
      const page = { limit, ...(after === undefined ? {} : { after }) }
      const request = { planId, regionCode, from, to, set: setMessage(set), ...page }
      const { moved, more } = await client.unary('listMovedObjects', request, context)
      const objects = moved.map(({ from: was, to: is, ...object }) => ({
        ...object,
        ...(was === undefined ? {} : { from: stratumOf(was) }),
        ...(is === undefined ? {} : { to: stratumOf(is) }),
      }))
      return { objects, more }
    },
    staff: async (regionCode, on, context) => {
      const { staff } = await client.unary('countInspectors', { regionCode, on }, context)
      return staff.map(({ unitId, homeUnitId, ...counts }) => ({ unitId: unitId as UnitId, homeUnitId: homeUnitId as UnitId, ...counts }))
    },
    keepCandidates: async (planId, regionCode, sets, asOf, context) => {
      const request = { planId, regionCode, asOf, sets: sets.map(setMessage) }
      const { kept } = await client.unary('keepCandidates', request, context)
      return kept.map(({ candidatesId: id, digest, mapped }) => ({ ...mixedPoolOf(mapped), candidates: { id, digest } }))
    },
  }
}

const setMessage = ({ itemCodes, scoped }: ItemSet) => ({
  itemCodes: [...itemCodes],
  scoped: scoped.map((part) => ({ itemCodes: [...part.itemCodes], scope: scopeMessage(part.scope) })),
})

const scopeMessage = ({ kinds, industryPrefixes, tags, regionCodes }: ObjectScope) => ({
  kinds: objectKinds.all.filter((kind) => kinds.includes(kind)).map((kind) => objectKinds.toWire(kind)),
  industryPrefixes: [...industryPrefixes],
  tags: [...tags],
  regionCodes: [...regionCodes],
})

const stratumOf = (grade: string): string => (grade === '' ? ungraded : grade)

const standingOf = ({ grade, active }: ComparePoolsResponse_Standing): Standing => ({ stratum: stratumOf(grade), active })

function mixedPoolOf(mapped: readonly CountPoolResponse_GradeCount[]): MixedPool {
  const by = (of: (counted: CountPoolResponse_GradeCount) => number): ReadonlyMap<string, number> =>
    new Map(mapped.map((counted) => [stratumOf(counted.grade), of(counted)]))
  return { byGrade: by(({ count }) => count), enterprisesByGrade: by(({ enterprises }) => enterprises) }
}

const malformed = (rpc: string) =>
  appError('internal', 'internal', { cause: new Error(`registry answered ${rpc} with a message that does not read`) })

function unitOf({ unitId, regionCode, name, kind, parentUnitId, department }: WireUnit): Unit {
  const known = unitKinds.toName(kind)
  if (known === undefined) throw malformed('ListUnits')
  return {
    unitId: unitId as UnitId,
    regionCode: regionCode as RegionCode,
    name,
    kind: known,
    ...(parentUnitId === undefined ? {} : { parentUnitId: parentUnitId as UnitId }),
    department,
  }
}

function itemOf(item: WireItem): CheckItem {
  const { code, name, itemClass, fieldClass, checkingBody, listType, ratioCap, applicability, supervisionMatter, specialities } = item
  const classes = {
    itemClass: itemClasses.toName(itemClass),
    fieldClass: fieldClasses.toName(fieldClass),
    listType: planTypes.toName(listType),
  }
  if (classes.itemClass === undefined || classes.fieldClass === undefined || classes.listType === undefined)
    throw malformed('ListCheckItems')
  const cap = ratioCap === undefined ? undefined : parsePercent(ratioCap)
  if (cap?.ok === false) throw malformed('ListCheckItems')
  return {
    code: code as ItemCode,
    name,
    itemClass: classes.itemClass,
    fieldClass: classes.fieldClass,
    listType: classes.listType,
    checkingBody,
    specialities,
    ...(supervisionMatter === undefined ? {} : { supervisionMatter }),
    ...(cap === undefined ? {} : { ratioCap: cap.value }),
    applicability: {
      kinds: (applicability?.kinds ?? []).flatMap((kind) => objectKinds.toName(kind) ?? []),
      industryPrefixes: applicability?.industryPrefixes ?? [],
      tags: applicability?.tags ?? [],
    },
  }
}
