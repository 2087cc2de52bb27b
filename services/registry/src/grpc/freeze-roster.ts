import { requireRegion } from '@dual-random/auth'
import type { FreezeRosterRequest, RegistryServiceService } from '@dual-random/contracts/registry'
import { invalidRequest, violation } from '@dual-random/errors'
import type { Handlers } from '@dual-random/grpc'
import { type FreezeRequest, type FrozenSubject, freezeRoster } from '../app/freeze-roster.ts'
import type { Registry } from '../app/registry.ts'
import { staleSources } from '../domain/source.ts'
import { toStaleSource } from './messages.ts'
import { earlierDraw, repeatGroundField } from './repeat-fields.ts'
import { dateField, drawIdField, instantField, regionField } from './request-fields.ts'
import { scopeField } from './scope-field.ts'

const organiserField = ({ organiserRegionCode: text }: FreezeRosterRequest): Pick<FreezeRequest, 'organiserRegionCode'> =>
  text === undefined ? {} : { organiserRegionCode: regionField('organiserRegionCode', text) }

export const freezeRosterRpc = (registry: Registry): Pick<Handlers<RegistryServiceService>, 'freezeRoster'> => ({
  freezeRoster: {
    roles: ['DRAW_ORGANISER', 'SERVICE'],
    optional: ['planId', 'lineId', 'clueTask', 'scope', 'organiserRegionCode', 'joint', 'repeatGround'],
    handle: async (request, { principal }) => {
      const regionCode = regionField('regionCode', request.regionCode)
      requireRegion(principal, regionCode)
      const { snapshotJson, sources } = await freezeRoster(registry, {
        drawId: drawIdField(request.drawId),
        regionCode,
        ...organiserField(request),
        subject: subjectField(request),
        batch: request.batch,
        attempt: request.attempt,
        asOf: instantField('asOf', request.asOf),
        itemCodes: request.itemCodes,
        ...(request.scope === undefined ? {} : { scope: scopeField('scope', request.scope, regionCode) }),
        byGrade: request.byGrade,
        ...(request.joint === true ? { joint: true } : {}),
        ...(request.repeatGround === undefined ? {} : { repeatGround: repeatGroundField(request.repeatGround) }),
        earlierDraws: request.earlierDraws.map(earlierDraw),
        matchingUnitIds: request.matchingUnitIds,
        checkUntil: dateField('checkUntil', request.checkUntil),
      })
      return { snapshotJson, staleSources: staleSources(sources).map(toStaleSource) }
    },
  },
})

/** A plan line or a task on clues: one of the two, whole, and never both (DRW-25). */
function subjectField({ planId, lineId, clueTask }: FreezeRosterRequest): FrozenSubject {
  if (clueTask === undefined) {
    const missing = [...(planId === '' ? ['/planId'] : []), ...(lineId === '' ? ['/lineId'] : [])]
    if (missing.length > 0) throw invalidRequest(missing.map((pointer) => violation(pointer, 'missing-field')))
    return { planId, lineId }
  }
  if (planId !== '' || lineId !== '') throw invalidRequest([violation('/clueTask', 'two-subjects')])
  const { taskId, clueIds } = clueTask
  if (taskId === '') throw invalidRequest([violation('/clueTask/taskId', 'missing-field')])
  if (clueIds.length === 0) throw invalidRequest([violation('/clueTask/clueIds', 'missing-field')])
  return { clueTaskId: taskId, clueIds: [...clueIds].sort() }
}
