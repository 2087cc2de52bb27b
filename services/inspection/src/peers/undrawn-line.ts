import { objectKinds } from '@dual-random/contracts'
import type { GetUndrawnLineResponse, LineMatter, MadeByDraw } from '@dual-random/contracts/planning'
import { type ItemCode, parseRegionCode, type UnitId } from '@dual-random/kernel'
import type { UndrawnLine } from '../domain/planned-check.ts'
import { required, windowOf } from './answers.ts'

/** A line as planning publishes it; one of key supervision without its matter would be a line for nothing. */
export function undrawnLineOf(line: GetUndrawnLineResponse): UndrawnLine {
  const kind = required(line.kind, 'planning', 'kind')
  const { kinds, industryPrefixes, tags } = required(line.objects, 'planning', 'objects')
  return {
    regionCode: required(parseRegionCode(line.regionCode), 'planning', 'regionCode'),
    kind,
    taskName: required(line.taskName, 'planning', 'taskName'),
    itemCodes: line.itemCodes as ItemCode[],
    objects: { kinds: kinds.flatMap((each) => objectKinds.toName(each) ?? []), industryPrefixes, tags },
    unitIds: line.unitIds as UnitId[],
    window: windowOf(line.window, 'planning', 'window'),
    ...(kind === 'KEY_SUPERVISION' ? { matter: matterOf(required(line.matter, 'planning', 'matter')) } : {}),
    ...(line.madeBy === undefined ? {} : { madeBy: drawOf(line.madeBy) }),
  }
}

const drawOf = ({ lineId, clueTaskId }: MadeByDraw): string => required(lineId ?? clueTaskId, 'planning', 'madeBy')

const matterOf = ({ matterId, name }: LineMatter) => ({
  matterId: required(matterId, 'planning', 'matter/matterId'),
  name: required(name, 'planning', 'matter/name'),
})
