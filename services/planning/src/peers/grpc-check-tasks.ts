import type { InspectionServiceClient } from '@dual-random/contracts/inspection'
import { appError } from '@dual-random/errors'
import type { CallContext, GrpcClient } from '@dual-random/grpc'
import { parseRegionCode } from '@dual-random/kernel'
import type { CheckTasks } from '../app/ports.ts'

/** Asked in planning's own name: who keeps a clue need not be one who may read the task. */
export const grpcCheckTasks = (
  client: Pick<GrpcClient<InspectionServiceClient>, 'unary'>,
  ownContext: () => Promise<CallContext>,
): CheckTasks => ({
  get: async (taskId) => {
    const { regionCode, status, objectCode } = await client.unary('getTask', { taskId }, await ownContext())
    const region = parseRegionCode(regionCode)
    if (region === undefined || status === '' || objectCode === '')
      throw appError('internal', 'peer-answer-incomplete', { meta: { service: 'inspection', field: 'regionCode, status, objectCode' } })
    return { taskId, regionCode: region, status, objectCode }
  },
})
