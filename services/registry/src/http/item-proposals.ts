import { type Principal, requireRegion, requireUnit } from '@dual-random/auth'
import { invalidRequest, violation } from '@dual-random/errors'
import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { regionContains, type UnitId } from '@dual-random/kernel'
import { z } from 'zod'
import { closeDutyProposal, noSuchProposal, stepProposal } from '../app/decide-proposal.ts'
import type { Stored } from '../app/ports.ts'
import { readItem } from '../app/registers/read-item.ts'
import type { Registry } from '../app/registry.ts'
import { submitProposal } from '../app/submit-proposal.ts'
import { type ItemProposal, type ProposalDecision, proposalPurposes, proposalStatuses } from '../domain/item-proposal.ts'
import { callerOf } from './access.ts'
import { etagOf, ifMatch, isKnown } from './etag.ts'
import { id, longText, record, shortText } from './schemas.ts'

const root = '/v1/item-proposals'
const readers = ['REGISTRY_CLERK', 'LIST_APPROVER', 'AUDITOR'] as const
const byProposal = z.object({ proposalId: z.string().regex(/^[0-9a-f]{32}$/) })
const member = z.union([longText, z.boolean(), z.array(shortText).max(200), z.null()])
const head = { addresseeUnitId: id.transform((text) => text as UnitId), reason: longText }
const itemPurposes = proposalPurposes.filter((purpose) => purpose !== 'MISSING_DUTY')

const submission = z.discriminatedUnion('purpose', [
  z.strictObject({ ...head, purpose: z.enum(itemPurposes), listId: id, item: z.record(z.string(), member) }),
  z.strictObject({
    ...head,
    purpose: z.literal('MISSING_DUTY'),
    duty: z.strictObject({ name: shortText, legalBasis: longText, description: longText }),
  }),
])

const shown = ({ version, state }: Stored<ItemProposal>) => ({ ...state, version })

const answered = (stored: Stored<ItemProposal>, status = 200) => ({
  status,
  body: shown(stored),
  headers: { etag: etagOf(stored.version) },
})

/** The item as the register reads it; every member at fault is named. */
function itemGiven({ lists }: Registry, item: z.output<typeof submission> & { readonly item?: unknown }) {
  if (item.purpose === 'MISSING_DUTY') throw new Error('a duty has no item')
  const read = readItem(lists, item.item)
  if (read.ok) return read.value
  throw invalidRequest(
    read.error.map(({ member: name, code, reason, action }) =>
      violation(`/item/${name}`, 'import-problem', { problem: code, reason, action }),
    ),
  )
}

/** A proposal is read by who made it, who was sent it and who approves it, and by the auditors of its region. */
async function readable({ itemProposals, units }: Registry, proposalId: string, principal: Principal): Promise<Stored<ItemProposal>> {
  const found = await itemProposals.load(proposalId)
  if (found === undefined) throw noSuchProposal(proposalId)
  const { regionCode, unitId, addresseeUnitId, addresseeRegionCode, approvingDepartment } = found.state
  if (principal.roles.includes('AUDITOR')) {
    if (!regionContains(principal.regionCode, addresseeRegionCode)) requireRegion(principal, regionCode)
  } else if (principal.unitId !== addresseeUnitId && principal.unitId !== unitId) {
    const department = (await units.load(principal.unitId))?.state.department
    if (department !== approvingDepartment || principal.regionCode !== addresseeRegionCode) requireUnit(principal, unitId)
  }
  return found
}

/** One step a unit may take. */
function stepRoute(
  registry: Registry,
  path: string,
  decision: ProposalDecision,
  role: 'REGISTRY_CLERK' | 'LIST_APPROVER',
  summary: string,
): Route {
  return route({
    method: 'POST',
    path: `${root}/:proposalId/${path}`,
    summary,
    roles: [role],
    params: byProposal,
    body: z.strictObject({ note: longText.exactOptional() }),
    responses: { 200: record },
    handler: async (context) => {
      const { principal, params, body } = context
      const command = { proposalId: params.proposalId, decision, note: body.note ?? null, expected: ifMatch(context) }
      return answered(await stepProposal(registry, command, callerOf(principal)))
    },
  })
}

export const itemProposalRoutes = (registry: Registry): readonly Route[] => [
  route({
    method: 'POST',
    path: root,
    summary: 'Propose an item, a key mark or a missing duty to the unit that decides about the list',
    roles: ['REGISTRY_CLERK'],
    body: submission,
    responses: { 201: record },
    handler: async ({ principal, body, derivedId: proposalId }) => {
      const command = body.purpose === 'MISSING_DUTY' ? { ...body, proposalId } : { ...body, proposalId, item: itemGiven(registry, body) }
      return answered(await submitProposal(registry, command, callerOf(principal)), 201)
    },
  }),
  route({
    method: 'GET',
    path: root,
    summary: 'Proposals the caller’s unit made, was sent or approves; all of the region for an auditor',
    roles: readers,
    query: z.object({
      ...pageQuery,
      status: z.enum(proposalStatuses).exactOptional(),
      purpose: z.enum(proposalPurposes).exactOptional(),
    }),
    responses: { 200: pageOf(record) },
    handler: async ({ principal, query: { limit, after, status, purpose } }) => {
      const { regionCode, unitId, roles } = principal
      const department = (await registry.units.load(unitId))?.state.department
      const own = roles.includes('AUDITOR') ? {} : { unitId, ...(department === undefined ? {} : { department }) }
      const found = await registry.itemProposals.page({ regionCode, ...own, status, purpose }, { limit: limit + 1, after })
      return { status: 200, body: page(found, limit, ({ proposalId }) => proposalId) }
    },
  }),
  route({
    method: 'GET',
    path: `${root}/:proposalId`,
    summary: 'A proposal with every step it took',
    roles: readers,
    params: byProposal,
    responses: { 200: record, 304: record },
    handler: async (context) => {
      const found = await readable(registry, context.params.proposalId, context.principal)
      const etag = etagOf(found.version)
      return isKnown(context, etag) ? { status: 304, headers: { etag } } : answered(found)
    },
  }),
  stepRoute(registry, 'collate', 'COLLATED', 'REGISTRY_CLERK', 'Collate a joint item for approval'),
  stepRoute(registry, 'approve', 'APPROVED', 'LIST_APPROVER', 'Approve a proposal; never by who submitted it'),
  stepRoute(registry, 'return', 'RETURNED', 'LIST_APPROVER', 'Return a proposal with the reason'),
  stepRoute(registry, 'withdraw', 'WITHDRAWN', 'REGISTRY_CLERK', 'Withdraw a proposal of the caller’s unit'),
  route({
    method: 'POST',
    path: `${root}/:proposalId/outcome`,
    summary: 'Close an approved missing duty with the list that names it now',
    roles: ['REGISTRY_CLERK'],
    params: byProposal,
    body: z.discriminatedUnion('list', [
      z.strictObject({ list: z.literal('RANDOM_CHECK'), listId: id, itemCode: id }),
      z.strictObject({ list: z.literal('KEY_SUPERVISION'), reference: shortText }),
    ]),
    responses: { 200: record },
    handler: async ({ principal, params, body }) =>
      answered(await closeDutyProposal(registry, params.proposalId, body, callerOf(principal))),
  }),
]
