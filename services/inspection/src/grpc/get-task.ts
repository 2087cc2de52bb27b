import { InspectionServiceService } from '@dual-random/contracts/inspection'
import { type GrpcImplementation, implement } from '@dual-random/grpc'
import type { Tasks } from '../app/ports.ts'
import { readTask } from '../app/read-tasks.ts'

export const inspectionGrpc = (tasks: Tasks): GrpcImplementation =>
  implement(InspectionServiceService, {
    getTask: {
      roles: ['SERVICE', 'INSPECTOR', 'DISPATCHER', 'AUDITOR'],
      handle: async ({ taskId }, { principal }) => {
        const { taskNumber, regionCode, unitId, drawId = '', visitId, status, results } = await readTask(tasks, principal, taskId)
        return { taskId, taskNumber, regionCode, unitId, drawId, visitId, status, resultIds: results.map(({ resultId }) => resultId) }
      },
    },
  })
