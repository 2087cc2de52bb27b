import { requireRegion } from '@dual-random/auth'
import { purposeWord, redrawPurposes } from '@dual-random/contracts'
import type { RegistryServiceService } from '@dual-random/contracts/registry'
import type { RedrawPurpose } from '@dual-random/draw'
import { invalidRequest, violation } from '@dual-random/errors'
import type { Handlers } from '@dual-random/grpc'
import { freezeRedraw } from '../app/freeze-redraw.ts'
import type { Registry } from '../app/registry.ts'
import { staleSources } from '../domain/source.ts'
import { toStaleSource } from './messages.ts'
import { earlierDraw } from './repeat-fields.ts'
import { dateField, drawIdField, instantField, regionField } from './request-fields.ts'

type Purpose = Parameters<typeof redrawPurposes.toName>[0]

export const freezeRedrawRpc = (registry: Registry): Pick<Handlers<RegistryServiceService>, 'freezeRedraw'> => ({
  freezeRedraw: {
    roles: ['DRAW_ORGANISER', 'SERVICE'],
    handle: async (request, { principal }) => {
      const regionCode = regionField('regionCode', request.regionCode)
      requireRegion(principal, regionCode)
      const { snapshotJson, sources } = await freezeRedraw(registry, {
        drawId: drawIdField(request.drawId),
        regionCode,
        parentDrawId: drawIdField(request.parentDrawId),
        purpose: purposeField(request.purpose),
        number: request.number,
        attempt: request.attempt,
        asOf: instantField('asOf', request.asOf),
        labels: request.labels,
        drawnLabels: request.drawnLabels,
        earlierDraws: request.earlierDraws.map(earlierDraw),
        matchingUnitIds: request.matchingUnitIds,
        checkUntil: dateField('checkUntil', request.checkUntil),
      })
      return { snapshotJson, staleSources: staleSources(sources).map(toStaleSource) }
    },
  },
})

function purposeField(wire: Purpose): RedrawPurpose {
  const name = redrawPurposes.toName(wire)
  if (name === undefined) {
    throw invalidRequest([violation('/purpose', 'malformed-value', { value: wire, expected: redrawPurposes.all.join(', ') })])
  }
  return purposeWord(name)
}
