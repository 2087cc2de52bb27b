import { signedInRoles } from '@dual-random/auth'
import { fieldClasses, itemClasses, planTypes, selectionModes } from '@dual-random/contracts'
import {
  type GetClueTaskResponse,
  type GetPlanLineResponse,
  type GetUndrawnLineResponse,
  PlanningServiceService,
} from '@dual-random/contracts/planning'
import { type GrpcImplementation, implement } from '@dual-random/grpc'
import type { RepeatGrounds } from '@dual-random/policy'
import { acceptedClueTask } from '../app/decide-clue-task.ts'
import { keptClues } from '../app/kept-clues.ts'
import { type PublishedPlanLine, type PublishedUndrawnLine, publishedLineOf, publishedUndrawnLineOf } from '../app/plan-line.ts'
import type { Ports } from '../app/ports.ts'
import { namedPublishedPlan } from '../app/published-plan.ts'
import type { ClueTask, DrawTerms } from '../domain/clue-task.ts'
import type { Delegation } from '../domain/delegation.ts'
import type { JointLine, LineBatch, LineUnit } from '../domain/plan.ts'
import { madeByOf, type NamedMatter, type UndrawnLine } from '../domain/undrawn-line.ts'
import { clueMessage } from './clue.ts'
import { publishedPlanMessage } from './published-plan.ts'
import { kindsMessage, scopeMessage } from './scope.ts'

/** The line a draw or a check must match, with the policy it runs under. */
export const planningService = (ports: Pick<Ports, 'plans' | 'clues' | 'clueTasks' | 'registry' | 'clock'>): GrpcImplementation =>
  implement(PlanningServiceService, {
    getPlanLine: {
      roles: signedInRoles,
      handle: async ({ planId, lineId }) => messageOf(await publishedLineOf(ports, planId, lineId)),
    },
    getUndrawnLine: {
      roles: signedInRoles,
      handle: async ({ planId, lineId }) => undrawnLineMessage(await publishedUndrawnLineOf(ports, planId, lineId)),
    },
    getClueTask: {
      roles: signedInRoles,
      handle: async ({ taskId }) => clueTaskMessage(await acceptedClueTask(ports, taskId)),
    },
    getClues: {
      // Of whom a clue tells is for who keeps it; another service asks whether a check may be opened for it, and gives nothing of it on.
      roles: ['SERVICE'],
      handle: async ({ clueIds }) => ({ clues: (await keptClues(ports, clueIds)).map(clueMessage) }),
    },
    getPublishedPlan: {
      roles: signedInRoles,
      handle: async ({ planId }) => publishedPlanMessage(await namedPublishedPlan(ports, planId)),
    },
  })

export const messageOf = ({ plan, version, line, digest }: PublishedPlanLine): GetPlanLineResponse => ({
  planId: plan.planId,
  lineId: line.lineId,
  planVersion: version,
  regionCode: plan.regionCode,
  unitId: plan.unitId,
  year: plan.year,
  planType: planTypes.toWire(plan.planType),
  ...termsMessage(line),
  policy: { preset: plan.policy.preset, version: plan.policy.version },
  policyDigest: plan.policyDigest,
  lineDigest: digest,
  ...(line.joint === undefined ? {} : { joint: jointMessage(line.joint) }),
  ...(line.scope === undefined ? {} : { scope: scopeMessage(line.scope) }),
  ...(line.checkBatches === undefined ? {} : { checkBatches: line.checkBatches }),
  ...repeatGroundOf(line),
})

export const undrawnLineMessage = ({ plan, version, line }: PublishedUndrawnLine): GetUndrawnLineResponse => ({
  planId: plan.planId,
  lineId: line.lineId,
  planVersion: version,
  regionCode: plan.regionCode,
  unitId: plan.unitId,
  kind: line.kind,
  taskName: line.taskName,
  itemCodes: [...line.itemCodes],
  objects: {
    kinds: kindsMessage(line.objects.kinds),
    industryPrefixes: [...line.objects.industryPrefixes],
    tags: [...line.objects.tags],
  },
  initiatorUnitId: line.initiatorUnitId,
  unitIds: [...line.unitIds],
  window: { start: line.window.start, end: line.window.end },
  ...(line.matter === undefined ? {} : { matter: matterMessage(line.matter) }),
  policy: { preset: plan.policy.preset, version: plan.policy.version },
  policyDigest: plan.policyDigest,
  ...madeByMessage(line),
})

function madeByMessage(line: UndrawnLine): Pick<GetUndrawnLineResponse, 'madeBy'> {
  const madeBy = madeByOf(line)
  return madeBy === undefined ? {} : { madeBy: { ...madeBy } }
}

const repeatGroundOf = ({ repeatGround }: { readonly repeatGround?: RepeatGrounds }): Pick<GetPlanLineResponse, 'repeatGround'> =>
  repeatGround === undefined ? {} : { repeatGround }

const matterMessage = ({ listId, listVersion, matterId, name }: NamedMatter) => ({ listId, listVersion, matterId, name })

const jointMessage = ({ merged, cities }: JointLine) => ({
  merged,
  cities: cities.map(({ regionCode, initiatorUnitId, unitIds }) => ({ regionCode, initiatorUnitId, unitIds: [...unitIds] })),
})

export const clueTaskMessage = (task: Extract<ClueTask, { readonly status: 'ACCEPTED' }>): GetClueTaskResponse => ({
  clueTask: { taskId: task.taskId, clueIds: [...task.clueIds] },
  trigger: task.trigger.id,
  form: task.form,
  regionCode: task.regionCode,
  unitId: task.unitId,
  year: task.year,
  planType: planTypes.toWire(task.terms.units.length > 1 ? 'JOINT' : 'INTERNAL'),
  ...termsMessage(task.terms),
  policy: { preset: task.policy.preset, version: task.policy.version },
  policyDigest: task.policyDigest,
  subjectDigest: task.accepted.subjectDigest,
  industryPrefixes: [...task.scope.industryPrefixes],
  scopeRegionCodes: [...task.scope.regionCodes],
  ...repeatGroundOf(task),
})

const termsMessage = (terms: DrawTerms) => ({
  taskName: terms.taskName,
  itemCodes: [...terms.itemCodes],
  itemClass: itemClasses.toWire(terms.itemClass),
  fieldClass: fieldClasses.toWire(terms.fieldClass),
  ratios: terms.ratios.map(({ stratum, ratio }) => ({ stratum, ratio: { ...ratio } })),
  ...(terms.count === undefined ? {} : { count: terms.count }),
  batches: terms.batches.map(batchMessage),
  initiatorUnitId: terms.initiatorUnitId,
  units: terms.units.map(unitMessage),
})

const batchMessage = ({ number, window, mergeWindowId, freezeAt, commitAt, share, scope }: LineBatch) => ({
  number,
  window: { start: window.start, end: window.end },
  mergeWindowId: mergeWindowId ?? '',
  freezeAt,
  commitAt,
  share: { ...share },
  ...(scope === undefined ? {} : { scope: scopeMessage(scope) }),
})

const unitMessage = ({ unitId, itemCodes, teamSize, selection, delegation }: LineUnit) => ({
  unitId,
  itemCodes: [...itemCodes],
  teamSize,
  ...modeMessage(selection.mode),
  stationUnitIds: [...selection.stationUnitIds],
  selectionGround: selection.ground,
  ...(delegation === undefined ? {} : { delegation: delegationMessage(delegation) }),
})

/** The statutory modes are values of the contract; any other is known by its id, which the line's policy defines (DRW-08). */
export function modeMessage(mode: string) {
  const statutory = selectionModes.all.find((name) => name === mode)
  return statutory === undefined
    ? { selectionMode: 'SELECTION_MODE_UNSPECIFIED' as const, furtherMode: mode }
    : { selectionMode: selectionModes.toWire(statutory) }
}

const delegationMessage = ({ toUnitId, toRegionCode, kind, agreement }: Delegation) => ({
  toUnitId,
  toRegionCode,
  kind,
  ...(agreement === undefined ? {} : { agreementDigest: agreement.digest }),
})
